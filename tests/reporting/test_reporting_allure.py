"""Allure: cut off from every other host, or left out with one sentence."""

import base64
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from record import file
from record.model import Box, ControlSeen
from reporting import allure
from reporting.allure import NoAllure, cut_off, write_allure
from reporting.allure_history import AllureHistory
from reporting.commands import main
from tests.reporting.conftest import (
    FAILS,
    HOLDS,
    NOT_REACHED,
    NOW,
    MakeRun,
    WriteResults,
    a_picture,
    claim,
    move,
)

TRACKING = """<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
        gtag('config', 'G-1');
    </script>"""


def page(script: str, rest: str = "") -> str:
    code = base64.b64encode(script.encode()).decode()
    return f'<html><script src="data:text/javascript;base64,{code}"></script>{rest}</html>'


def script_of(made: str) -> str:
    code = made.partition("base64,")[2].partition('"')[0]
    return base64.b64decode(code).decode()


def test_the_tracking_script_is_taken_out() -> None:
    assert "gtag" not in cut_off(page("let a = 1", TRACKING))


def test_a_trace_is_not_sent_to_a_viewer_elsewhere() -> None:
    made = cut_off(page('open("https://trace.playwright.dev/")'))
    assert script_of(made) == 'open("about:blank#/")'


@pytest.mark.parametrize(
    "made",
    [
        page('fetch("https://new.example.org/")'),
        page("let a = 1", '<img src="https://new.example.org/a.png">'),
        page("let a = 1", '<script src="https://www.googletagmanager.com/other.js"></script>'),
    ],
)
def test_a_page_that_names_another_host_is_not_published(made: str) -> None:
    with pytest.raises(NoAllure, match="names other hosts"):
        cut_off(made)


def test_without_node_one_sentence_says_so_and_the_rest_is_made(
    make_run: MakeRun,
    runs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_run()
    monkeypatch.setattr(allure.shutil, "which", lambda _name: None)
    monkeypatch.setattr("reporting.commands_evidence.signer", lambda: _signer(tmp_path))
    output = tmp_path / "published"
    assert main(["report", "--runs", str(runs), "--output", str(output)]) == 0
    said = capsys.readouterr().err
    assert said == (
        "reporting: Allure needs Node.js 20 or later, which is not installed; it is left out\n"
    )
    assert (output / "guides/latest/guides.html").is_file()


def _signer(tmp_path: Path) -> object:
    from reporting.keys import signer

    return signer(tmp_path / "keys")


def test_without_results_it_is_left_out(make_run: MakeRun, tmp_path: Path) -> None:
    kept = make_run()
    shutil.rmtree(kept.folder / "allure-results")
    with pytest.raises(NoAllure):
        write_allure(kept, tmp_path, tmp_path / "history.jsonl", "vi")


def steps_of(result: dict[str, Any]) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Every step with its status, and its moves with theirs."""
    return {
        step["name"]: (step["status"], [(one["name"], one["status"]) for one in step["steps"]])
        for step in result["steps"]
    }


def test_the_move_that_could_not_be_done_is_broken_and_what_follows_has_its_words(
    make_run: MakeRun, write_results: WriteResults
) -> None:
    result = write_results(make_run(steps=(HOLDS, FAILS, NOT_REACHED)))
    assert steps_of(result) == {
        "Bước 1 · khớp": ("passed", [("“Truy cập trang chủ.”", "passed")]),
        "Bước 2 · hỏng": ("broken", [("“Chọn Đăng nhập ở góc phải.”", "broken")]),
        "Bước 3 · chưa tới": ("skipped", [("“Hệ thống trở về trang chủ.”", "skipped")]),
    }


def test_a_claim_with_nothing_to_look_at_has_not_passed(
    make_run: MakeRun, write_results: WriteResults
) -> None:
    unchecked = claim("control", "Đăng nhập", None, "unchecked")
    step = HOLDS.model_copy(update={"moves": (move("Truy cập.", unchecked),)})
    [told] = write_results(make_run(steps=(step,)))["steps"]
    [inner] = told["steps"][0]["steps"]
    assert (inner["name"], inner["status"]) == (
        "chưa kiểm tra · tên nút: “Đăng nhập” → –",
        "skipped",
    )


def test_each_picture_is_framed_where_its_own_control_stood(
    make_run: MakeRun, write_results: WriteResults
) -> None:
    elsewhere = ControlSeen(name="Xác nhận", box=Box(x=40, y=20, width=10, height=8))
    screen = a_picture("pictures/2.jpeg", control=elsewhere, unannounced="Hộp thoại mới")
    both = move("Chọn Đăng nhập.", pictures=(screen, a_picture("pictures/3.jpeg")))
    kept = make_run(steps=(HOLDS.model_copy(update={"moves": (both,)}),))
    [told] = write_results(kept)["steps"]
    first, second = told["steps"][0]["attachments"]
    assert "Hộp thoại mới" in first["name"] and "https://dichvucong.mau.example" in first["name"]
    for attached, place in ((first, (45, 16)), (second, (20, 6))):
        with Image.open(kept.folder / "allure-results" / attached["source"]) as picture:
            red, green, _ = picture.convert("RGB").getpixel(place)
        assert red > 150 and green < 100


def test_the_command_that_shows_a_trace_on_this_machine_is_printed(
    make_run: MakeRun,
    runs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = make_run()
    [journey] = kept.journeys
    retried = journey.model_copy(update={"attempt": 2, "trace": "traces/citizen-2-desktop.zip"})
    file.append(kept.folder, retried)
    trace = kept.folder / "traces/citizen-2-desktop.zip"
    trace.parent.mkdir()
    trace.write_bytes(b"PK")
    monkeypatch.setattr("reporting.commands.write_allure", lambda *_: None)
    assert main(["allure", "--runs", str(runs), "--output", str(tmp_path / "published")]) == 0
    assert f"python -m playwright show-trace {trace}" in capsys.readouterr().out


def test_a_run_made_twice_stands_once_in_the_history(make_run: MakeRun, tmp_path: Path) -> None:
    kept = make_run()
    history = AllureHistory(tmp_path / "history.jsonl")
    made = tmp_path / "made.jsonl"
    made.write_text('{"uuid": 1}\n')
    history.take_up(kept, made)
    history.take_up(kept, made)
    assert len((tmp_path / "history.jsonl").read_text().splitlines()) == 1


def test_an_earlier_run_made_again_knows_nothing_of_later_ones(
    make_run: MakeRun, tmp_path: Path
) -> None:
    history, made = AllureHistory(tmp_path / "history.jsonl"), tmp_path / "made.jsonl"
    later, earlier = make_run("b", started=NOW), make_run("a")
    made.write_text('{"uuid": 1}\n')
    history.take_up(later, made)
    history.write_before(earlier, made)
    assert made.read_text() == ""
