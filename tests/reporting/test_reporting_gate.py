"""The gate: every rule is asked, printed with its figure, and can fail a run."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.accepted import Acceptance
from record.file import read_run, write_run
from reporting.commands import main
from reporting.gate import gate, passes
from reporting.guide_report import Known
from reporting.keys import Signer
from reporting.runs import KeptRun, kept_run
from reporting.sealing import seal
from tests.reporting.conftest import (
    DRIFTS,
    FAILS,
    HOLDS,
    LAST,
    MATCHES_AGAIN,
    NOW,
    MakeRun,
    accepting,
)

GOOD = (HOLDS, MATCHES_AGAIN, LAST)
Broken = Callable[[KeptRun], None]


@pytest.fixture
def ask(
    make_run: MakeRun, known: Known, key: Signer, public: Ed25519PublicKey
) -> Callable[..., dict[str, bool]]:
    """Break a good run in one way, seal it, and ask the gate: which rules hold."""

    def asked(break_: Broken | None = None, known: Known = known, **run: object) -> dict[str, bool]:
        kept = make_run(**{"steps": GOOD, **run})
        if break_ is not None:
            break_(kept)
        if kept.run.ended is not None:
            seal(kept.folder, key, NOW)
        rulings = gate(kept_run(kept.run.run, kept.folder.parent), known, NOW, public)
        return {one.rule: one.found.holds for one in rulings}

    return asked


def broken(rules: dict[str, bool]) -> list[str]:
    return [rule for rule, holds in rules.items() if not holds]


def test_a_good_run_keeps_every_rule(ask: Callable[..., dict[str, bool]]) -> None:
    assert broken(ask()) == []


def remove_record(kept: KeptRun) -> None:
    (kept.folder / "record.jsonl").write_text("")


def cut_record_short(kept: KeptRun) -> None:
    path = kept.folder / "record.jsonl"
    path.write_text(path.read_text() + '{"cut')


def remove_picture(kept: KeptRun) -> None:
    (kept.folder / "pictures/2.jpeg").unlink()


def remove_allure(kept: KeptRun) -> None:
    (kept.folder / "allure-results/citizen-result.json").unlink()


def walk_another_plan(kept: KeptRun) -> None:
    run = read_run(kept.folder)
    other = run.plan[0].model_copy(update={"journey": "other"})
    write_run(kept.folder, run.model_copy(update={"plan": (other,)}))


@pytest.mark.parametrize(
    ("break_", "rules"),
    [
        (remove_picture, ["pictures"]),
        (remove_allure, ["allure"]),
        (cut_record_short, ["whole"]),
        (walk_another_plan, ["plan", "judge"]),
        (remove_record, ["journeys", "plan", "guides", "judge", "pictures", "allure"]),
    ],
)
def test_what_is_missing_breaks_the_rule_that_asks_for_it(
    ask: Callable[..., dict[str, bool]], break_: Broken, rules: list[str]
) -> None:
    assert broken(ask(break_)) == rules


def test_an_unaccepted_drift_fails(ask: Callable[..., dict[str, bool]]) -> None:
    assert broken(ask(steps=(HOLDS, DRIFTS, LAST))) == ["judge"]


def test_a_step_unwalked_without_a_reason_fails(ask: Callable[..., dict[str, bool]]) -> None:
    silent = LAST.model_copy(update={"outcome": "not_reached", "moves": ()})
    assert "reasons" in broken(ask(steps=(HOLDS, FAILS, silent)))


def test_a_stale_run_fails(ask: Callable[..., dict[str, bool]]) -> None:
    assert broken(ask(started=NOW - timedelta(hours=40))) == ["fresh"]


def test_a_run_from_the_future_is_not_fresh(ask: Callable[..., dict[str, bool]]) -> None:
    assert broken(ask(started=NOW + timedelta(hours=2))) == ["fresh"]


def test_a_run_that_did_not_end_fails(ask: Callable[..., dict[str, bool]]) -> None:
    assert broken(ask(ended=None, exit_code=None)) == ["ended", "sealed"]


def test_a_guide_that_was_not_walked_fails(
    ask: Callable[..., dict[str, bool]], known: Known
) -> None:
    more = known.guides["mau-2024"].model_copy(update={"guide": "mau-2025"})
    both = Known({**known.guides, "mau-2025": more}, {}, known.accepted, known.reporting)
    assert broken(ask(known=both)) == ["guides"]


def test_an_expired_acceptance_fails(ask: Callable[..., dict[str, bool]], known: Known) -> None:
    entry = Acceptance(
        guide="mau-2024",
        step="Bước 2",
        kind="control",
        claimed="Đăng nhập",
        seen="Vào",
        who="Nhóm mẫu",
        why="thử",
        until=date(2026, 11, 1),
    )
    assert broken(ask(known=accepting(known, entry))) == ["accepted"]


def test_a_file_changed_after_sealing_fails(
    make_run: MakeRun, known: Known, key: Signer, public: Ed25519PublicKey
) -> None:
    kept = make_run(steps=GOOD)
    seal(kept.folder, key, NOW)
    (kept.folder / "pictures/1.jpeg").write_bytes(b"\xff\xd8\xffother")
    rulings = gate(kept, known, NOW, public)
    assert [one.rule for one in rulings if one.fails] == ["sealed"]


def test_without_journeys_no_rules_let_a_run_pass(make_run: MakeRun, known: Known) -> None:
    kept = make_run(journeys=0)
    lenient = known.reporting.gate.model_copy(
        update={
            "rules": tuple(
                r.model_copy(update={"otherwise": "tell"}) for r in known.reporting.gate.rules
            )
        }
    )
    config = known.reporting.model_copy(update={"gate": lenient})
    assert not passes(gate(kept, Known(known.guides, {}, known.accepted, config), NOW, None))


def test_what_breaks_a_rule_is_told_in_vietnamese_or_in_english(
    make_run: MakeRun, known: Known
) -> None:
    kept = make_run(steps=(HOLDS, FAILS, LAST.model_copy(update={"outcome": "not_reached"})))
    walk_another_plan(kept)
    cut_record_short(kept)
    kept = kept_run(kept.run.run, kept.folder.parent)
    told = {
        language: [d for one in gate(kept, known, NOW, None, language) for d in one.found.details]
        for language in ("vi", "en")
    }
    for vietnamese, english in (
        ("mau-2024/other: có trong kế hoạch nhưng không có kết quả", "planned, but no result"),
        ("mau-2024/citizen: có kết quả nhưng không có trong kế hoạch", "seen, not planned"),
        ("mau-2024/citizen, Bước 3: chưa tới, không ghi lý do", "not reached, no reason"),
        ("record.jsonl:2: không đọc được", "record.jsonl:2: cannot be read"),
        ("chưa niêm phong; chạy `python -m reporting seal`", "not sealed; run"),
    ):
        assert vietnamese in told["vi"]
        assert any(english in one for one in told["en"])


def test_a_rule_that_only_tells_does_not_fail(make_run: MakeRun, known: Known) -> None:
    kept = make_run(steps=(HOLDS, DRIFTS, LAST))
    lenient = known.reporting.gate.model_copy(
        update={
            "rules": tuple(
                r.model_copy(update={"otherwise": "tell"}) for r in known.reporting.gate.rules
            )
        }
    )
    config = known.reporting.model_copy(update={"gate": lenient})
    assert passes(gate(kept, Known(known.guides, {}, known.accepted, config), NOW, None))


def test_the_command_prints_passed_rules_too(
    make_run: MakeRun, runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run()
    assert main(["gate", "--runs", str(runs)]) == 1
    printed = capsys.readouterr().out
    assert "✓ Số hành trình đã đi: 1" in printed
    assert "✗ Điều làm lần chạy không đạt: 1 (guide)" in printed
    assert printed.rstrip().endswith("KHÔNG ĐẠT")
    assert "cổng mô phỏng" in printed


def test_unnamed_the_run_that_was_started_last_is_asked_though_it_was_killed(
    make_run: MakeRun, runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run("yesterday", started=NOW - timedelta(days=1))
    make_run("killed", started=NOW, ended=None, exit_code=None)
    assert main(["gate", "--runs", str(runs)]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("killed") and "✗ Lần chạy đã kết thúc" in printed


def test_a_report_of_the_run_before_a_killed_one_says_so(
    make_run: MakeRun, runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run("yesterday", started=NOW - timedelta(days=1))
    make_run("killed", started=NOW, ended=None, exit_code=None)
    assert main(["guides", "--runs", str(runs), "--output", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "guides/yesterday/" in said.out
    assert "killed bắt đầu sau và chưa kết thúc" in said.err


def test_the_command_says_in_one_sentence_that_there_is_no_run(
    runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gate", "--runs", str(runs)]) == 2
    assert (
        capsys.readouterr().err == "reporting: there is no run in runs/; make one with `make run`\n"
    )
