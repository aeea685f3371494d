"""Figures over a period: availability per portal and journey, time to detect and to recover."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from monitoring import causes, tables
from monitoring.remembering import incident
from monitoring.state import Incident
from monitoring.when import DAY, HOUR, begin_of_day, begin_of_hour


@dataclass(frozen=True)
class Availability:
    """Checks of one portal or journey in a period.

    Attributes:
        excused: during maintenance, outside service hours or without a network of our own.
        unknown: we could not tell (blocked, our own error). Neither counts, nor does time in which
            nobody looked: there are no checks of it.
    """

    portal: str
    journey: str | None
    up: int
    down: int
    excused: int
    unknown: int
    seconds: float | None
    slowest: float

    @property
    def share(self) -> float | None:
        """Of the checks that count, how many went well; none: no check counted."""
        counted = self.up + self.down
        return self.up / counted if counted else None


def availability(
    connection: Connection, since: float, until: float, by_journey: bool = False
) -> list[Availability]:
    """Availability in a period, to the hour: whole days from the days, its edges from the hours.

    Args:
        since: beginning, `until`: end, in seconds since the epoch.
        by_journey: one line a journey instead of one a portal.
    """
    table = tables.rollups
    by = (table.c.portal, table.c.journey) if by_journey else (table.c.portal,)
    sums = [func.sum(table.c[name]) for name in ("up", "down", "excused", "unknown", "seconds")]
    asked = select(*by, *sums, func.max(table.c.slowest)).where(_within(since, until))
    found = []
    for row in connection.execute(asked.group_by(*by).order_by(*by)):
        portal, *rest = row
        journey = rest.pop(0) if by_journey else None
        up, down, excused, unknown, seconds, slowest = rest
        mean = seconds / up if up else None
        found.append(
            Availability(portal, journey, up, down, excused, unknown, mean, float(slowest))
        )
    return found


def _within(since: float, until: float) -> ColumnElement[bool]:
    """Days that lie within a period, and hours for what is left of it at either end."""
    table = tables.rollups
    first_day = begin_of_day(since + DAY - 1)
    last_day = begin_of_day(until)
    hours = and_(
        table.c.length == HOUR, table.c.begin >= begin_of_hour(since), table.c.begin < until
    )
    if first_day >= last_day:
        return hours
    days = and_(table.c.length == DAY, table.c.begin >= first_day, table.c.begin < last_day)
    edges = or_(table.c.begin < first_day, table.c.begin >= last_day)
    return or_(days, and_(hours, edges))


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
