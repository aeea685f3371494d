"""A run as a child process: what quality engineers run, killed with everything it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from pydantic import ValidationError

from config.strict import PROJECT
from monitoring.carrier import Ending, Order, Report
from monitoring.processes import Tree, born, descendants, end_all
from monitoring.reading import Reader
from record.file import read_run

PID = "child.pid"
OUTPUT = "output.txt"
LOOK_AT_TREE = 2.0  # seconds between two looks at what it started
LOOK = 0.25  # seconds between two looks at the record
AFTER_THE_LAST = 20.0  # seconds for browser and embedded portals to close when all is reported


STOPPED = "the monitor was stopped"


class ChildProcess:
    """Runs `pytest suites -m smoke --judge portal …` for an environment.

    Args:
        environment: its name or file.
        embedded: address of the embedded portals to attach to, where there are any.
        program: what to run instead, in tests.
    """

    def __init__(
        self,
        environment: str,
        embedded: str | None = None,
        program: tuple[str, ...] = (sys.executable, "-m", "pytest"),
    ) -> None:
        self._arguments = ["--environment", environment]
        if embedded:
            self._arguments += ["--embedded", embedded]
        self._program = program
        self._stop = threading.Event()

    def command(self, journeys: tuple[str, ...]) -> list[str]:
        """What is run: the same that a person would type."""
        chosen = " or ".join(journeys)
        return [
            *self._program,
            *("suites", "-m", "smoke", "--judge", "portal", *self._arguments),
            *("-k", chosen, "-q", "-p", "no:cacheprovider"),
        ]

    def carry_out(self, order: Order, report: Report) -> Ending:
        """Walk in a child; see Carrier.

        Raises:
            OSError: the child cannot be started.
        """
        if self._stop.is_set():
            return Ending(None, stopped=True, said=STOPPED)
        with (order.folder / OUTPUT).open("wb") as output:
            child = subprocess.Popen(
                self.command(order.journeys),
                cwd=PROJECT,
                env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(order.folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        (order.folder / PID).write_text(f"{child.pid} {born(child.pid)}", encoding="ascii")
        tree = Tree(child.pid)
        try:
            return self._follow(child, order, report, tree)
        finally:
            tree.look()
            end_all(tree.known, child)

    def stop(self) -> None:
        """End whatever is being carried out; nothing is begun any more."""
        self._stop.set()

    def clear(self, folder: Path) -> None:
        """End the child that an earlier monitor started for a folder, if it still runs."""
        try:
            pid, since = (folder / PID).read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return
        if born(int(pid)) == since:
            end_all(descendants(int(pid)))

    def _follow(
        self, child: subprocess.Popen[bytes], order: Order, report: Report, tree: Tree
    ) -> Ending:
        reader = Reader(order.folder)
        begun = heard = time.monotonic()
        reported: set[str] = set()
        while True:
            tree.look(LOOK_AT_TREE)
            code = child.poll()
            for journey in reader.new():
                heard = time.monotonic()
                reported.add(f"{journey.guide}/{journey.journey}")
                if not report(journey):
                    return Ending(None, stopped=True)
            if code is not None:
                return Ending(code, said=_last_words(order.folder / OUTPUT, code))
            if self._stop.wait(LOOK):
                return Ending(None, stopped=True, said=STOPPED)
            now = time.monotonic()
            if reported >= set(order.journeys) and now - heard > AFTER_THE_LAST:
                return Ending(None, hung=True, kind="unended")
            if now - heard > order.silence or now - begun > order.deadline:
                long = order.silence if now - heard > order.silence else order.deadline
                walking = _walking(order.folder, reported)
                said = f"{long:.0f}"
                return Ending(None, hung=True, walking=walking, kind="silent", said=said)


def _walking(folder: Path, reported: set[str]) -> str | None:
    """The first journey of the child's own plan, which is in its own order, that did not end."""
    try:
        plan = read_run(folder).plan
    except (OSError, ValidationError):
        return None  # it hung before it had a plan
    names = (f"{one.guide}/{one.journey}" for one in plan)
    return next((name for name in names if name not in reported), None)


def _last_words(output: Path, code: int) -> str:
    if code in (0, 1):  # all passed, or journeys failed: the record has said it
        return ""
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    try:
        lines = output.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    told = [line.strip(" !") for line in lines if line.strip(" !=")]
    exits = [line for line in told if "Exit:" in line or line.startswith("ERROR")]
    said = (exits or told or [f"exit code {code}"])[-1]
    return said.removeprefix("_pytest.outcomes.Exit: ").removeprefix("ERROR: ")[:300]
