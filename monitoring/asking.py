"""`status` and `incidents`: the commands that only look."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from config.monitor import Monitor, duration
from config.strict import Mistake
from monitoring import answers, figures, overview, tables, when
from monitoring.watching import opened
from monitoring.words import of_event, word


def status(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """How things stand; with --since, figures of a period.

    Raises:
        Mistake: the period has no beginning, or its end lies before it.
        NoStore: the store cannot be used.
    """
    now = when.now()
    if asked.since is None and (asked.until or asked.csv):
        raise Mistake(["say when the period begins, as --since 30d"])
    with opened(config) as store, store.reading() as connection:
        view = overview.overview(connection, config, now)
        down = any(portal.standing == "down" for portal in view.portals)
        if asked.since is None:
            lines = answers.status_lines(view, config, config.language)
            return int(down), lines, answers.status_json(view)
        since = moment(asked.since, now)
        until = moment(asked.until, now) if asked.until else now
        if until <= since:
            raise Mistake(["the period ends before it begins; exchange --since and --until"])
        counted = figures.period(since, until, config.retention, now)
        answer = answers.period(connection, counted)
        answer["simulated"] = view.simulated
    if asked.csv:
        return int(down), answers.period_csv(answer).splitlines(), None
    simulated = [word("simulated sentence", config.language)] if view.simulated else []
    lines = simulated + answers.period_lines(answer, config, config.language)
    return int(down), lines, answer


def incidents(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """Open and past incidents, or one with its history."""
    now = when.now()
    with opened(config) as store, store.reading() as connection:
        found = figures.incidents(connection, moment(asked.since, now))
        if asked.open:
            found = [one for one in found if one.closed is None]
        if asked.number is None:
            lines = answers.incident_lines(found, config, config.language)
            return 0, lines, [asdict(one) for one in found]
        one = figures.incident_of(connection, asked.number)
        if one is None:
            raise Mistake([f"there is no incident #{asked.number}; `incidents` lists them"])
        table = tables.events
        history = list(
            connection.execute(
                select(table.c.at, table.c.change, table.c.what)
                .where(table.c.incident == asked.number)
                .order_by(table.c.id)
            )
        )
    lines = answers.incident_lines([one], config, config.language)
    lines += [
        f"  {when.shown(row.at)}  {of_event(row.change, row.what, config.language)}"
        for row in history
    ]
    data = {**asdict(one), "history": [dict(row._mapping) for row in history]}
    return 0, lines, data


def moment(written: str, now: float) -> float:
    """A time, from “30d” (so long ago) or “2026-11-01[T08:00]” (Vietnam's time).

    Raises:
        Mistake: it is neither.
    """
    try:
        return now - duration(written)
    except ValueError:
        pass
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        raise Mistake([f"“{written}” is no time; write 24h, 30d or 2026-11-01T08:00"]) from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=when.ZONE)).timestamp()
