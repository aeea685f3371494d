"""When nobody is to be alerted and nothing counts: maintenance, and outside the service hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.monitor import Hours, Monitor
from monitoring.when import DAY, local

ALL = "all"


@dataclass(frozen=True)
class Work:
    """Planned work on a portal, a journey, a shared system or all: one occurrence (seconds)."""

    of: str
    begin: float
    end: float
    reason: str
    id: int | None = None


class Calendar:
    """Hours and windows of the configuration, with the windows that people added.

    Args:
        monitor: the configuration.
        added: by `maintenance add`.
    """

    def __init__(self, monitor: Monitor, added: Iterable[Work] = ()) -> None:
        self._monitor = monitor
        once = [
            Work(window.of, window.from_.timestamp(), window.until.timestamp(), window.reason)
            for window in monitor.maintenance
            if window.from_ and window.until
        ]
        self._once = (*once, *added)
        self._weekly = tuple(window for window in monitor.maintenance if window.weekly)
        self._always = not self._once and not self._weekly and not self._has_hours()

    def quiet(self, of: str, at: float) -> str | None:
        """Why something is quiet at a time: “maintenance”, “off hours”, or not.

        Args:
            of: a portal, a shared system, or a journey, “guide/journey”; of a journey it tells what
                is said of it alone, its portal may be quiet as well.
            at: seconds since the epoch.
        """
        if self._always:
            return None
        if self.work(of, at) is not None:
            return "maintenance"
        hours = self._hours(of)
        if hours and not any(_within(part, at) for part in hours):
            return "off hours"
        return None

    def work(self, of: str, at: float) -> Work | None:
        """The work going on on a portal, a journey or a shared system at a time."""
        for work in self._once:
            if work.of in (of, ALL) and work.begin <= at < work.end:
                return work
        for window in self._weekly:
            if window.of in (of, ALL) and window.weekly and _within(window.weekly, at):
                begin, end = _occurrence(window.weekly, at)
                return Work(window.of, begin, end, window.reason)
        return None

    def planned(self, since: float, until: float) -> list[Work]:
        """All work that lies at least in part between two times, in order."""
        found = [work for work in self._once if work.begin < until and work.end > since]
        for window in self._weekly:
            if window.weekly:
                for begin, end in _occurrences(window.weekly, since, until):
                    found.append(Work(window.of, begin, end, window.reason))
        return sorted(found, key=lambda work: work.begin)

    def _hours(self, of: str) -> tuple[Hours, ...]:
        if "/" in of:
            return self._monitor.journey(of).service_hours
        own = self._monitor.portal(of).service_hours
        return self._monitor.service_hours if own is None else own

    def _has_hours(self) -> bool:
        portals = self._monitor.portals.values()
        own = (portal.service_hours for portal in portals)
        journeys = (one.service_hours for portal in portals for one in portal.journeys.values())
        return bool(self._monitor.service_hours) or any(own) or any(journeys)


def _within(hours: Hours, at: float) -> bool:
    begin, end = _occurrence(hours, at)
    return begin <= at < end


def _occurrence(hours: Hours, at: float) -> tuple[float, float]:
    """The occurrence that a time lies in, or else some other that it does not lie in."""
    for begin, end in _occurrences(hours, at - DAY, at + 1):
        if begin <= at < end:
            return begin, end
    return 0.0, 0.0


def _occurrences(hours: Hours, since: float, until: float) -> Iterator[tuple[float, float]]:
    day = local(since).date() - timedelta(days=1)
    zone = local(since).tzinfo
    while True:
        begin = datetime.combine(day, hours.begin, zone)
        if begin.timestamp() >= until:
            return
        later = hours.end <= hours.begin
        end = datetime.combine(day + timedelta(days=1) if later else day, hours.end, zone)
        if day.weekday() in hours.days and end.timestamp() > since:
            yield begin.timestamp(), end.timestamp()
        day += timedelta(days=1)
