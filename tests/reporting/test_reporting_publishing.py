"""Published whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reporting.publishing import point_latest, publication

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


def test_what_was_published_last_is_read(tmp_path: Path) -> None:
    publish(tmp_path / "guides", "first")
    publish(tmp_path / "guides", "second")
    assert (tmp_path / "guides/page.html").read_text() == "second"
    assert len(list((tmp_path / ".whole").iterdir())) == 1


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
        assert len(list((tmp_path / ".whole").iterdir())) == 2
        os.kill(writing.pid, signal.SIGKILL)
    assert (place / "page.html").read_text() == "second"
    publish(place, "third")
    assert (place / "page.html").read_text() == "third"
    assert len(list((tmp_path / ".whole").iterdir())) == 1


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


def test_the_latest_is_found_without_its_name(tmp_path: Path) -> None:
    for name in ("run-1", "run-2"):
        publish(tmp_path / name, name)
        point_latest(tmp_path / name)
    assert (tmp_path / "latest/page.html").read_text() == "run-2"
