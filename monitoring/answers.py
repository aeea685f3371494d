"""What the commands answer: lines for people, JSON and CSV for scripts."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection

from config.monitor import Monitor
from monitoring import figures
from monitoring.overview import Overview
from monitoring.state import Incident
from monitoring.telling import headline, portal_name
from monitoring.when import lasting, local, shown
from monitoring.words import word

COLUMNS = (
    "portal", "journey", "up", "down", "excused", "unknown", "availability",
    "mean_seconds", "slowest_seconds", "since", "until",
)  # fmt: skip


def status_lines(view: Overview, monitor: Monitor, language: str) -> list[str]:
    """How things stand, a line a portal."""
    lines = [word("simulated sentence", language)] if view.simulated else []
    for portal in view.portals:
        name = portal_name(monitor, portal.portal)
        since = shown(portal.checked) if portal.checked else "–"
        lines.append(f"{name:<14} {word(portal.standing, language):<22} {since}")
        lines += [f"  #{one.id} {headline(one, monitor, language)}" for one in portal.incidents]
    last = shown(view.last_run) if view.last_run else "–"
    lines.append(f"{word('last run', language)}: {last}")
    lines.append(f"{word('letters waiting', language)}: {view.waiting}")
    lines += [
        f"{word('account', language, name=one['account'])} ({shown(one['since'])})"
        for one in view.aside
    ]
    lines += [
        f"{word('left out', language)}: {one.journey} – {word(one.why, language)} "
        f"({shown(one.since)})"
        for one in view.left_out
    ]
    return lines


def status_json(view: Overview) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "at": view.at,
        "simulated": view.simulated,
        "portals": [
            {
                "portal": portal.portal,
                "standing": portal.standing,
                "checked": portal.checked,
                "incidents": [one.id for one in portal.incidents],
                "journeys": [asdict(journey) for journey in portal.journeys],
            }
            for portal in view.portals
        ],
        "systems": {name: "down" if one else "up" for name, one in view.systems},
        "open_incidents": [asdict(one) for one in view.open],
        "last_run": view.last_run,
        "letters_waiting": view.waiting,
        "accounts_aside": list(view.aside),
        "left_out": [asdict(one) for one in view.left_out],
    }


def period(connection: Connection, counted: figures.Period) -> dict[str, Any]:
    """Availability per portal and journey in a period, and how fast outages were seen and over."""
    journeys = figures.availability(connection, counted.begin, counted.end)
    lines = [*figures.of_portals(journeys), *journeys]
    times = figures.times(connection, counted.begin, counted.end)
    ends = [local(at).isoformat(timespec="minutes") for at in (counted.begin, counted.end)]
    return {
        "since": counted.begin,
        "until": counted.end,
        "whole_days": counted.whole_days,
        "forgotten": counted.forgotten,
        "availability": [
            dict(
                zip(
                    COLUMNS,
                    (
                        *(one.portal, one.journey or "", one.up, one.down, one.excused),
                        *(one.unknown, one.share, one.mean, one.slowest, *ends),
                    ),
                    strict=True,
                )
            )
            for one in lines
        ],
        **asdict(times),
    }


def period_csv(answer: dict[str, Any]) -> str:
    """The availability of a period as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer["availability"])
    return text.getvalue()


def period_lines(answer: dict[str, Any], monitor: Monitor, language: str) -> list[str]:
    """The same for people."""
    lines = [f"{word('counted', language)}: {shown(answer['since'])} – {shown(answer['until'])}"]
    lines += [word(key, language) for key in ("whole_days", "forgotten") if answer[key]]
    for one in answer["availability"]:
        share = "–" if one["availability"] is None else f"{one['availability']:.3%}"
        name = f"  {one['journey']}" if one["journey"] else portal_name(monitor, one["portal"])
        lines.append(f"{name:<44} {share:>9}  {one['up']}/{one['up'] + one['down']}")
    for key in ("to_detect", "to_recover"):
        value = answer[key]
        told = "–" if value is None else lasting(value, language)
        lines.append(f"{word(key.replace('_', ' '), language)}: {told}")
    return lines


def incident_lines(found: list[Incident], monitor: Monitor, language: str) -> list[str]:
    """Incidents, a line each."""
    lines = []
    for one in found:
        end = shown(one.closed) if one.closed else word("still open", language)
        taken = f" · {word('taken by', language)} {one.acknowledged}" if one.acknowledged else ""
        simulated = f" · {word('simulated portal', language)}" if one.simulated else ""
        head = headline(one, monitor, language)
        lines.append(f"#{one.id:<4} {shown(one.since)} – {end}  {head}{taken}{simulated}")
    return lines or [word("no incidents", language)]
