"""A process and everything it started. The browser leaves its parent's group, so a group is not enough."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
GRACE = 3.0  # seconds to end by oneself

Process = tuple[int, str]
"""A pid with the moment it was born: a pid alone may be somebody else's by now."""


def born(pid: int) -> str:
    """When a process was started, in the kernel's own ticks; empty: there is none."""
    return _stat(pid)[1]


def descendants(pid: int) -> list[Process]:
    """A process and all that descend from it, itself first."""
    children: dict[int, list[int]] = {}
    births: dict[int, str] = {}
    for entry in PROC.iterdir() if PROC.is_dir() else ():  # elsewhere the group has to do
        if entry.name.isdigit():
            parent, birth = _stat(int(entry.name))
            children.setdefault(parent, []).append(int(entry.name))
            births[int(entry.name)] = birth
    found, open_ = [], [pid]
    while open_:
        one = open_.pop()
        if births.get(one):
            found.append((one, births[one]))
        open_ += children.get(one, [])
    return found


class Tree:
    """What a process started, remembered: a browser outlives a parent that crashes.

    Args:
        pid: of the process.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._looked = -math.inf
        self.known: list[Process] = []

    def look(self, again_after: float = 0.0) -> None:
        """Look at what there is now, unless the last look is less than that many seconds old."""
        if time.monotonic() - self._looked >= again_after:
            self._looked = time.monotonic()
            self.known = list(dict.fromkeys([*descendants(self._pid), *self.known]))


def end_all(processes: list[Process], child: subprocess.Popen[bytes] | None = None) -> None:
    """End processes: asked first, then killed. Returns when none is left.

    Args:
        processes: as descendants() found them.
        child: the first of them where it is ours, to be waited for.
    """
    for pid, birth in processes[:1]:
        _signal(pid, birth, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while _left(processes, child) and time.monotonic() < deadline:
        time.sleep(0.05)
    # What it started meanwhile is found through those that are left.
    more = [other for pid, _ in processes for other in descendants(pid)]
    for pid, birth in {*processes, *more}:
        _signal(pid, birth, signal.SIGKILL)
    if child is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    while _left(processes, child) and time.monotonic() < deadline + GRACE:
        time.sleep(0.01)  # what is killed ends a moment later


def _left(processes: list[Process], child: subprocess.Popen[bytes] | None) -> bool:
    if child is not None:
        child.poll()  # a child that nobody has waited for stays in the table
    return any(born(pid) == birth for pid, birth in processes)


def _signal(pid: int, birth: str, number: signal.Signals) -> None:
    if born(pid) != birth:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _stat(pid: int) -> tuple[int, str]:
    """Parent and birth; (0, "") for a process that is gone or a zombie."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0, ""
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), "" if fields[0] == "Z" else fields[19]
