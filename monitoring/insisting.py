"""What is still to be told of an open incident: first, again, and to the second line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from config.monitor import Audience, Channel, Monitor
from monitoring.state import Decision, Incident, Note, Tell


def listeners(
    audience: Audience, channels: Sequence[Channel], portals: Collection[str] = ()
) -> list[Channel]:
    """The channels by which an audience is told of what concerns some portals, or none in particular."""
    return [one for one in channels if audience in one.tells and one.hears_of(portals)]


def insist(
    incident: Incident,
    audiences: tuple[Audience, ...],
    now: float,
    gathered: bool,
    monitor: Monitor,
) -> tuple[Incident, list[Decision]]:
    """Decide what to tell now. The history says who was told, and whom no channel could tell.

    Args:
        incident: open, and not quiet.
        audiences: who is to know of it at the least.
        now: seconds since the epoch.
        gathered: no more journeys will join now; else they are waited for a little.
        monitor: after how long, and by which channels.
    """
    decisions: list[Decision] = []
    waited = abs(now - incident.opened) >= monitor.alerts.gather
    new = [one for one in audiences if one not in incident.told]
    if new and (gathered or waited):
        incident = replace(incident, told=(*incident.told, *new), told_at=incident.told_at or now)
        heard = [one for one in new if listeners(one, monitor.channels, incident.portals)]
        unheard = [one for one in new if one not in heard]
        if heard:
            decisions.append(Note(incident, "told", now, ", ".join(heard)))
        if unheard:
            decisions.append(Note(incident, "untold", now, ", ".join(unheard)))
        decisions += [Tell(incident, "opened", one, now) for one in new]
    told_at = incident.told_at
    if told_at is not None and incident.acknowledged is None:
        incident = _escalated(incident, told_at, now, monitor, decisions)
        incident = _reminded(incident, told_at, now, monitor, decisions)
    return incident, decisions


def _escalated(
    incident: Incident, told_at: float, now: float, monitor: Monitor, decisions: list[Decision]
) -> Incident:
    after = monitor.alerts.escalate_after
    if incident.escalated or "duty" not in incident.told or now - told_at < after:
        return incident
    incident = replace(incident, escalated=True, told=(*incident.told, "escalation"))
    if listeners("escalation", monitor.channels, incident.portals):
        decisions.append(Note(incident, "escalated", now))
    else:
        decisions.append(Note(incident, "untold", now, "escalation"))
    decisions.append(Tell(incident, "escalated", "escalation", now))
    return incident


def _reminded(
    incident: Incident, told_at: float, now: float, monitor: Monitor, decisions: list[Decision]
) -> Incident:
    if now - (incident.reminded_at or told_at) < monitor.alerts.remind_every:
        return incident
    number = incident.reminders + 1
    incident = replace(incident, reminders=number, reminded_at=now)
    if any(listeners(one, monitor.channels, incident.portals) for one in incident.told):
        decisions.append(Note(incident, "reminded", now, str(number)))
    decisions += [Tell(incident, "reminder", told, now, number) for told in incident.told]
    return incident
