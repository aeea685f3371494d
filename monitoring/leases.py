"""Leases and budgets: kept in the store, so that they hold across restarts and between monitors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from monitoring import tables
from monitoring.store import Store
from monitoring.when import HOUR

SLICE = 300.0  # seconds by which visits are counted


def take(store: Store, wanted: Iterable[str], holder: str, now: float, length: float) -> set[str]:
    """Take leases; each is taken by a conditional UPDATE whose row count says who has it.

    Args:
        wanted: names, such as “portal:lai-chau”.
        holder: who takes them.
        length: seconds until they end by themselves.

    Returns:
        Those that are the holder's now.
    """
    table = tables.leases
    with store.turn() as (connection, _):
        mine = set()
        for name in sorted(set(wanted)):
            # One that would last longer than any does was made before the clock was set back.
            free = or_(table.c.holder == holder, table.c.until <= now, table.c.until > now + length)
            claim = update(table).where(table.c.name == name, free)
            taken = connection.execute(claim.values(holder=holder, until=now + length)).rowcount
            if not taken:
                row = {"name": name, "holder": holder, "until": now + length}
                taken = store.add_new(connection, table, row)
            if taken:
                mine.add(name)
        return mine


def release(store: Store, holder: str) -> None:
    """Give back all leases of a holder."""
    with store.turn() as (connection, _):
        connection.execute(delete(tables.leases).where(tables.leases.c.holder == holder))


def release_those_of(store: Store, is_gone: Callable[[str], bool]) -> int:
    """Give back the leases of holders that are gone: killed, they could not do so themselves.

    Args:
        is_gone: asked for each holder.

    Returns:
        How many there were.
    """
    table = tables.leases
    with store.reading() as connection:
        holders = set(connection.execute(select(table.c.holder).distinct()).scalars())
    gone = [holder for holder in holders if is_gone(holder)]
    if not gone:
        return 0
    with store.turn() as (connection, _):
        return connection.execute(delete(table).where(table.c.holder.in_(gone))).rowcount


def spend(store: Store, limits: Mapping[str, int | None], now: float, visits: int = 1) -> bool:
    """Spend visits to each of some hosts, if every budget allows it.

    Args:
        limits: host -> visits in any hour; none: no limit.
        now: seconds since the epoch. Visits that lie in its future, after a clock was set back,
            count as well: the host has seen them.
        visits: to each host.

    Returns:
        Whether they were spent; otherwise none was.
    """
    table = tables.visits
    with store.turn() as (connection, _):
        for host, limit in limits.items():
            if limit is not None and _spent(connection, host, now) + visits > limit:
                return False
        begin = now - now % SLICE
        for host in limits:
            one = update(table).where(table.c.host == host, table.c.begin == begin)
            if connection.execute(one.values(count=table.c.count + visits)).rowcount == 0:
                connection.execute(insert(table).values(host=host, begin=begin, count=visits))
        return True


def give_back(store: Store, hosts: Iterable[str], spent: float, visits: int = 1) -> None:
    """Give back visits that were spent at a time and not made."""
    table = tables.visits
    begin = spent - spent % SLICE
    with store.turn() as (connection, _):
        for host in hosts:
            one = update(table).where(table.c.host == host, table.c.begin == begin)
            connection.execute(one.values(count=table.c.count - visits))


def _spent(connection: Connection, host: str, now: float) -> int:
    table = tables.visits
    counted = select(func.coalesce(func.sum(table.c.count), 0))
    within = counted.where(table.c.host == host, table.c.begin > now - HOUR - SLICE)
    return int(connection.execute(within).scalar_one())
