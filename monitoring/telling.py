"""The text of an alert: what, where, since when, which step in the guide's words, what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from config.monitor import Monitor
from monitoring import causes
from monitoring.quiet import ALL
from monitoring.state import Incident, Tell
from monitoring.when import lasting, shown
from monitoring.words import of_seen, word

GRADES = {"opened": "failure", "reminder": "warning", "escalated": "failure", "closed": "success"}


@dataclass(frozen=True)
class Message:
    """What one channel is given."""

    title: str
    body: str
    grade: str


def portal_name(monitor: Monitor, portal: str) -> str:
    """A portal as people call it."""
    return monitor.portal(portal).name or portal


def subject(monitor: Monitor, of: str, language: str) -> str:
    """What work is planned on, as people call it: a portal, a shared system, or everything."""
    if of == ALL:
        return word("everything", language)
    return word(of, language) if of in causes.SHARED else portal_name(monitor, of)


def headline(incident: Incident, monitor: Monitor, language: str) -> str:
    """An incident in one clause."""
    kind, name = causes.kind_of(incident.cause), causes.name_of(incident.cause)
    if kind == "drill":
        return word("drill", language).lower()
    if kind == "ourselves":
        return word("ourselves", language)
    if kind == "network":
        return word("own network", language)
    if kind == "account":
        return word("account", language, name=name)
    if kind == "system":
        name = word(name, language)
        count = word("portals", language, count=len(incident.portals))
        return f"{word('does not work', language, name=name)} ({count})"
    name = portal_name(monitor, name)
    key = {"control": "control gone", "blocked": "blocked"}.get(kind, "does not work")
    return word(key, language, name=name)


def message(
    tell: Tell, monitor: Monitor, titles: Mapping[str, str], language: str, reference: str
) -> Message:
    """The message of one decision to tell.

    Args:
        tell: what is told; it carries the incident as it was then.
        monitor: names, runbooks, the board's address.
        titles: of the journeys.
        language: `vi` or `en`.
        reference: by which a receiver recognises a second copy.
    """
    incident = tell.incident
    lines = [headline(incident, monitor, language)]
    if causes.kind_of(incident.cause) == "drill":
        by = incident.seen.message if incident.seen else ""
        lines.append(word("drill sentence", language, by=by))
    elif incident.simulated:
        lines.append(word("simulated sentence", language))
    if incident.flapping:
        lines.append(word("flapping", language))
    lines += ["", *_facts(tell, monitor, titles, language)]
    said = Message(_title(tell, monitor, language), "\n".join(lines), _grade(tell))
    return with_reference(said, reference, language)


def with_reference(said: Message, reference: str, language: str) -> Message:
    """The message with the reference by which a receiver recognises a second copy, as last line."""
    return replace(said, body=f"{said.body}\n{word('reference', language)}: {reference}")


def _title(tell: Tell, monitor: Monitor, language: str) -> str:
    incident = tell.incident
    first = {"opened": "open" if _is_outage(incident) else "notice"}.get(tell.change, tell.change)
    marks = [word(first, language)]
    if causes.kind_of(incident.cause) == "drill":
        marks.insert(0, word("drill", language))
    elif incident.simulated:
        marks.insert(0, word("simulated", language))
    return f"[{' · '.join(marks)}] {headline(incident, monitor, language)}"


def _grade(tell: Tell) -> str:
    if tell.change == "opened" and not _is_outage(tell.incident):
        return "warning"
    return GRADES[tell.change]


def _is_outage(incident: Incident) -> bool:
    return causes.is_down(incident.cause) and (
        causes.kind_of(incident.cause) != "control" or "duty" in incident.told
    )


def _facts(tell: Tell, monitor: Monitor, titles: Mapping[str, str], language: str) -> list[str]:
    incident = tell.incident
    lines = []
    if incident.portals:
        lines.append(f"{word('where', language)}:")
        for portal in incident.portals:
            lines.append(f"  - {portal_name(monitor, portal)}")
        lines += [f"    · {name}: {titles[name]}" for name in incident.ever if titles.get(name)]
    lines.append(f"{word('since', language)}: {shown(incident.since)}")
    if incident.closed is not None:
        long = lasting(incident.closed - incident.since, language)
        lines.append(f"{word('lasted', language)}: {long}")
    seen = incident.seen
    if seen is not None and causes.kind_of(incident.cause) != "drill":
        if seen.step:
            quoted = f" – “{seen.says}”" if seen.says else ""
            lines.append(f"{word('step', language)}: {seen.step}{quoted} ({seen.journey})")
        lines.append(f"{word('seen', language)}: {of_seen(seen, language)}")
    board = (monitor.alerts.board or "").rstrip("/")
    if board:
        lines.append(f"{word('evidence', language)}: {board}/incidents/{incident.id}")
    elif seen is not None and seen.picture:
        lines.append(f"{word('evidence', language)}: {seen.picture}")
    runbook = _runbook(incident, monitor)
    if runbook:
        lines.append(f"{word('runbook', language)}: {runbook}")
    return lines


def _runbook(incident: Incident, monitor: Monitor) -> str | None:
    kinds = [causes.name_of(incident.cause), causes.kind_of(incident.cause), "default"]
    if incident.seen is not None:
        kinds.insert(0, incident.seen.kind)
    return next((monitor.runbooks[kind] for kind in kinds if kind in monitor.runbooks), None)
