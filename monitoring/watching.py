"""`start`, `once`, `board`: the commands that go on for a while."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from config.monitor import Monitor
from config.strict import PROJECT, Mistake
from monitoring import budgeting, causes, overview, tables, when
from monitoring.answers import status_lines
from monitoring.channels import Channels
from monitoring.child import ChildProcess
from monitoring.duty import Duty
from monitoring.keeping import Keeper
from monitoring.place import Place
from monitoring.probing import Prober
from monitoring.resuming import holder
from monitoring.rounds import Round, Rounds
from monitoring.store import Store


def start(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """Watch until SIGTERM or SIGINT; with the board beside it where asked for.

    Raises:
        Mistake: the budgets of visits do not allow the cadence.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with asked.open_place(config, asked.embedded) as place, opened(config) as store:
        duty = made(config, place, store, asked.portal)
        walked = [one for one in place.plan if one.portal in duty.portals]
        too_much = list(budgeting.beyond(walked, config, place.environment))
        if too_much:
            raise Mistake(too_much)
        _say_plan(config, duty)
        if asked.board:
            from monitoring.board.serving import beside

            with beside(config, store, asked, say):
                duty.start(stop)
        else:
            duty.start(stop)
    return 0, [], None


def once(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """One run over all portals, or some."""
    with asked.open_place(config, asked.embedded) as place, opened(config) as store:
        duty = made(config, place, store, asked.portal)
        done = duty.once()
        with store.reading() as connection:
            view = overview.overview(connection, config, when.now())
            asking = select(
                tables.results.c.journey, tables.results.c.outcome, tables.results.c.cause
            )
            results = {
                row.journey: row
                for row in connection.execute(
                    asking.where(tables.results.c.run == done.run).order_by(
                        tables.results.c.attempt
                    )
                )
            }
        lines = status_lines(view, config, config.language)
        outcomes = {name: row.outcome for name, row in results.items()}
        code = _code(done, [row.cause for row in results.values()])
        return code, lines, {"run": done.run, "outcomes": outcomes, "skipped": dict(done.skipped)}


def board(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """Show the board until it is stopped."""
    from monitoring.board.serving import serve

    with opened(config) as store:
        serve(config, store, asked, say)
    return 0, [], None


def made(config: Monitor, place: Place, store: Store, portals: list[str] | None = None) -> Duty:
    """A monitor for a place.

    Args:
        config: how it watches.
        place: where; all of its plan is watched, whatever is walked.
        store: where it keeps what it knows.
        portals: which are walked; all, unless some are named.

    Raises:
        Mistake: a portal or a channel is not one.
    """
    known = sorted({one.portal for one in place.plan})
    unknown = sorted(set(portals or ()) - set(known))
    if unknown:
        raise Mistake(
            [f"--portal {unknown[0]}: there is none of that name; known: {', '.join(known)}"]
        )
    folder = PROJECT / config.folder
    keeper = Keeper(store, config, {one.journey: one.title for one in place.plan})
    rounds = Rounds(
        store=store, keeper=keeper, monitor=config, environment=place.environment, plan=place.plan,
        carrier=ChildProcess(config.environment, place.embedded),
        prober=Prober(place.names, config.probing, place.environment.user_agent),
        folder=folder, holder=holder(), clock=when.now, sleep=time.sleep, say=say,
    )  # fmt: skip
    return Duty(rounds, Channels(config.channels, config.place).send, portals or known)


@contextmanager
def opened(config: Monitor) -> Iterator[Store]:
    """The store of a configuration, migrated; a relative SQLite path lies in the project.

    Raises:
        Mistake: its address is none.
        NoStore: it cannot be used.
    """
    url = config.store
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_absolute():
        url = f"sqlite:///{PROJECT / url.removeprefix('sqlite:///')}"
    try:
        store = Store(url)
    except ValueError as error:
        raise Mistake([f"{config.place('store')}: {error}"]) from None
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def say(sentence: str) -> None:
    """Chatter for whoever runs the monitor: standard error, with the time."""
    print(f"{when.local(when.now()):%H:%M:%S} {sentence}", file=sys.stderr, flush=True)


def _say_plan(config: Monitor, duty: Duty) -> None:
    say(f"watching {', '.join(duty.portals)} every {when.lasting(config.cadence.every, 'en')}")
    told = {audience for channel in config.channels for audience in channel.tells}
    for audience in ("duty", "quality", "operator"):
        if audience not in told:
            say(f"no channel tells “{audience}”: such alerts are seen on the board alone")


def _code(done: Round, blames: list[Any]) -> int:
    if any(blame and causes.is_down(blame) for blame in blames):
        return 1
    if not blames or all(blame == causes.OURSELVES for blame in blames) or not done.complete:
        return 3
    return 0
