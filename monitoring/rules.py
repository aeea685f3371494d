"""The rules: a pure function of state, event and clock. What is an incident, who hears of it, when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from config.monitor import Audience, Monitor
from monitoring import causes, windows
from monitoring.insisting import insist
from monitoring.state import (
    Acknowledged,
    Decision,
    DrillBegun,
    DrillEnded,
    Event,
    Incident,
    JourneyState,
    Muted,
    NetworkSeen,
    Note,
    Observed,
    Seen,
    State,
    Tell,
    Tick,
    Watching,
)  # fmt: skip

DRILL = "drill:drill"
NETWORK_JOURNEY = "own-network"  # stands for a journey in the incident of our own network


@dataclass(frozen=True)
class Rules:
    """The configuration as the rules ask for it.

    Attributes:
        quiet: why nobody is to be alerted about a portal, a journey or a shared system at a time;
            none: alert.
    """

    monitor: Monitor
    quiet: Callable[[str, float], str | None]

    def opening(self, journey: str, portal: str) -> tuple[int, int]:
        """(m, n): an incident opens when m of the last n checks failed."""
        own = self.monitor.portal(portal).journeys.get(journey)
        opening = (own and own.open) or self.monitor.thresholds_of(portal).open
        return opening.failures, opening.of


def decide(state: State, event: Event, rules: Rules) -> tuple[State, list[Decision]]:
    """What an event changes and who is to be told.

    Args:
        state: what is known so far; it is left as it is.
        event: what happened; its time may lie before that of earlier ones (a clock set back).
        rules: thresholds, hours and maintenance.

    Returns:
        The state after it, and the decisions in their order.
    """
    desk = _Desk(state, rules, event.at)
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
        desk.tell(gathered=isinstance(event, Tick) and event.gathered)
    return desk.state(), desk.decisions


class _Desk:
    """One event being worked on: the state's parts, and what was decided so far."""

    def __init__(self, state: State, rules: Rules, now: float) -> None:
        self._before = state
        self._rules = rules
        self._now = now
        self._journeys = state.journeys
        self._incidents = dict(state.incidents)
        self._openings = state.openings
        self._last_id = state.last_id
        self.decisions: list[Decision] = []

    def state(self) -> State:
        """The state as it is now."""
        open_ = {key: found for key, found in self._incidents.items() if found.closed is None}
        return State(self._journeys, open_, self._openings, self._last_id)

    # --- checks -------------------------------------------------------------------------------

    def observe(self, event: Observed) -> None:
        if event.cause is None or (event.excused and event.cause != causes.OK):
            return
        before = self._journeys.get(event.journey) or JourneyState(event.portal)
        failures, of = self._rules.opening(event.journey, event.portal)
        now = windows.remembered(before, event, max(of, self._close_after(event.portal)))
        if now is not before:
            self._journeys = {**self._journeys, event.journey: now}
        if event.cause != causes.OK:
            self._blame(event, now, failures, of)
        for incident in list(self._incidents.values()):
            if event.journey in incident.journeys and self._is_over_for(incident, event.journey):
                self._leave(incident, event.journey)

    def _blame(self, event: Observed, journey: JourneyState, failures: int, of: int) -> None:
        cause = event.cause or ""
        incident = self._open_for(cause)
        if incident is not None:
            self._join(incident, event)
        elif windows.opens(cause, journey, failures, of):
            affected = [
                name
                for name, other in self._journeys.items()
                if name == event.journey or (other.looked and other.looked[-1] == cause)
            ]
            began = [
                windows.since(cause, self._journeys[name], self._is_down_elsewhere(name))
                for name in affected
            ]
            since = min((at for at in began if at is not None), default=event.at)
            self.open(cause, tuple(sorted(affected)), since, event.seen, event.simulated)

    def open(
        self,
        cause: str,
        journeys: tuple[str, ...],
        since: float,
        seen: Seen | None,
        simulated: bool,
    ) -> None:
        """Open an incident; the cause has none."""
        if self._open_for(cause) is not None:
            return
        flapping = self._rules.monitor.thresholds.flapping
        recent = tuple(
            (other, at) for other, at in self._openings if abs(self._now - at) <= flapping.within
        )
        self._openings = (*recent, (cause, self._now)) if cause != DRILL else recent
        flaps = sum(other == cause for other, _ in self._openings) >= flapping.times
        self._last_id += 1
        incident = Incident(
            id=self._last_id, cause=cause, opened=self._now, since=min(since, self._now),
            journeys=journeys, ever=journeys, portals=self._portals(journeys),
            last_bad=self._now, seen=seen, simulated=simulated, flapping=flaps,
        )  # fmt: skip
        self._put(incident)
        self.decisions.append(Note(incident, "opened", self._now, ", ".join(journeys)))
        if flaps:
            self.decisions.append(Note(incident, "flapping", self._now))

    def _join(self, incident: Incident, event: Observed) -> None:
        joined = event.journey not in incident.journeys
        journeys = tuple(sorted({*incident.journeys, event.journey}))
        ever = tuple(sorted({*incident.ever, event.journey}))
        incident = replace(
            incident, journeys=journeys, ever=ever, portals=self._portals(ever),
            last_bad=self._now, seen=event.seen or incident.seen,
        )  # fmt: skip
        self._put(incident)
        if joined:
            self.decisions.append(Note(incident, "joined", self._now, event.journey))

    def _is_over_for(self, incident: Incident, name: str) -> bool:
        journey = self._journeys[name]
        elsewhere = self._is_down_elsewhere(name, incident.id)
        return windows.is_over(
            incident.cause, journey, self._close_after(journey.portal), elsewhere
        )

    def _is_down_elsewhere(self, name: str, incident: int | None = None) -> bool:
        return any(
            name in other.journeys and causes.is_down(other.cause)
            for other in self._incidents.values()
            if other.id != incident and other.closed is None
        )

    def _leave(self, incident: Incident, name: str) -> None:
        left = tuple(journey for journey in incident.journeys if journey != name)
        incident = replace(incident, journeys=left)
        self._put(incident)
        self.decisions.append(Note(incident, "left", self._now, name))
        self._close_if_over(incident)

    # --- closing ------------------------------------------------------------------------------

    def _close_if_over(self, incident: Incident) -> None:
        if incident.journeys or incident.closed is not None or incident.cause == DRILL:
            return
        calm = self._rules.monitor.thresholds.flapping.calm
        if incident.flapping and 0 <= self._now - incident.last_bad < calm:
            return
        closed = replace(incident, closed=self._now)
        self._put(closed)
        self.decisions.append(Note(closed, "closed", self._now))
        self.decisions += [Tell(closed, "closed", told, self._now) for told in closed.told]

    def close(self, cause: str) -> None:
        """Close what is open for a cause, whatever its journeys."""
        incident = self._open_for(cause)
        if incident is not None:
            closed = replace(incident, closed=self._now, journeys=())
            self._put(closed)
            self.decisions.append(Note(closed, "closed", self._now))
            self.decisions += [Tell(closed, "closed", told, self._now) for told in closed.told]

    def close_calm(self) -> None:
        """Close flapping incidents that have been calm for long enough."""
        for incident in list(self._incidents.values()):
            self._close_if_over(incident)

    # --- what is not a check ------------------------------------------------------------------

    def network(self, event: NetworkSeen) -> None:
        if event.works:
            self.close(causes.OWN_NETWORK)
        else:
            seen = Seen("", "network", "connect", event.message)
            self.open(causes.OWN_NETWORK, (NETWORK_JOURNEY,), event.at, seen, False)

    def watch(self, event: Watching) -> None:
        kept = {name: one for name, one in self._journeys.items() if name in event.journeys}
        new = {
            name: JourneyState(portal)
            for name, portal in event.journeys.items()
            if name not in kept
        }
        self._journeys = {**kept, **new}
        for incident in list(self._incidents.values()):
            for name in incident.journeys:
                if name not in self._journeys and name != NETWORK_JOURNEY:
                    self._leave(self._incidents[incident.id], name)

    def amend(self, incident: int, change: str, by: str, **values: object) -> None:
        """Note what a person said about an incident."""
        found = self._incidents.get(incident)
        if found is not None and found.closed is None:
            amended = replace(found, **values)  # type: ignore[arg-type]
            self._put(amended)
            self.decisions.append(Note(amended, change, self._now, by))  # type: ignore[arg-type]

    # --- telling ------------------------------------------------------------------------------

    def tell(self, gathered: bool) -> None:
        """Tell of what is open and not quiet: first, again, and to the second line.

        Args:
            gathered: a run is over, no more journeys of it will join an incident.
        """
        for incident in list(self._incidents.values()):
            if incident.closed is None and not self._is_quiet(incident):
                audiences = tuple(self._audiences(incident))
                whole = gathered or causes.kind_of(incident.cause) in causes.WHOLE
                told, decisions = insist(incident, audiences, self._now, whole, self._rules.monitor)
                self._put(told)
                self.decisions += decisions

    def _audiences(self, incident: Incident) -> Iterator[Audience]:
        kind = causes.kind_of(incident.cause)
        yield from causes.FIRST_TOLD[kind]
        if kind == "control" and incident.journeys:
            portal = causes.name_of(incident.cause)
            watched = {name for name, one in self._journeys.items() if one.portal == portal}
            if watched <= set(incident.journeys):
                yield "duty"

    def _is_quiet(self, incident: Incident) -> bool:
        if incident.muted_until is not None and self._now < incident.muted_until:
            return True
        kind, quiet = causes.kind_of(incident.cause), self._rules.quiet
        if kind in ("ourselves", "network", "drill"):
            return False
        if kind == "system" and quiet(causes.name_of(incident.cause), self._now):
            return True
        journeys = [name for name in incident.journeys if name in self._journeys]
        if journeys:
            return all(
                quiet(name, self._now) or quiet(self._journeys[name].portal, self._now)
                for name in journeys
            )
        portals = incident.portals
        return bool(portals) and all(quiet(portal, self._now) for portal in portals)

    # --- parts --------------------------------------------------------------------------------

    def _put(self, incident: Incident) -> None:
        self._incidents[incident.id] = incident

    def _open_for(self, cause: str) -> Incident | None:
        for incident in self._incidents.values():
            if incident.cause == cause and incident.closed is None:
                return incident
        return None

    def _close_after(self, portal: str) -> int:
        return self._rules.monitor.thresholds_of(portal).close_after

    def _portals(self, journeys: tuple[str, ...]) -> tuple[str, ...]:
        known = {self._journeys[name].portal for name in journeys if name in self._journeys}
        return tuple(sorted(known))
