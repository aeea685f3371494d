"""The rules: a pure function of state, event and clock. What is an incident, who hears of it, when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.monitor import Audience, Monitor
from monitoring import causes
from monitoring.desk import DRILL, Desk
from monitoring.insisting import insist
from monitoring.state import (
    Acknowledged,
    Decision,
    DrillBegun,
    DrillEnded,
    Event,
    Incident,
    Muted,
    NetworkSeen,
    Observed,
    Seen,
    State,
    Tick,
    Watching,
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """The configuration as the rules ask for it.

    Attributes:
        quiet: why nobody is to be alerted about a portal, a journey or a shared system at a time;
            none: alert.
    """

    monitor: Monitor
    quiet: Callable[[str, float], str | None]


def decide(state: State, event: Event, rules: Rules) -> tuple[State, list[Decision]]:
    """What an event changes and who is to be told.

    Args:
        state: what is known so far; it is left as it is.
        event: what happened; its time may lie before that of earlier ones (a clock set back).
        rules: thresholds, hours and maintenance.

    Returns:
        The state after it, and the decisions in their order.
    """
    desk = Desk(state, rules.monitor, event.at)
    match event:
        case Observed():
            desk.observe(event)
        case NetworkSeen():
            desk.network(event)
        case Watching():
            desk.watch(event)
        case Acknowledged():
            desk.amend(event.incident, "acknowledged", event.by, acknowledged=event.by)
        case Muted():
            desk.amend(event.incident, "muted", event.by, muted_until=event.until)
        case DrillBegun():
            desk.open(DRILL, (), event.at, Seen("", "ourselves", "drill", event.by), True)
        case DrillEnded():
            desk.close(DRILL)
        case Tick():
            desk.close_calm()
    if not isinstance(event, Observed):
        _tell(desk, rules, gathered=isinstance(event, Tick) and event.gathered)
    return desk.state(), desk.decisions


def _tell(desk: Desk, rules: Rules, gathered: bool) -> None:
    """Tell of what is open and not quiet: first, again, and to the second line.

    Args:
        desk: with the incidents.
        rules: when nobody is to be alerted.
        gathered: a run is over, no more journeys of it will join an incident.
    """
    for incident in desk.open_incidents():
        if not _is_quiet(desk, rules, incident):
            audiences = tuple(_audiences(desk, incident))
            whole = gathered or causes.kind_of(incident.cause) in causes.WHOLE
            told, decisions = insist(incident, audiences, desk.now, whole, rules.monitor)
            desk.put(told)
            desk.decisions += decisions


def _audiences(desk: Desk, incident: Incident) -> Iterator[Audience]:
    kind = causes.kind_of(incident.cause)
    yield from causes.FIRST_TOLD[kind]
    if kind == "control" and incident.journeys:
        portal = causes.name_of(incident.cause)
        watched = {name for name, one in desk.journeys.items() if one.portal == portal}
        if watched <= set(incident.journeys):
            yield "duty"


def _is_quiet(desk: Desk, rules: Rules, incident: Incident) -> bool:
    if incident.muted_until is not None and desk.now < incident.muted_until:
        return True
    kind, quiet = causes.kind_of(incident.cause), rules.quiet
    if kind in ("ourselves", "network", "drill"):
        return False
    if kind == "system" and quiet(causes.name_of(incident.cause), desk.now):
        return True
    journeys = [name for name in incident.journeys if name in desk.journeys]
    if journeys:
        return all(
            quiet(name, desk.now) or quiet(desk.journeys[name].portal, desk.now)
            for name in journeys
        )
    portals = incident.portals
    return bool(portals) and all(quiet(portal, desk.now) for portal in portals)
