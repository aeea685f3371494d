"""The rules' state in the store: loaded whole, written back where an event changed it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from monitoring import tables
from monitoring.checks import Check
from monitoring.state import Decision, Incident, JourneyState, Note, Seen, State
from monitoring.store import Store, dumped


def load(connection: Connection, flapping_within: float) -> State:
    """The state as the store has it; `flapping_within`: seconds that openings are remembered."""
    journeys = {}
    for row in connection.execute(select(tables.journeys.c.journey, tables.journeys.c.state)):
        kept = json.loads(row.state)
        journeys[row.journey] = JourneyState(
            kept["portal"], tuple(kept["looked"]), tuple(kept["worked"]),
            kept["failing_since"], kept.get("blamed_since"),
        )  # fmt: skip
    table = tables.incidents
    open_ = connection.execute(select(table.c.state).where(table.c.closed.is_(None)))
    incidents = {one.id: one for one in (incident(row.state) for row in open_)}
    last = connection.execute(select(func.max(table.c.id), func.max(table.c.opened))).one()
    since = (last[1] or 0.0) - flapping_within
    openings = connection.execute(
        select(table.c.cause, table.c.opened)
        .where(table.c.opened >= since, table.c.cause != "drill:drill")
        .order_by(table.c.id)
    )
    return State(
        journeys, incidents, tuple((row.cause, row.opened) for row in openings), last[0] or 0
    )


def incident(state: str) -> Incident:
    """An incident as it was kept."""
    kept: dict[str, Any] = json.loads(state)
    for key in ("journeys", "ever", "portals", "told"):
        kept[key] = tuple(kept[key])
    kept["seen"] = Seen(**kept["seen"]) if kept["seen"] else None
    return Incident(**kept)


def keep(
    store: Store, connection: Connection, before: State, after: State, decisions: list[Decision]
) -> None:
    """Write what an event changed, and the history of the incidents it touched."""
    if after.journeys is not before.journeys:
        _keep_journeys(store, connection, before, after)
    touched = {decision.incident.id: decision.incident for decision in decisions}
    for key, one in after.incidents.items():
        if before.incidents.get(key) is not one:
            touched[key] = one
    for one in touched.values():
        _keep_incident(store, connection, one)
    notes = [
        {"incident": note.incident.id, "at": note.at, "change": note.change, "what": note.what}
        for note in decisions
        if isinstance(note, Note)
    ]
    if notes:
        connection.execute(insert(tables.events), notes)


_LATEST = text(
    "INSERT INTO journeys (journey, portal, title, state, latest, drifted_since)"
    " VALUES (:journey, :portal, :title, :state, :latest, :since)"
    " ON CONFLICT (journey) DO UPDATE SET latest = excluded.latest,"
    " title = CASE WHEN excluded.title = '' THEN journeys.title ELSE excluded.title END,"
    " drifted_since = CASE CAST(:seen AS VARCHAR(12))"
    " WHEN 'drifted' THEN COALESCE(journeys.drifted_since, excluded.drifted_since)"
    " WHEN 'well' THEN NULL ELSE journeys.drifted_since END"
)


def keep_latest(connection: Connection, checks: Sequence[Check]) -> None:
    """Write each journey's latest check, and since when it has differed from its guide."""
    rows = [
        {
            "journey": check.journey,
            "portal": check.portal,
            "title": check.title,
            "state": dumped(asdict(JourneyState(check.portal))),
            "latest": dumped(check.latest()),
            "since": check.at if check.outcome == "drifted" else None,
            "seen": "well" if check.outcome in ("matches", "accepted") else check.outcome,
        }
        for check in checks
    ]
    if rows:
        connection.execute(_LATEST, rows)


def begun(connection: Connection) -> dict[str, float]:
    """When the latest walk of each journey began (seconds since the epoch)."""
    asked = select(tables.journeys.c.journey, tables.journeys.c.latest)
    found = connection.execute(asked.where(tables.journeys.c.latest.is_not(None)))
    latest = {row.journey: json.loads(row.latest) for row in found}
    return {journey: one["at"] - one["seconds"] for journey, one in latest.items()}


def titles(connection: Connection) -> dict[str, str]:
    """The journeys' titles, as their latest checks had them."""
    table = tables.journeys
    asked = select(table.c.journey, table.c.title).where(table.c.title != "")
    return {row.journey: row.title for row in connection.execute(asked)}


def name(store: Store, connection: Connection) -> str:
    """This monitor's own name in references, made once."""
    row = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == "name")).first()
    if row is not None:
        return str(row.value)
    made = f"gw-{secrets.token_hex(3)}"
    store.put(connection, tables.meta, {"key": "name"}, {"number": 0, "value": made})
    return made


def _keep_journeys(store: Store, connection: Connection, before: State, after: State) -> None:
    for key in before.journeys.keys() - after.journeys.keys():
        connection.execute(delete(tables.journeys).where(tables.journeys.c.journey == key))
    for key, one in after.journeys.items():
        if before.journeys.get(key) is not one:
            values = {"portal": one.portal, "state": dumped(asdict(one))}
            store.put(connection, tables.journeys, {"journey": key}, values)


def _keep_incident(store: Store, connection: Connection, one: Incident) -> None:
    values = {
        "cause": one.cause, "opened": one.opened, "closed": one.closed,
        "simulated": one.simulated, "state": dumped(asdict(one)),
    }  # fmt: skip
    store.put(connection, tables.incidents, {"id": one.id}, values)
    for portal in one.portals:
        row = {"incident": one.id, "portal": portal}
        store.add_new(connection, tables.incident_portals, row)
