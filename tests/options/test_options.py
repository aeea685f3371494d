"""What the suites' options promise, each shown by a run of one journey in a process of its own."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from record import file
from world.embedded import start

Suite = Callable[..., CompletedProcess[str]]

REGISTER = ("--guide", "lai-chau-2024", "-k", "citizen-register")  # the shortest journey


def outcomes(folder: Path) -> list[str]:
    """The outcomes of a run's journeys, one an attempt."""
    return [line.outcome for line in file.journeys(folder)]


@pytest.fixture
def reports(folder: Path) -> Path:
    """The place of all runs, this one's included."""
    return folder.parents[1]


@pytest.fixture
def within(reports: Path, tmp_path: Path) -> dict[str, str]:
    """Variables with which that place is the run's own, not the project's."""
    reports.mkdir(exist_ok=True)
    moved = (
        f"import pathlib, suites.plugins.folders as f; f.REPORTS = pathlib.Path({str(reports)!r})"
    )
    (tmp_path / "moved_reports.py").write_text(moved)
    return {"PYTHONPATH": str(tmp_path), "PYTEST_PLUGINS": "moved_reports"}


@pytest.fixture
def without_a_browser(tmp_path: Path) -> dict[str, str]:
    """Variables with which no browser is found."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "certutil").symlink_to(shutil.which("certutil") or "")
    return {"PATH": str(programs), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_a_missing_browser_ends_the_run_in_one_sentence_and_the_journey_is_internal(
    suite: Suite, folder: Path, without_a_browser: dict[str, str], workers: tuple[str, ...]
) -> None:
    done = suite(*REGISTER, *workers, more=without_a_browser)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "Exit: no chromium-headless-shell is installed; run `make set-up`" in done.stdout
    assert "lỗi của bộ kiểm thử" in done.stdout
    assert file.read_run(folder).exit_code == pytest.ExitCode.USAGE_ERROR


def test_portals_that_do_not_answer_end_the_run_in_one_sentence(suite: Suite) -> None:
    done = suite(*REGISTER, "--embedded", "http://127.0.0.1:9", "-n", "2")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no embedded portals answer at http://127.0.0.1:9" in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout


def test_a_portal_and_a_guide_that_do_not_go_together_are_refused(
    suite: Suite, folder: Path
) -> None:
    done = suite("--portal", "lai-chau", "--guide", "thanh-hoa-2024")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "this guide is about “thanh-hoa”" in done.stderr
    assert not folder.exists()


def test_an_empty_selection_is_an_error(suite: Suite) -> None:
    done = suite("--guide", "lai-chau-2024", "-k", "nobody", "-n", "2")

    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def test_workers_write_one_record_and_one_junit_file(
    suite: Suite, folder: Path, tmp_path: Path
) -> None:
    done = suite(*REGISTER, "-n", "2", f"--junitxml={tmp_path}/junit.xml")

    assert done.returncode == 0, done.stdout
    assert outcomes(folder) == ["matches"]
    cases = ElementTree.parse(tmp_path / "junit.xml").findall(".//testcase")
    assert [case.get("name", "").partition("[")[2] for case in cases] == [
        "lai-chau-2024/citizen-register-chromium]"
    ]


def test_a_later_edition_fails_and_as_the_portal_works_is_a_note_to_judge_portal(
    suite: Suite, folder: Path
) -> None:
    strict = suite("--edition", "2025-06", "--guide", "lai-chau-2024", "-k", "citizen-password")
    mild = suite(
        *("--edition", "2025-06", "--guide", "lai-chau-2024", "-k", "citizen-password"),
        *("--judge", "portal"),
    )

    assert outcomes(folder) == ["drifted", "drifted"]
    assert (strict.returncode, mild.returncode) == (1, 0)


def test_a_retry_is_recorded_and_traced_without_the_first_attempt(
    suite: Suite, folder: Path
) -> None:
    done = suite(*REGISTER, "--edition", "2026-11", "--reruns", "1")

    assert done.returncode == 1
    lines = list(file.journeys(folder))
    assert [line.attempt for line in lines] == [1, 2]
    assert lines[0].trace is None
    with zipfile.ZipFile(folder / (lines[1].trace or "")) as trace:
        assert "trace.trace" in trace.namelist()


def test_the_latest_run_is_the_one_that_ended_last(
    suite: Suite, reports: Path, within: dict[str, str]
) -> None:
    (reports / "latest").symlink_to("runs/older")

    assert suite(*REGISTER, more=within).returncode == 0

    assert file.read_run(reports / "latest").exit_code == 0


def test_a_run_that_cannot_be_cleaned_says_so_and_is_not_the_latest(
    suite: Suite, reports: Path, folder: Path, within: dict[str, str]
) -> None:
    folder.mkdir(parents=True)
    (folder / "trace.zip").write_bytes(b"cut off")

    assert suite(*REGISTER, more=within).returncode == pytest.ExitCode.INTERNAL_ERROR

    assert file.read_run(folder).exit_code == pytest.ExitCode.INTERNAL_ERROR
    assert not (reports / "latest").exists()


def test_attached_portals_are_left_as_they_are(suite: Suite) -> None:
    with start("published") as theirs:
        assert theirs.control is not None
        theirs.control.set_fault("sms-late", seconds=1)
        before = theirs.control.state()
        options = ("--embedded", theirs.address, "-k", "password_is_refused or fifth_wrong")

        done = suite(*options, room="suites/regression/test_password.py")

        assert done.returncode == 0, done.stdout
        assert "is not ours alone to control" in done.stdout
        assert theirs.control.state()["faults"] == before["faults"]


def pictured(folder: Path) -> list[bool]:
    """Of each move of a run whose claims all hold: whether a picture was taken."""
    steps = [step for line in file.journeys(folder) for step in line.steps]
    matching = [
        move
        for step in steps
        for move in step.moves
        if all(claim.verdict == "holds" for claim in move.claims)
    ]
    return [bool(move.pictures) for move in matching]


@pytest.mark.parametrize(
    ("options", "expected"), [(("--judge", "portal"), {True}), (("-m", "smoke"), {False})]
)
def test_only_a_smoke_run_takes_no_picture_of_what_matches(
    suite: Suite, folder: Path, options: tuple[str, ...], expected: set[bool]
) -> None:
    suite("--guide", "lai-chau-2024", "-k", "citizen-password", *options)

    assert set(pictured(folder)) == expected
