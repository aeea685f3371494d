"""Published whole or not at all."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from record.model import Run
from reporting.allure_history import AllureHistory
from reporting.publishing import point_latest, publication, withdraw
from reporting.runs import KeptRun
from tests.reporting.conftest import NOW

WRITES_SLOWLY = """
import sys, time
from pathlib import Path
from reporting.publishing import publication
with publication(Path(sys.argv[1])) as folder:
    (folder / "page.html").write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""


def publish(place: Path, words: str) -> None:
    with publication(place) as folder:
        (folder / "page.html").write_text(words)


def folders(published: Path) -> list[Path]:
    return [path for path in (published / ".whole").glob("*/*") if path.is_dir()]


def test_what_was_published_last_is_read(tmp_path: Path) -> None:
    publish(tmp_path / "guides", "first")
    publish(tmp_path / "guides", "second")
    assert (tmp_path / "guides/page.html").read_text() == "second"
    assert len(folders(tmp_path)) == 1


def test_what_fails_on_the_way_is_not_published(tmp_path: Path) -> None:
    publish(tmp_path / "guides", "first")
    with pytest.raises(OSError), publication(tmp_path / "guides") as folder:
        (folder / "page.html").write_text("half")
        raise OSError("disk full")
    assert (tmp_path / "guides/page.html").read_text() == "first"


def test_a_kill_leaves_the_last_report_readable_and_is_swept_up_later(tmp_path: Path) -> None:
    place = tmp_path / "guides"
    publish(place, "first")
    command = [sys.executable, "-c", WRITES_SLOWLY, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None and writing.stdout.readline() == "writing\n"
        publish(place, "second")  # does not sweep away what somebody is writing
        assert len(folders(tmp_path)) == 2
        os.kill(writing.pid, signal.SIGKILL)
    assert (place / "page.html").read_text() == "second"
    publish(place, "third")
    assert (place / "page.html").read_text() == "third"
    assert len(folders(tmp_path)) == 1


def test_a_reader_always_finds_a_whole_page(tmp_path: Path) -> None:
    place = tmp_path / "guides"
    publish(place, "0" * 1000)
    end = time.monotonic() + 0.5
    number = 0
    while time.monotonic() < end:
        number += 1
        with publication(place) as folder:
            (folder / "page.html").write_text("half")
            assert len((place / "page.html").read_text()) == 1000
            (folder / "page.html").write_text(str(number % 10) * 1000)


def publish_again_and_again(place: Path) -> None:
    for number in range(300):
        publish(place, str(number))


def test_two_who_publish_at_once_do_not_sweep_away_each_other(tmp_path: Path) -> None:
    place = tmp_path / "guides"
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=publish_again_and_again, args=(place,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    assert (place / "page.html").read_text() == "299"
    assert len(folders(tmp_path)) == 1


def test_a_place_whose_name_begins_with_that_of_another_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path / "guides.old", "old")
    publish(tmp_path / "guides", "new")
    assert (tmp_path / "guides.old/page.html").read_text() == "old"


def take_up_runs(path: Path, runs: Path, first: int) -> None:
    for number in range(first, first + 30):
        made = runs / f"made-{first}.jsonl"
        made.write_text(json.dumps({"number": number}) + "\n")
        started = NOW + timedelta(minutes=number)
        run = Run(
            run="r",
            environment="e",
            edition=None,
            simulated=True,
            judge="guide",
            started=started,
            plan=(),
        )
        AllureHistory(path).take_up(KeptRun(runs, run), made)


def test_two_runs_taken_up_at_once_both_stay_in_allures_history(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=take_up_runs, args=(path, tmp_path, first)) for first in (0, 30)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert len(path.read_text().splitlines()) == 60


def age(place: Path) -> None:
    os.utime(place.parent / ".whole" / place.name, (0, 0))


def test_what_was_published_too_long_ago_is_withdrawn_but_for_the_latest(tmp_path: Path) -> None:
    for name in ("run-1", "run-2", "run-3"):
        publish(tmp_path / name, name)
    point_latest(tmp_path / "run-1")
    age(tmp_path / "run-1")
    age(tmp_path / "run-2")
    assert withdraw(tmp_path, NOW) == ["run-2"]
    assert (tmp_path / "latest/page.html").read_text() == "run-1"
    assert (tmp_path / "run-3/page.html").read_text() == "run-3"
    assert len(folders(tmp_path)) == 2


def test_a_place_that_holds_the_only_report_is_not_withdrawn(tmp_path: Path) -> None:
    publish(tmp_path / "lai-chau", "living")
    age(tmp_path / "lai-chau")
    assert withdraw(tmp_path, NOW) == []


def test_the_latest_is_found_without_its_name(tmp_path: Path) -> None:
    for name in ("run-1", "run-2"):
        publish(tmp_path / name, name)
        point_latest(tmp_path / name)
    assert (tmp_path / "latest/page.html").read_text() == "run-2"
