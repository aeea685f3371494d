"""Accepting a difference, and not forgetting that one did."""

import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from config.accepted import Acceptance, accepted
from record.model import CheckedClaim, Outcome, StepRecord
from reporting.acceptances import Reminder, reminders
from reporting.accepting import write_acceptance
from reporting.allure import _variables
from reporting.commands import main
from reporting.guide_report import Known, write_guide_report
from reporting.living_guide import write_living_guides
from tests.reporting.conftest import (
    FAILS,
    HOLDS,
    LAST,
    MATCHES_AGAIN,
    NOT_REACHED,
    NOW,
    MakeRun,
    accepting,
    claim,
    move,
)

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


def test_the_comment_above_the_next_entry_stays_when_one_gives_way(file: Path) -> None:
    write_acceptance(entry(seen="Vào"), file)
    above = "  # Looked at in June.\n  - guide: mau-2024\n    step: Bước 3\n"
    rest = "    kind: text\n    claimed: a\n    seen: b\n    who: c\n    why: d\n    until: 2027-06-30\n"
    file.write_text(file.read_text(encoding="utf-8") + above + rest, encoding="utf-8")
    write_acceptance(entry(), file)
    assert file.read_text(encoding="utf-8").endswith(above + rest)
    assert accepted(file).accepted[1] == entry()


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
    assert "1 khác biệt chưa được chấp nhận" in capsys.readouterr().out


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


def test_an_entry_made_after_the_run_is_not_taken_for_changed(make_run: MakeRun) -> None:
    assert reminders([entry()], make_run().journeys, TODAY) == []


def test_a_journey_that_is_covered_does_not_speak_for_one_that_is_not(make_run: MakeRun) -> None:
    covered, other = make_run(steps=(HOLDS, accepted_by(entry()), LAST), journeys=2).journeys
    changed = drifting_to("Đăng nhập VNeID")
    other = other.model_copy(update={"steps": (HOLDS, changed, LAST)})
    found = reminders([entry()], [covered, other], TODAY)
    assert [(one.why, one.now) for one in found] == [("changed", "Đăng nhập VNeID")]


def test_what_is_accepted_is_compared_in_the_same_way_as_on_the_walk(make_run: MakeRun) -> None:
    assert reminders([entry(seen="[ĐĂNG NHẬP]  một lần")], make_run().journeys, TODAY) == []


def test_an_accepted_screen_that_comes_no_more_is_remembered(make_run: MakeRun) -> None:
    screens = [entry(kind="unannounced", claimed="", seen=name) for name in ("Đồng ý", "Passcode")]
    step = step_with(claim("unannounced", "", "Passcode", "accepted", accepted=BY))
    found = reminders(screens, make_run(steps=(HOLDS, step, LAST)).journeys, TODAY)
    assert [(one.why, one.entry.seen, one.pressing) for one in found] == [("gone", "Đồng ý", False)]


def test_an_accepted_screen_is_not_missed_where_its_step_was_not_walked_to_the_end(
    make_run: MakeRun,
) -> None:
    screen = entry(kind="unannounced", claimed="", seen="Đồng ý")
    assert reminders([screen], make_run(steps=(HOLDS, FAILS, NOT_REACHED)).journeys, TODAY) == []


def test_every_report_lists_what_has_to_be_looked_at_again(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    kept, expired = make_run(), entry(until=date(2026, 11, 21))
    write_guide_report(kept, accepting(known, expired), tmp_path, NOW, "vi")
    told = json.loads((tmp_path / "guides.json").read_text(encoding="utf-8"))["acceptances"]
    assert [(one["step"], one["look_again"]) for one in told] == [("Bước 2", "expired")]
    again = [Reminder(expired, "expired")]
    write_living_guides(kept, known, "mau", tmp_path, "vi", again)
    word_file = Document(str(tmp_path / "mau-2024.docx"))
    for text in (
        (tmp_path / "guides.html").read_text(encoding="utf-8"),
        (tmp_path / "guides.csv").read_text(encoding="utf-8"),
        (tmp_path / "mau-2024.html").read_text(encoding="utf-8"),
        "\n".join(paragraph.text for paragraph in word_file.paragraphs),
        "\n".join(_variables(kept, again, "vi").values()),
    ):
        assert "Đã hết hạn ngày 21/11/2026." in text


BY = {"who": "Nhóm mẫu", "why": "thử", "until": "2027-06-30"}


def accepted_by(one: Acceptance) -> StepRecord:
    return step_with(claim(one.kind, one.claimed, one.seen, "accepted", accepted=BY))


def drifting_to(seen: str) -> StepRecord:
    return step_with(claim("control", "Đăng nhập", seen, "differs"), outcome="drifted")


def step_with(found: CheckedClaim, outcome: Outcome = "accepted") -> StepRecord:
    moves = (move("Chọn Đăng nhập ở góc phải.", found),)
    return StepRecord(step="Bước 2", outcome=outcome, moves=moves)
