"""Runs as they lie in their folders, and which came before which."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from record import file
from record.model import JourneyRecord, Run

REPORTS = Path(__file__).parents[1] / "reports"
RUNS = REPORTS / "runs"


class NoRun(Exception):
    """There is no run to read; the message says so in one sentence, and what to do."""


@dataclass(frozen=True)
class KeptRun:
    """One run in its folder.

    Attributes:
        folder: where it lies.
        run: its plan and its end.
    """

    folder: Path
    run: Run

    @cached_property
    def journeys(self) -> tuple[JourneyRecord, ...]:
        """Its journeys in the order of the plan, the last attempt of each.

        Raises:
            ValueError: a line of the record cannot be read.
        """
        last = {(found.guide, found.journey): found for found in file.journeys(self.folder)}
        order = {(planned.guide, planned.journey): i for i, planned in enumerate(self.run.plan)}
        return tuple(last[key] for key in sorted(last, key=lambda key: order.get(key, len(order))))


def kept_run(named: str | None = None, runs: Path = RUNS, *, ended: bool = True) -> KeptRun:
    """The run asked for.

    Args:
        named: its name, or its folder; none: the latest.
        runs: where runs lie.
        ended: whether the latest is the latest that ended, or that was started at all.

    Raises:
        NoRun: it is not there, or cannot be read.
    """
    if named is None or named == "latest":
        newest = next(_newest_first(runs, ended), None)
        if newest is None:
            raise NoRun(f"there is no run in {runs.name}/; make one with `make run`")
        return newest
    folder = Path(named) if Path(named).is_dir() else runs / named
    found = _opened(folder)
    if found is None:
        raise NoRun(f"there is no run “{named}”; `ls {runs.parent.name}/{runs.name}` names them")
    return found


def begun_later(kept: KeptRun) -> KeptRun | None:
    """The newest run, where it was started after this one and has not ended: killed, or under way."""
    newest = next(_newest_first(kept.folder.parent, ended=False), None)
    later = newest is not None and newest.run.started > kept.run.started
    return newest if later and newest and newest.run.ended is None else None


def shows_of_traces(kept: KeptRun) -> list[str]:
    """The commands that show a run's traces on this machine, with the viewer Playwright brings along.

    Allure's own links lead to a viewer on another host, and are cut off.
    """
    traces = [journey.trace for journey in kept.journeys if journey.trace]
    there = [path for trace in traces if (path := kept.folder / trace).is_file()]
    return [f"python -m playwright show-trace {shlex.quote(str(path))}" for path in there]


def earlier(kept: KeptRun, at_most: int) -> list[KeptRun]:
    """The runs before one on the same environment, the newest first.

    Editions of the embedded portals are not told apart: an edition is a later day of the same
    simulated world, and what changed between two of them is what history is for.
    """
    found: list[KeptRun] = []
    for other in _newest_first(kept.folder.parent, ended=True):
        same_place = other.run.environment == kept.run.environment
        if same_place and other.run.started < kept.run.started:
            found.append(other)
        if len(found) == at_most:
            break
    return found


def _newest_first(runs: Path, ended: bool) -> Iterator[KeptRun]:
    """The runs in a folder, the newest first; all, or those that ended."""
    found = sorted(all_runs(runs), key=lambda kept: kept.run.started, reverse=True)
    return (kept for kept in found if kept.run.ended is not None or not ended)


def all_runs(runs: Path) -> Iterator[KeptRun]:
    """Every run in a folder that can be read, by name."""
    for folder in sorted(runs.iterdir()) if runs.is_dir() else ():
        opened = _opened(folder) if folder.is_dir() else None
        if opened is not None:
            yield opened


def _opened(folder: Path) -> KeptRun | None:
    try:
        return KeptRun(folder.resolve(), file.read_run(folder))
    except (OSError, ValidationError):
        return None  # a folder without a plan holds no run
