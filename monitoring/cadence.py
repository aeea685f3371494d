"""When: a wrapper round `schedule` whose jobs cannot raise, and which portals are due.

`schedule` 1.2.2 does not reschedule a job that raises, so that it is due again at once (20 times in
a second was seen), drifts, and remembers nothing. So jobs here cannot raise, what is due is asked of
the store, and a floor stands outside of the scheduler: a portal's last start, and its budget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import schedule

from config.monitor import Monitor

Say = Callable[[str], None]


class Cadence:
    """Runs jobs again and again, until it is stopped.

    Args:
        say: told when a job raised; the job comes again at its time all the same.
    """

    def __init__(self, say: Say) -> None:
        self._scheduler = schedule.Scheduler()
        self._say = say

    def every(self, seconds: float, job: Callable[[], object]) -> None:
        """Run a job every so many seconds. Missed times are caught up once, not many times."""
        self._scheduler.every(max(1, round(seconds))).seconds.do(self._without_raising, job)

    def run_until(self, stop: threading.Event, longest: float = 5.0) -> None:
        """Run what is due until somebody stops it; sleeps in between, at most `longest` seconds."""
        while not stop.is_set():
            self.run_pending()
            idle = self._scheduler.idle_seconds
            # Neither a clock set forward nor one set back may keep us asleep.
            stop.wait(min(longest, max(0.2, longest if idle is None else idle)))

    def run_pending(self) -> None:
        """Run what is due now; a clock that was set back does not make anything wait for longer."""
        now = datetime.now()
        for job in self._scheduler.jobs:
            if job.next_run and job.next_run - now > timedelta(seconds=job.interval):
                job.next_run = now
        self._scheduler.run_pending()

    def _without_raising(self, job: Callable[[], object]) -> None:
        try:
            job()
        except Exception as error:  # whatever it is: the next time has to come
            first = (str(error).splitlines() or [""])[0]
            self._say(f"{type(error).__name__}: {first}")


def due(
    portals: Iterable[str], started: Mapping[str, float], monitor: Monitor, now: float
) -> list[str]:
    """The portals whose time has come.

    Args:
        portals: all that are watched.
        started: when each was last started; one that never was is due.
        now: seconds since the epoch. A start that lies in the future was written before the clock
            was set back; such a portal is due, and its budget keeps it from being asked too often.
    """
    return [
        portal
        for portal in portals
        if (last := started.get(portal)) is None
        or now < last
        or _slot(now, monitor.every(portal)) > _slot(last, monitor.every(portal))
    ]


def resting(
    journeys: Mapping[str, str], begun: Mapping[str, float], monitor: Monitor, now: float
) -> set[str]:
    """The journeys of a portal that is due which are walked less often than it.

    Args:
        journeys: all that are watched, journey -> portal.
        begun: when the latest walk of each began (seconds since the epoch).
        now: see `due`.
    """
    portals = {
        journey: portal
        for journey, portal in journeys.items()
        if monitor.every(portal, journey) != monitor.every(portal)
    }
    return {
        journey
        for journey, portal in portals.items()
        if (last := begun.get(journey)) is not None
        and last <= now
        and _slot(now, monitor.every(portal, journey))
        == _slot(last, monitor.every(portal, journey))
    }


def _slot(at: float, every: float) -> int:
    """Which of the slots since the epoch: fixed, so that nothing drifts and a missed one is past."""
    return int(at // every)
