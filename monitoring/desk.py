"""Incidents: what opens, joins, leaves and closes them. Whom they are told is the rules' affair."""

from __future__ import annotations

from dataclasses import replace

from config.monitor import Monitor
from monitoring import causes, windows
from monitoring.state import (
    Decision,
    Incident,
    JourneyState,
    NetworkSeen,
    Note,
    Observed,
    Seen,
    State,
    Tell,
    Watching,
)  # fmt: skip

DRILL = "drill:drill"
NETWORK_JOURNEY = "own-network"  # stands for a journey in the incident of our own network


class Desk:
    """One event being worked on: the state's parts, and what was decided so far.

    Args:
        state: what is known so far; it is left as it is.
        monitor: thresholds.
        now: seconds since the epoch.

    Attributes:
        now: as given.
        journeys: their last checks.
        decisions: in their order.
    """

    def __init__(self, state: State, monitor: Monitor, now: float) -> None:
        self._monitor = monitor
        self.now = now
        self.journeys = state.journeys
        self._incidents = dict(state.incidents)
        self._openings = state.openings
        self._last_id = state.last_id
        self.decisions: list[Decision] = []

    def state(self) -> State:
        """The state as it is now."""
        open_ = {one.id: one for one in self.open_incidents()}
        return State(self.journeys, open_, self._openings, self._last_id)

    def open_incidents(self) -> list[Incident]:
        """Those that are not over."""
        return [found for found in self._incidents.values() if found.closed is None]

    # --- checks -------------------------------------------------------------------------------

    def observe(self, event: Observed) -> None:
        """A check of a journey: whom it blames, and what is over for it."""
        if event.cause is None or (event.excused and event.cause != causes.OK):
            return
        before = self.journeys.get(event.journey) or JourneyState(event.portal)
        failures, of = _opening(self._monitor, event.journey, event.portal)
        now = windows.remembered(before, event, max(of, self._close_after(event.portal)))
        if now is not before:
            self.journeys = {**self.journeys, event.journey: now}
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
                for name, other in self.journeys.items()
                if name == event.journey or (other.looked and other.looked[-1] == cause)
            ]
            began = [
                windows.since(cause, self.journeys[name], self._is_down_elsewhere(name))
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
        """Open an incident, unless the cause has one.

        Args:
            cause: as causes.cause_of says.
            journeys: that it hits.
            since: when it began.
            seen: by the check that opens it.
            simulated: whether it proves nothing about the real portals.
        """
        if self._open_for(cause) is not None:
            return
        flapping = self._monitor.thresholds.flapping
        recent = tuple(
            (other, at) for other, at in self._openings if abs(self.now - at) <= flapping.within
        )
        self._openings = (*recent, (cause, self.now)) if cause != DRILL else recent
        flaps = sum(other == cause for other, _ in self._openings) >= flapping.times
        self._last_id += 1
        incident = Incident(
            id=self._last_id, cause=cause, opened=self.now, since=min(since, self.now),
            journeys=journeys, ever=journeys, portals=self._portals(journeys),
            last_bad=self.now, seen=seen, simulated=simulated, flapping=flaps,
        )  # fmt: skip
        self.put(incident)
        self.decisions.append(Note(incident, "opened", self.now, ", ".join(journeys)))
        if flaps:
            self.decisions.append(Note(incident, "flapping", self.now))

    def _join(self, incident: Incident, event: Observed) -> None:
        joined = event.journey not in incident.journeys
        journeys = tuple(sorted({*incident.journeys, event.journey}))
        ever = tuple(sorted({*incident.ever, event.journey}))
        incident = replace(
            incident, journeys=journeys, ever=ever, portals=self._portals(ever),
            last_bad=self.now, seen=event.seen or incident.seen,
        )  # fmt: skip
        self.put(incident)
        if joined:
            self.decisions.append(Note(incident, "joined", self.now, event.journey))

    def _is_over_for(self, incident: Incident, name: str) -> bool:
        journey = self.journeys[name]
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
        self.put(incident)
        self.decisions.append(Note(incident, "left", self.now, name))
        self._close_if_over(incident)

    # --- closing ------------------------------------------------------------------------------

    def _close_if_over(self, incident: Incident) -> None:
        if incident.journeys or incident.closed is not None or incident.cause == DRILL:
            return
        calm = self._monitor.thresholds.flapping.calm
        if incident.flapping and 0 <= self.now - incident.last_bad < calm:
            return
        self._close(incident)

    def close(self, cause: str) -> None:
        """Close what is open for a cause, whatever its journeys."""
        incident = self._open_for(cause)
        if incident is not None:
            self._close(replace(incident, journeys=()))

    def _close(self, incident: Incident) -> None:
        closed = replace(incident, closed=self.now)
        self.put(closed)
        self.decisions.append(Note(closed, "closed", self.now))
        self.decisions += [Tell(closed, "closed", told, self.now) for told in closed.told]

    def close_calm(self) -> None:
        """Close flapping incidents that have been calm for long enough."""
        for incident in list(self._incidents.values()):
            self._close_if_over(incident)

    # --- what is not a check ------------------------------------------------------------------

    def network(self, event: NetworkSeen) -> None:
        """Whether our own network works."""
        if event.works:
            self.close(causes.OWN_NETWORK)
        else:
            seen = Seen("", "network", "connect", event.message)
            self.open(causes.OWN_NETWORK, (NETWORK_JOURNEY,), event.at, seen, False)

    def watch(self, event: Watching) -> None:
        """What is watched from now on; the rest leaves its incidents."""
        kept = {name: one for name, one in self.journeys.items() if name in event.journeys}
        new = {
            name: JourneyState(portal)
            for name, portal in event.journeys.items()
            if name not in kept
        }
        self.journeys = {**kept, **new}
        for incident in list(self._incidents.values()):
            for name in incident.journeys:
                if name not in self.journeys and name != NETWORK_JOURNEY:
                    self._leave(self._incidents[incident.id], name)

    def amend(self, incident: int, change: str, by: str, **values: object) -> None:
        """Note what a person said about an incident."""
        found = self._incidents.get(incident)
        if found is not None and found.closed is None:
            amended = replace(found, **values)  # type: ignore[arg-type]
            self.put(amended)
            self.decisions.append(Note(amended, change, self.now, by))  # type: ignore[arg-type]

    # --- parts --------------------------------------------------------------------------------

    def put(self, incident: Incident) -> None:
        """Keep an incident as it is now."""
        self._incidents[incident.id] = incident

    def _open_for(self, cause: str) -> Incident | None:
        for incident in self._incidents.values():
            if incident.cause == cause and incident.closed is None:
                return incident
        return None

    def _close_after(self, portal: str) -> int:
        return self._monitor.thresholds_of(portal).close_after

    def _portals(self, journeys: tuple[str, ...]) -> tuple[str, ...]:
        known = {self.journeys[name].portal for name in journeys if name in self.journeys}
        return tuple(sorted(known))


def _opening(monitor: Monitor, journey: str, portal: str) -> tuple[int, int]:
    """(m, n): an incident opens when m of the last n checks failed."""
    own = monitor.portal(portal).journeys.get(journey)
    opening = (own and own.open) or monitor.thresholds_of(portal).open
    return opening.failures, opening.of
