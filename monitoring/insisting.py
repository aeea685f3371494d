"""What is still to be told of an open incident: first, again, and to the second line."""

from __future__ import annotations

from dataclasses import replace

from config.monitor import Alerts, Audience
from monitoring.state import Decision, Incident, Note, Tell


def insist(
    incident: Incident, audiences: tuple[Audience, ...], now: float, gathered: bool, alerts: Alerts
) -> tuple[Incident, list[Decision]]:
    """Decide what to tell now.

    Args:
        incident: open, and not quiet.
        audiences: who is to know of it at the least.
        now: seconds since the epoch.
        gathered: no more journeys will join now; else they are waited for a little.
        alerts: after how long.
    """
    decisions: list[Decision] = []
    waited = abs(now - incident.opened) >= alerts.gather
    new = [one for one in audiences if one not in incident.told]
    if new and (gathered or waited):
        incident = replace(incident, told=(*incident.told, *new), told_at=incident.told_at or now)
        decisions.append(Note(incident, "told", now, ", ".join(new)))
        decisions += [Tell(incident, "opened", one, now) for one in new]
    told_at = incident.told_at
    if told_at is not None and incident.acknowledged is None:
        incident = _escalated(incident, told_at, now, alerts, decisions)
        incident = _reminded(incident, told_at, now, alerts, decisions)
    return incident, decisions


def _escalated(
    incident: Incident, told_at: float, now: float, alerts: Alerts, decisions: list[Decision]
) -> Incident:
    if incident.escalated or "duty" not in incident.told or now - told_at < alerts.escalate_after:
        return incident
    incident = replace(incident, escalated=True, told=(*incident.told, "escalation"))
    decisions.append(Note(incident, "escalated", now))
    decisions.append(Tell(incident, "escalated", "escalation", now))
    return incident


def _reminded(
    incident: Incident, told_at: float, now: float, alerts: Alerts, decisions: list[Decision]
) -> Incident:
    if now - (incident.reminded_at or told_at) < alerts.remind_every:
        return incident
    number = incident.reminders + 1
    incident = replace(incident, reminders=number, reminded_at=now)
    decisions.append(Note(incident, "reminded", now, str(number)))
    decisions += [Tell(incident, "reminder", told, now, number) for told in incident.told]
    return incident
