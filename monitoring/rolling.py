"""Roll-ups by hour and by day, counted in the same transaction as the results; and retention."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, select, text

from config.monitor import Retention
from monitoring import tables
from monitoring.checks import Check
from monitoring.when import DAY, HOUR, begin_of_day, begin_of_hour

_COUNTED = ("up", "down", "excused", "unknown")

_ADD = text(
    "INSERT INTO rollups (length, begin, journey, portal, up, down, excused, unknown, drifted,"
    " seconds, slowest) VALUES (:length, :begin, :journey, :portal, :up, :down, :excused,"
    " :unknown, :drifted, :seconds, :slowest)"
    " ON CONFLICT (length, begin, journey) DO UPDATE SET up = rollups.up + excluded.up,"
    " down = rollups.down + excluded.down, excused = rollups.excused + excluded.excused,"
    " unknown = rollups.unknown + excluded.unknown, drifted = rollups.drifted + excluded.drifted,"
    " seconds = rollups.seconds + excluded.seconds,"
    " slowest = CASE WHEN excluded.slowest > rollups.slowest THEN excluded.slowest"
    " ELSE rollups.slowest END"
)


def count_in(connection: Connection, checks: Sequence[tuple[Check, str]]) -> None:
    """Count checks into their hour and their day."""
    rows = [
        {
            "length": length,
            "begin": begin,
            "journey": check.journey,
            "portal": check.portal,
            **{name: int(name == counted) for name in _COUNTED},
            "drifted": int(check.outcome == "drifted"),
            "seconds": check.seconds if counted == "up" else 0.0,
            "slowest": check.seconds if counted == "up" else 0.0,
        }
        for check, counted in checks
        if counted in _COUNTED
        for length, begin in ((HOUR, begin_of_hour(check.at)), (DAY, begin_of_day(check.at)))
    ]
    if rows:
        connection.execute(_ADD, rows)


def retire(connection: Connection, retention: Retention, now: float) -> None:
    """Forget what is older than the configuration keeps; open incidents stay."""
    rollups, incidents = tables.rollups, tables.incidents
    connection.execute(delete(tables.results).where(tables.results.c.at < now - retention.results))
    for length, kept in ((HOUR, retention.hours), (DAY, retention.days)):
        old = (rollups.c.length == length) & (rollups.c.begin < now - kept)
        connection.execute(delete(rollups).where(old))
    over = select(incidents.c.id).where(incidents.c.closed < now - retention.incidents)
    for table in (tables.events, tables.incident_portals):
        connection.execute(delete(table).where(table.c.incident.in_(over)))
    connection.execute(delete(incidents).where(incidents.c.closed < now - retention.incidents))
    connection.execute(
        delete(tables.outbox).where(tables.outbox.c.sent < now - retention.incidents)
    )
    work = tables.maintenance
    connection.execute(delete(work).where(work.c.end < now - retention.incidents))
    connection.execute(delete(tables.runs).where(tables.runs.c.ended < now - retention.results))
    connection.execute(delete(tables.visits).where(tables.visits.c.begin < now - DAY))


def clear_folders(runs: Path, retention: Retention, now: float) -> None:
    """Remove the folders of runs that are older than the configuration keeps them."""
    for folder in runs.glob("*") if runs.is_dir() else ():
        if folder.is_dir() and folder.stat().st_mtime < now - retention.runs:
            shutil.rmtree(folder, ignore_errors=True)
