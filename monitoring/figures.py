"""Figures over a period: availability per portal and journey, time to detect and to recover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from config.monitor import Retention
from monitoring import causes, tables
from monitoring.remembering import incident
from monitoring.state import Incident
from monitoring.when import DAY, HOUR, begin_of_day, begin_of_hour


@dataclass(frozen=True)
class Availability:
    """Checks of one portal or journey in a period.

    Attributes:
        excused: during maintenance, outside service hours or without a network of our own.
        seconds: of the checks that went well, together.
        unknown: we could not tell (blocked, our own error). Neither counts, nor does time in which
            nobody looked: there are no checks of it.
    """

    portal: str
    journey: str | None
    up: int
    down: int
    excused: int
    unknown: int
    seconds: float
    slowest: float

    @property
    def mean(self) -> float | None:
        """Seconds that a walk that went well took, on average."""
        return self.seconds / self.up if self.up else None

    def with_(self, other: Availability, journey: str | None) -> Availability:
        """Both together."""
        return Availability(
            self.portal,
            journey,
            self.up + other.up,
            self.down + other.down,
            self.excused + other.excused,
            self.unknown + other.unknown,
            self.seconds + other.seconds,
            max(self.slowest, other.slowest),
        )

    @property
    def share(self) -> float | None:
        """Of the checks that count, how many went well; none: no check counted."""
        counted = self.up + self.down
        return self.up / counted if counted else None


@dataclass(frozen=True)
class Period:
    """What can really be counted of the time that was asked for (seconds since the epoch).

    Attributes:
        begin: of its first hour, or day; `end`: of its last, or now.
        whole_days: an end lies where only days are kept, so that the whole of its day is counted.
        forgotten: its beginning lies where nothing is kept any more.
    """

    begin: float
    end: float
    whole_days: bool = False
    forgotten: bool = False


def period(since: float, until: float, retention: Retention, now: float) -> Period:
    """What can be counted of the time between two moments; roll-ups are of full hours and days.

    Args:
        since: beginning, `until`: end, in seconds since the epoch.
        retention: how long hours and days are kept.
        now: seconds since the epoch.
    """
    hours_from = begin_of_hour(now - retention.hours) + HOUR
    days_from = begin_of_day(now - retention.days) + DAY
    begin, end = begin_of_hour(since), begin_of_hour(until + HOUR - 1)
    whole_days = False
    if begin < hours_from and begin != begin_of_day(since):
        begin, whole_days = begin_of_day(since), True
    if begin_of_day(end) < hours_from and end != begin_of_day(end):
        end, whole_days = begin_of_day(end) + DAY, True
    forgotten = begin < days_from
    begin = max(begin, days_from) if forgotten else begin
    return Period(begin, max(begin, min(end, now)), whole_days, forgotten)


def availability(connection: Connection, begin: float, end: float) -> list[Availability]:
    """Availability in a period, one line a journey.

    Whole days come from the days' roll-ups, what is left at either end from the hours'.

    Args:
        begin: of an hour or a day, `end`: of the period, as `period` makes them.
    """
    found: dict[tuple[str, str], Availability] = {}
    for length, first, last in _parts(begin, end):
        for row in connection.execute(_sums(length, first, last)):
            portal, journey, up, down, excused, unknown, seconds, slowest = row
            line = Availability(portal, journey, up, down, excused, unknown, seconds, slowest)
            known = found.get((portal, journey))
            found[portal, journey] = known.with_(line, journey) if known else line
    return [found[key] for key in sorted(found)]


def of_portals(journeys: Iterable[Availability]) -> list[Availability]:
    """The same, one line a portal."""
    found: dict[str, Availability] = {}
    for line in journeys:
        known = found.get(line.portal)
        found[line.portal] = known.with_(line, None) if known else replace(line, journey=None)
    return [found[portal] for portal in sorted(found)]


def _parts(since: float, until: float) -> list[tuple[int, float, float]]:
    """(length, begin, end) of the roll-ups that make up a period."""
    first_day, last_day = begin_of_day(since + DAY - 1), begin_of_day(until)
    if first_day >= last_day:
        return [(HOUR, begin_of_hour(since), until)]
    return [
        (HOUR, begin_of_hour(since), first_day),
        (DAY, first_day, last_day),
        (HOUR, last_day, until),
    ]


def _sums(length: int, begin: float, end: float) -> Select[Any]:
    table = tables.rollups
    by = (table.c.portal, table.c.journey)
    sums = [func.sum(table.c[name]) for name in ("up", "down", "excused", "unknown", "seconds")]
    asked = select(*by, *sums, func.max(table.c.slowest)).group_by(*by)
    return asked.where(table.c.length == length, table.c.begin >= begin, table.c.begin < end)


@dataclass(frozen=True)
class Times:
    """Of the outages in a period (seconds; none where there was none)."""

    outages: int
    to_detect: float | None
    to_recover: float | None


def times(connection: Connection, since: float, until: float) -> Times:
    """Mean time from the first failure to the incident, and from the first failure to its end."""
    outages = [one for one in incidents(connection, since, until) if causes.is_down(one.cause)]
    over = [one for one in outages if one.closed is not None]
    return Times(
        len(outages),
        _mean([one.opened - one.since for one in outages]),
        _mean([(one.closed or 0.0) - one.since for one in over]),
    )


def incidents(
    connection: Connection,
    since: float = 0.0,
    until: float | None = None,
    portal: str | None = None,
    limit: int | None = None,
) -> list[Incident]:
    """Incidents that were open at some time of a period, newest first."""
    table = tables.incidents
    asked = select(table.c.state).where(or_(table.c.closed.is_(None), table.c.closed >= since))
    if until is not None:
        asked = asked.where(table.c.opened < until)
    if portal is not None:
        named = select(tables.incident_portals.c.incident)
        asked = asked.where(table.c.id.in_(named.where(tables.incident_portals.c.portal == portal)))
    asked = asked.order_by(table.c.id.desc())
    return [incident(row.state) for row in connection.execute(asked.limit(limit))]


def incident_of(connection: Connection, number: int) -> Incident | None:
    """One incident by its number."""
    table = tables.incidents
    row = connection.execute(select(table.c.state).where(table.c.id == number)).first()
    return None if row is None else incident(row.state)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
