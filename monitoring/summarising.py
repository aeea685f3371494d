"""The daily summary: differences from the guides and certificates that end soon. It never pages."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from config.monitor import Monitor
from monitoring import remembering, tables
from monitoring.outbox import post
from monitoring.store import Store
from monitoring.telling import Message, portal_name, with_reference
from monitoring.when import DAY, ZONE, local, shown
from monitoring.words import word

AUDIENCES = ("quality", "operator")


@dataclass(frozen=True)
class Drifted:
    """A journey that differed from its guide since the last summary.

    Attributes:
        last: when that was last seen (seconds since the epoch).
        since: since when it has; none: it matches again.
        drifts: every difference that was seen, a sentence each.
    """

    journey: str
    portal: str
    simulated: bool
    last: float
    since: float | None
    drifts: tuple[str, ...] = ()


def summarise(store: Store, monitor: Monitor, now: float) -> bool:
    """Post the day's summary once its time has come; whether there was one to post.

    Raises:
        NoStore: the store cannot be used; it comes at the next call.
    """
    day = f"{local(now):%Y-%m-%d}"
    if f"{local(now):%H:%M}" < monitor.alerts.daily_summary:
        return False
    with store.reading() as connection:
        if _last(connection)[:10] >= day:
            return False
    with store.turn() as (connection, _):
        last = _last(connection)
        if last[:10] >= day:  # asked again: another monitor may have been quicker
            return False
        value = {"number": 0, "value": local(now).isoformat()}
        store.put(connection, tables.meta, {"key": "summary"}, value)
        return _post(store, connection, monitor, now, _moment(last, now - DAY))


def _last(connection: Connection) -> str:
    """When the last summary was made, as ISO 8601; empty: never."""
    done = select(tables.meta.c.value).where(tables.meta.c.key == "summary")
    return connection.execute(done).scalar() or ""


def _moment(written: str, otherwise: float) -> float:
    if not written:
        return otherwise
    parsed = datetime.fromisoformat(written)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ZONE)).timestamp()


def _post(store: Store, connection: Connection, monitor: Monitor, now: float, since: float) -> bool:
    drifted = _drifted(connection, since)
    ending = _ending(connection, now + monitor.probing.certificate_warning)
    if not drifted and not ending:
        return False
    name = remembering.name(store, connection)
    for channel in monitor.channels:
        if any(audience in channel.tells for audience in AUDIENCES):
            theirs = [one for one in drifted if channel.hears_of([one.portal])]
            if not theirs and not ending:
                continue
            language = channel.language or monitor.language
            key = f"{name}/summary/{local(now):%Y-%m-%d}/{channel.channel}"
            said = with_reference(_message(monitor, theirs, ending, language, now), key, language)
            post(store, connection, key, channel.channel, said, now)
    return True


def _drifted(connection: Connection, since: float) -> list[Drifted]:
    """What differed at any time since then, and what did before and was not seen to match again."""
    results, journeys = tables.results, tables.journeys
    asked = select(results).where(results.c.seen.contains('"drifts":')).order_by(results.c.id)
    standing = {
        row.journey: row.drifted_since
        for row in connection.execute(select(journeys.c.journey, journeys.c.drifted_since))
    }
    found: dict[str, Drifted] = {}
    for row in connection.execute(asked.where(results.c.at >= since)):
        found[row.journey] = _with(found.get(row.journey), row, standing.get(row.journey))
    for journey, begun in standing.items():
        if begun is not None and journey not in found:
            before = asked.where(results.c.journey == journey).order_by(None)
            for row in connection.execute(before.order_by(results.c.id.desc()).limit(1)):
                found[journey] = _with(None, row, begun)
    return [found[journey] for journey in sorted(found)]


def _with(known: Drifted | None, row: Row[Any], since: float | None) -> Drifted:
    one = known or Drifted(row.journey, row.portal, row.simulated, row.at, since)
    drifts = dict.fromkeys([*one.drifts, *json.loads(row.seen)["drifts"]])
    return replace(one, last=row.at, drifts=tuple(drifts))


def _ending(connection: Connection, before: float) -> list[tuple[str, float]]:
    table = tables.probes
    found = connection.execute(
        select(table.c.host, table.c.expires).where(table.c.expires < before)
    )
    return [(row.host, row.expires) for row in found]


def _message(
    monitor: Monitor,
    drifted: list[Drifted],
    ending: list[tuple[str, float]],
    language: str,
    now: float,
) -> Message:
    lines = []
    simulated = any(one.simulated for one in drifted)
    if drifted:
        lines.append(word("summary drifts", language))
    for one in drifted:
        stands = (
            word("drift over", language, last=shown(one.last))
            if one.since is None
            else word("drift stands", language, since=shown(one.since))
        )
        lines.append(f"- {portal_name(monitor, one.portal)}, {one.journey} ({stands}):")
        lines += [f"    {drift}" for drift in one.drifts]
    if ending:
        lines += ["", word("summary certificates", language)]
    for host, expires in ending:
        left = word("days left", language, days=int((expires - now) // DAY))
        lines.append(f"- {host}: {left}")
    if simulated:
        lines += ["", word("simulated sentence", language)]
    mark = f"[{word('simulated', language)}] " if simulated else ""
    title = mark + word("summary", language, day=f"{local(now):%d/%m/%Y}")
    return Message(title, "\n".join(lines).strip(), "info")
