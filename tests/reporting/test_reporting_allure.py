"""Allure: cut off from every other host, or left out with one sentence."""

import base64
import shutil
from pathlib import Path

import pytest

from reporting import allure
from reporting.allure import NoAllure, cut_off, write_allure
from reporting.allure_history import AllureHistory
from reporting.commands import main
from tests.reporting.conftest import NOW, MakeRun

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
