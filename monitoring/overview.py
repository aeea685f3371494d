"""How things stand now: portals, shared systems, guides, the monitor itself. For status and board."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from config.monitor import Monitor
from monitoring import causes, figures, left_out, outbox, tables
from monitoring.left_out import LeftOut
from monitoring.quiet import Calendar, Work
from monitoring.state import Incident
from monitoring.when import DAY

Standing = Literal["up", "down", "attention", "maintenance", "off hours", "unknown"]
LATE = 3  # cadences without a result, after which we no longer know


@dataclass(frozen=True)
class JourneyStands:
    """One journey: its latest check, and since when it has differed from its guide."""

    journey: str
    title: str
    portal: str
    latest: dict[str, Any] | None
    drifted_since: float | None


@dataclass(frozen=True)
class PortalStands:
    """One portal.

    Attributes:
        incidents: that are open and name it.
        checked: when it was last checked; none: never.
    """

    portal: str
    standing: Standing
    incidents: tuple[Incident, ...]
    work: Work | None
    checked: float | None
    journeys: tuple[JourneyStands, ...]
    simulated: bool


@dataclass(frozen=True)
class Overview:
    """Everything at one moment."""

    at: float
    portals: tuple[PortalStands, ...]
    systems: tuple[tuple[str, Incident | None], ...]
    open: tuple[Incident, ...]
    planned: tuple[Work, ...]
    last_run: float | None
    waiting: int
    aside: tuple[dict[str, Any], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def simulated(self) -> bool:
        """Whether any of it proves nothing about real portals."""
        return any(portal.simulated for portal in self.portals)


def overview(connection: Connection, monitor: Monitor, now: float) -> Overview:
    """How things stand; reads, and changes nothing."""
    added = [
        Work(row.of, row.begin, row.end, row.reason, row.id)
        for row in connection.execute(select(tables.maintenance))
    ]
    calendar = Calendar(monitor, added)
    open_ = tuple(one for one in figures.incidents(connection, now) if one.closed is None)
    journeys: dict[str, list[JourneyStands]] = {}
    for row in connection.execute(select(tables.journeys).order_by(tables.journeys.c.journey)):
        latest = json.loads(row.latest) if row.latest else None
        one = JourneyStands(row.journey, row.title, row.portal, latest, row.drifted_since)
        journeys.setdefault(row.portal, []).append(one)
    ended = connection.execute(select(func.max(tables.runs.c.ended))).scalar()
    return Overview(
        at=now,
        portals=tuple(
            _portal(name, tuple(found), open_, calendar, monitor, now)
            for name, found in sorted(journeys.items())
        ),
        systems=tuple(
            (name, next((one for one in open_ if one.cause == f"system:{name}"), None))
            for name in causes.SHARED
        ),
        open=open_,
        planned=tuple(calendar.planned(now, now + 14 * DAY)),
        last_run=ended,
        waiting=outbox.waiting(connection),
        aside=tuple(dict(row._mapping) for row in connection.execute(select(tables.aside))),
        left_out=left_out.kept(connection),
    )


def _portal(
    name: str,
    journeys: tuple[JourneyStands, ...],
    open_: tuple[Incident, ...],
    calendar: Calendar,
    monitor: Monitor,
    now: float,
) -> PortalStands:
    mine = tuple(
        one
        for one in open_
        if name in one.portals and set(one.journeys) & {j.journey for j in journeys}
    )
    latest = [one.latest for one in journeys if one.latest]
    checked = max((float(one["at"]) for one in latest), default=None)
    quiet = calendar.quiet(name, now)
    standing: Standing = "up"
    if quiet is not None:
        standing = "maintenance" if quiet == "maintenance" else "off hours"
    elif any(_is_outage(one) for one in mine):
        standing = "down"
    elif checked is None or now - checked > _late(monitor, name, journeys) or _says_nothing(latest):
        standing = "unknown"
    elif mine or any(
        causes.is_down(one.latest["cause"] or "")
        for one in journeys
        if one.latest and not calendar.quiet(one.journey, now)
    ):
        standing = "attention"
    simulated = any(one["simulated"] for one in latest)
    return PortalStands(
        name, standing, mine, calendar.work(name, now), checked, journeys, simulated
    )


def _late(monitor: Monitor, portal: str, journeys: tuple[JourneyStands, ...]) -> float:
    """Seconds without a check after which we no longer know; a run may take its time as well."""
    every = min(monitor.every(portal, one.journey) for one in journeys)
    return LATE * every + monitor.cadence.journey_limit


def _says_nothing(latest: list[dict[str, Any]]) -> bool:
    """Whether the latest checks are of no journey that says how the portal is."""
    return all(one["cause"] in (causes.OURSELVES, None) for one in latest)


def _is_outage(one: Incident) -> bool:
    return causes.is_down(one.cause) and (
        causes.kind_of(one.cause) != "control" or "duty" in one.told
    )
