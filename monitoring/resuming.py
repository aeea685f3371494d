"""Runs that were cut off: what they reported is taken from their folders, what they left is ended.

A run is cut off when the monitor was killed, or when the store could not be used. Its results stand
in its record, synced; taking them twice changes nothing.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from monitoring import leases, tables
from monitoring.checks import Check, not_seen, of_record
from monitoring.processes import born
from monitoring.reading import Reader
from monitoring.rounds import Rounds, planned

INTERRUPTED = "interrupted"


def holder() -> str:
    """Who we are: this process, on this machine, since it was started."""
    return f"{socket.gethostname()}:{os.getpid()}:{born(os.getpid())}"


def is_alive(other: str) -> bool | None:
    """Whether a holder still runs; none: it is on another machine, nobody here can tell."""
    host, pid, since = other.rsplit(":", 2)
    if host != socket.gethostname():
        return None
    return pid.isdigit() and born(int(pid)) == since


def take_up(rounds: Rounds) -> int:
    """Take up every run that was cut off.

    Returns:
        How many there were.

    Raises:
        NoStore: the store cannot be used; they wait on.
    """
    leases.release_those_of(rounds.store, lambda name: is_alive(name.partition("/")[0]) is False)
    table = tables.runs
    with rounds.store.reading() as connection:
        open_ = list(connection.execute(select(table).where(table.c.ended.is_(None))))
    mine = [row for row in open_ if _is_cut_off(rounds, row)]
    for row in mine:
        _finish(rounds, row)
    return len(mine)


def _is_cut_off(rounds: Rounds, row: Row[Any]) -> bool:
    if row.holder == rounds.holder:
        return row.id not in rounds.running
    alive = is_alive(row.holder)
    if alive is None:
        return bool(rounds.clock() > row.started + rounds.monitor.cadence.run_limit + 60.0)
    return not alive


def _finish(rounds: Rounds, row: Row[Any]) -> None:
    folder = rounds.folder / row.folder
    plan = {journey: (portal, account) for journey, portal, account in planned(row.plan)}
    checks: list[Check] = []
    for lane in sorted(folder.glob("*.*.*")):
        rounds.carrier.clear(lane)
        checks += _reported(rounds, lane, row.id, plan)
    new = rounds.keeper.take(checks)
    seen = {check.journey for check in checks} | _kept(rounds, row.id)
    simulated = rounds.environment.simulated
    aside = rounds.accounts_aside()
    lost = [
        not_seen(row.id, portal, journey, rounds.clock(), INTERRUPTED, simulated)
        for journey, (portal, account) in plan.items()
        if journey not in seen and account not in aside
    ]
    rounds.keeper.take(lost)
    rounds.mark_ended(row.id)
    rounds.say(f"run {row.id} was cut off: {new} results taken up, {len(lost)} never came")


def _reported(
    rounds: Rounds, lane: Path, run: str, plan: dict[str, tuple[str, str]]
) -> list[Check]:
    attempt = int(lane.name.split(".")[1])
    evidence = str(lane.relative_to(rounds.folder))
    found = []
    for record in Reader(lane).new():
        name = f"{record.guide}/{record.journey}"
        if name in plan:
            check = of_record(record, evidence, attempt, plan[name][1])
            found.append(replace(check, run=run))
    return found


def _kept(rounds: Rounds, run: str) -> set[str]:
    with rounds.store.reading() as connection:
        asked = select(tables.results.c.journey).where(tables.results.c.run == run)
        return set(connection.execute(asked).scalars())
