"""What was due and not walked, and why: kept until it is walked, so that nobody is blind unawares."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from monitoring import tables
from monitoring.store import Store, dumped

KEY = "left out"

BUDGET = "budget of visits spent"
NETWORK = "our own network is down"
TAKEN = "another run has it"


@dataclass(frozen=True)
class LeftOut:
    """A journey that was due and not walked.

    Attributes:
        why: one of the reasons above, or that its account was put aside.
        since: when it was first left out for this reason (seconds since the epoch).
    """

    journey: str
    why: str
    since: float


def note(
    store: Store,
    wanted: Collection[str],
    skipped: Mapping[str, str],
    watched: Collection[str],
    at: float,
) -> None:
    """Note what a run left out, and forget what it walked.

    Args:
        wanted: the journeys that were due.
        skipped: those of them that were left out -> why.
        watched: all journeys; of others nothing is remembered.
        at: seconds since the epoch.

    Raises:
        NoStore: the store cannot be used.
    """
    with store.reading() as connection:
        before = {one.journey: one for one in kept(connection)}
    after = {name: one for name, one in before.items() if name in watched and name not in wanted}
    for name, why in skipped.items():
        known = before.get(name)
        after[name] = known if known and known.why == why else LeftOut(name, why, at)
    if after == before:
        return
    value = dumped([[one.journey, one.why, one.since] for one in after.values()])
    with store.turn() as (connection, _):
        store.put(connection, tables.meta, {"key": KEY}, {"number": 0, "value": value})


def kept(connection: Connection) -> tuple[LeftOut, ...]:
    """What is left out now."""
    asked = select(tables.meta.c.value).where(tables.meta.c.key == KEY)
    value = connection.execute(asked).scalar()
    return tuple(LeftOut(*one) for one in json.loads(value)) if value else ()
