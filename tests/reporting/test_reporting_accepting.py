"""Accepting a difference, and not forgetting that one did."""

from datetime import date
from pathlib import Path

import pytest

from config.accepted import Acceptance, accepted
from reporting.acceptances import reminders
from reporting.accepting import write_acceptance
from reporting.commands import main
from tests.reporting.conftest import HOLDS, LAST, MATCHES_AGAIN, MakeRun

TODAY = date(2026, 11, 22)
BEFORE = """# Looked at by people.
accepted:
  - guide: other-2024
    step: Bước 1
    kind: control
    claimed: "[Đăng nhập]"  # in brackets
    seen: Vào
    who: Nhóm mẫu
    why: thử
    until: 2027-06-30
"""


def entry(**more: object) -> Acceptance:
    values: dict[str, object] = {
        "guide": "mau-2024",
        "step": "Bước 2",
        "kind": "control",
        "claimed": "Đăng nhập",
        "seen": "Đăng nhập một lần",
        "who": "Nhóm mẫu",
        "why": "thử",
        "until": date(2027, 6, 30),
    }
    return Acceptance.model_validate({**values, **more})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accepted.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def accept(runs: Path, file: Path, *options: str) -> int:
    return main(["accept", "--runs", str(runs), "--accepted", str(file), *options])


PERSON = ("--who", "Nhóm mẫu", "--why", "nút đổi tên", "--until", "2099-01-01")


def test_an_entry_is_added_and_everything_else_stays_as_people_wrote_it(file: Path) -> None:
    write_acceptance(entry(), file)
    assert file.read_text(encoding="utf-8").startswith(BEFORE)
    assert accepted(file).accepted[1] == entry()


def test_an_older_entry_about_the_same_claim_gives_way(file: Path) -> None:
    write_acceptance(entry(seen="Vào"), file)
    replaced = write_acceptance(entry(), file)
    assert replaced is not None and replaced.seen == "Vào"
    assert [one.seen for one in accepted(file).accepted] == ["Vào", "Đăng nhập một lần"]


def test_two_unannounced_screens_of_a_step_are_accepted_side_by_side(file: Path) -> None:
    write_acceptance(entry(kind="unannounced", claimed="", seen="A"), file)
    assert write_acceptance(entry(kind="unannounced", claimed="", seen="B"), file) is None
    assert len(accepted(file).accepted) == 3


def test_the_command_shows_both_wordings_and_writes(
    make_run: MakeRun, runs: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run()
    assert accept(runs, file, "--guide", "mau-2024", *PERSON, "--yes") == 0
    printed = capsys.readouterr().out
    assert "Hướng dẫn ghi: “Đăng nhập”" in printed
    assert "Thực tế thấy: “Đăng nhập một lần”" in printed
    assert accepted(file).accepted[1].why == "nút đổi tên"


def test_nobody_there_to_answer_is_a_no(make_run: MakeRun, runs: Path, file: Path) -> None:
    make_run()
    assert accept(runs, file, "--guide", "mau-2024", *PERSON) == 1
    assert file.read_text(encoding="utf-8") == BEFORE


def test_a_day_that_has_passed_is_refused(make_run: MakeRun, runs: Path, file: Path) -> None:
    make_run()
    past = (*PERSON[:4], "--until", "2020-01-01", "--yes")
    assert accept(runs, file, "--guide", "mau-2024", *past) == 2
    assert file.read_text(encoding="utf-8") == BEFORE


def test_what_does_not_differ_cannot_be_accepted(make_run: MakeRun, runs: Path, file: Path) -> None:
    make_run(steps=(HOLDS, MATCHES_AGAIN, LAST))
    assert accept(runs, file, "--guide", "mau-2024", *PERSON, "--yes") == 2
    assert file.read_text(encoding="utf-8") == BEFORE


def test_without_options_what_is_open_is_listed(
    make_run: MakeRun, runs: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run()
    assert accept(runs, file) == 0
    assert "1 open differences" in capsys.readouterr().out


def test_an_expired_entry_is_remembered(make_run: MakeRun) -> None:
    found = reminders([entry(until=date(2026, 11, 21))], make_run().journeys, TODAY)
    assert [one.why for one in found] == ["expired"]


def test_an_entry_whose_seen_has_changed_is_remembered_with_what_is_seen_now(
    make_run: MakeRun,
) -> None:
    found = reminders([entry(seen="Vào")], make_run().journeys, TODAY)
    assert [(one.why, one.now) for one in found] == [("changed", "Đăng nhập một lần")]


def test_an_entry_that_is_needed_no_more_is_remembered_without_pressing(
    make_run: MakeRun,
) -> None:
    journeys = make_run(steps=(HOLDS, MATCHES_AGAIN, LAST)).journeys
    found = reminders([entry()], journeys, TODAY)
    assert [(one.why, one.pressing) for one in found] == [("not needed", False)]


def test_an_entry_of_which_the_run_says_nothing_is_left_alone(make_run: MakeRun) -> None:
    assert reminders([entry(step="Bước 9")], make_run().journeys, TODAY) == []
