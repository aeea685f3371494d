"""The commands that change something: people's word on incidents, maintenance, backup."""

from __future__ import annotations

import argparse
import contextlib
import sqlite3

from sqlalchemy import delete, insert, select, update

from config.monitor import Monitor, duration
from config.strict import Mistake, closest
from monitoring import causes, overview, tables, when
from monitoring.asking import moment
from monitoring.keeping import Keeper
from monitoring.state import Acknowledged, Muted
from monitoring.store import NoStore, Store
from monitoring.telling import subject
from monitoring.watching import opened
from monitoring.words import word

Answer = tuple[int, list[str], object]


def acknowledge(config: Monitor, asked: argparse.Namespace) -> Answer:
    """Somebody takes care of it: no more reminders, no escalation."""
    with opened(config) as store:
        heard = Keeper(store, config, {}).hear(Acknowledged(when.now(), asked.incident, asked.by))
    said = f"{word('taken by', config.language)} {asked.by}"
    return _amended(bool(heard), asked.incident, said, {"taken_by": asked.by})


def mute(config: Monitor, asked: argparse.Namespace) -> Answer:
    """No more messages for a while; what is still open then is told."""
    until = when.now() + _length(asked.length)
    with opened(config) as store:
        event = Muted(when.now(), asked.incident, until, asked.by)
        heard = Keeper(store, config, {}).hear(event)
    said = f"{word('muted until', config.language)} {when.shown(until)}"
    return _amended(bool(heard), asked.incident, said, {"muted_until": until})


def accounts(config: Monitor, asked: argparse.Namespace) -> Answer:
    """Test accounts put aside; one can be given back, to the monitor and to the suites it runs.

    Raises:
        Mistake: the account is not put aside.
        NoStore: the store cannot be used.
    """
    table = tables.aside
    with opened(config) as store:
        if asked.give_back:
            listed = asked.off_the_suites_list(config, asked.give_back)
            with store.turn() as (connection, _):
                gone = connection.execute(delete(table).where(table.c.account == asked.give_back))
            if not gone.rowcount and not listed:
                raise Mistake(
                    [f"account {asked.give_back} is not put aside; `accounts` lists them"]
                )
        with store.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
    lines = [f"{row['account']}  {when.shown(row['since'])}  {row['why']}" for row in rows]
    return 0, lines or ["no account is put aside"], rows


def maintenance(config: Monitor, asked: argparse.Namespace) -> Answer:
    """Plan work, list it, end it."""
    with opened(config) as store:
        if asked.kind == "add":
            return _plan(store, config, asked)
        if asked.kind == "end":
            return _end(store, asked.number, config.language)
        with store.reading() as connection:
            planned = overview.overview(connection, config, when.now()).planned
    lines = [
        f"{f'#{work.id}' if work.id else '   '} {subject(config, work.of, config.language)}: "
        f"{when.shown(work.begin)} – {when.shown(work.end)}  {work.reason}"
        for work in planned
    ]
    data = [
        {"id": work.id, "of": work.of, "begin": work.begin, "end": work.end} for work in planned
    ]
    return 0, lines or [word("nothing planned", config.language)], data


def backup(config: Monitor, asked: argparse.Namespace) -> Answer:
    """Copy the store while others write to it."""
    if asked.file.exists():
        raise Mistake([f"{asked.file} is there already; name a new file"])
    with opened(config) as store:
        if store.path is None:
            raise Mistake([f"{store.shown} is a server's; back it up with pg_dump"])
        try:
            with (
                contextlib.closing(sqlite3.connect(store.path)) as source,
                contextlib.closing(sqlite3.connect(asked.file)) as copy,
            ):
                source.backup(copy)
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            raise NoStore(f"the copy {asked.file} could not be made ({error})") from None
    size = asked.file.stat().st_size
    data = {"file": str(asked.file), "bytes": size, "sound": sound == "ok"}
    return 0 if sound == "ok" else 3, [f"{asked.file}: {size / 1e6:.1f} MB, {sound}"], data


def _plan(store: Store, config: Monitor, asked: argparse.Namespace) -> Answer:
    now = when.now()
    known = {*causes.SHARED, "all"}
    with store.reading() as connection:
        watched = select(tables.journeys.c.portal, tables.journeys.c.journey)
        known |= {name for row in connection.execute(watched) for name in row}
        known |= set(config.portals)
    if asked.of not in known:
        raise Mistake([f"there is no “{asked.of}”; {closest(asked.of, known)}"])
    begin = moment(asked.begin, now) if asked.begin else now
    if (asked.until is None) == (asked.length is None):
        raise Mistake(["say when it ends, by --for or by --until"])
    end = moment(asked.until, now) if asked.until else begin + _length(asked.length)
    if end <= begin:
        raise Mistake(["the work would end before it begins; exchange --from and --until"])
    row = {"of": asked.of, "begin": begin, "end": end, "reason": asked.reason, "by": asked.by}
    with store.turn() as (connection, _):
        made = insert(tables.maintenance).values(row).returning(tables.maintenance.c.id)
        number = connection.execute(made).scalar_one()
    of = subject(config, asked.of, config.language)
    line = f"#{number} {of}: {when.shown(begin)} – {when.shown(end)}  {asked.reason}"
    return 0, [line], {"id": number, **row}


def _end(store: Store, number: int, language: str) -> Answer:
    table = tables.maintenance
    with store.turn() as (connection, _):
        mine = update(table).where(table.c.id == number, table.c.end > when.now())
        ended = connection.execute(mine.values(end=when.now())).rowcount
    if not ended:
        raise Mistake([f"no work #{number} is planned or going on; `maintenance list` says which"])
    return 0, [f"#{number} {word('work ended', language)}"], {"id": number}


def _amended(done: bool, incident: int, said: str, data: dict[str, object]) -> Answer:
    if not done:
        raise Mistake([f"there is no open incident #{incident}; `incidents --open` lists them"])
    return 0, [f"#{incident}: {said}"], {"incident": incident, **data}


def _length(written: str) -> float:
    try:
        return duration(written)
    except ValueError as error:
        raise Mistake([str(error)]) from None
