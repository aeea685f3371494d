"""The daily summary: differences from the guides and certificates that end soon. It never pages."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from config.monitor import Monitor
from monitoring import tables
from monitoring.outbox import post
from monitoring.store import Store
from monitoring.telling import Message, portal_name
from monitoring.when import DAY, local
from monitoring.words import word

AUDIENCES = ("quality", "operator")


def summarise(store: Store, monitor: Monitor, now: float) -> bool:
    """Post the day's summary once its time has come; whether there was one to post.

    Raises:
        NoStore: the store cannot be used; it comes at the next call.
    """
    day = f"{local(now):%Y-%m-%d}"
    if f"{local(now):%H:%M}" < monitor.alerts.daily_summary:
        return False
    done = select(tables.meta.c.value).where(tables.meta.c.key == "summary")
    with store.reading() as connection:
        if (connection.execute(done).scalar() or "") >= day:
            return False
    with store.turn() as (connection, _):
        # Asked again: another monitor may have been quicker.
        if (connection.execute(done).scalar() or "") >= day:
            return False
        store.put(connection, tables.meta, {"key": "summary"}, {"number": 0, "value": day})
        return _post(store, connection, monitor, now, day)


def _post(store: Store, connection: Connection, monitor: Monitor, now: float, day: str) -> bool:
    drifted = _drifted(connection)
    ending = _ending(connection, now + monitor.probing.certificate_warning)
    if not drifted and not ending:
        return False
    for channel in monitor.channels:
        if any(audience in channel.tells for audience in AUDIENCES):
            language = channel.language or monitor.language
            said = _message(monitor, drifted, ending, language, now)
            key = f"summary/{day}/{channel.channel}"
            post(store, connection, key, channel.channel, said, now)
    return True


def _drifted(connection: Connection) -> list[tuple[str, str, dict[str, Any]]]:
    table = tables.journeys
    asked = select(table.c.journey, table.c.portal, table.c.latest)
    found = connection.execute(asked.where(table.c.drifted_since.is_not(None)))
    return [(row.journey, row.portal, json.loads(row.latest)) for row in found]


def _ending(connection: Connection, before: float) -> list[tuple[str, float]]:
    table = tables.probes
    found = connection.execute(
        select(table.c.host, table.c.expires).where(table.c.expires < before)
    )
    return [(row.host, row.expires) for row in found]


def _message(
    monitor: Monitor,
    drifted: list[tuple[str, str, dict[str, Any]]],
    ending: list[tuple[str, float]],
    language: str,
    now: float,
) -> Message:
    lines = []
    simulated = any(latest["simulated"] for _, _, latest in drifted)
    if drifted:
        lines.append(word("summary drifts", language))
    for journey, portal, latest in drifted:
        lines.append(f"- {portal_name(monitor, portal)}, {journey}:")
        lines += [f"    {drift}" for drift in latest["drifts"]]
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
