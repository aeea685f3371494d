"""`drill`: an incident on purpose, end to end; it went well when its own letters arrived."""

from __future__ import annotations

import argparse
import contextlib
import time
from typing import Any

from sqlalchemy import Row, select

from config.monitor import Monitor, duration
from config.strict import Mistake
from monitoring import causes, outbox, remembering, when
from monitoring.channels import Channels
from monitoring.insisting import listeners
from monitoring.keeping import Keeper
from monitoring.outbox import Send
from monitoring.resuming import holder
from monitoring.state import DrillBegun, DrillEnded, Note
from monitoring.store import Store
from monitoring.watching import opened, say

PATIENCE = 60.0  # seconds for letters that a monitor beside us is sending
LOOK = 0.2


def drill(config: Monitor, asked: argparse.Namespace) -> tuple[int, list[str], object]:
    """An incident on purpose: decided, told and cleared like any other.

    Raises:
        Mistake: no channel tells anybody of it, or its length is none.
        NoStore: the store cannot be used.
    """
    told = causes.FIRST_TOLD["drill"]
    wanted = {one.channel for who in told for one in listeners(who, config.channels)}
    if not wanted:
        raise Mistake(
            [
                f"{config.place('channels')}: no channel tells {', '.join(told)}, so a drill would "
                "reach nobody; add one"
            ]
        )
    try:
        length = duration(asked.length)
    except ValueError as error:
        raise Mistake([str(error)]) from None
    with opened(config) as store:
        number = _carry_out(store, config, asked.by, length)
        letters = _letters(store, number)
    alerts, cleared = (
        sum(letter.sent is not None and letter.key.split("/")[2] == change for letter in letters)
        for change in ("opened", "closed")
    )
    waiting = sum(letter.sent is None for letter in letters)
    say(f"{len(wanted)} channels: {alerts} alerts and {cleared} all-clears sent, {waiting} waiting")
    code = 0 if alerts == cleared == len(wanted) else 3
    answer = {"channels": len(wanted), "sent": alerts, "cleared": cleared, "waiting": waiting}
    return code, [f"drill: {alerts} alerts, {cleared} all-clears, {waiting} waiting"], answer


def _carry_out(store: Store, config: Monitor, by: str, length: float) -> int:
    """Begin and end a drill; its number. Whatever happens in between, it is ended."""
    keeper, send, now = (
        Keeper(store, config, {}),
        Channels(config.channels, config.place).send,
        when.now(),
    )
    begun = keeper.hear(DrillEnded(now), DrillBegun(now, by))  # one that was killed is over, too
    number = next(
        one.incident.id for one in begun if isinstance(one, Note) and one.change == "opened"
    )
    try:
        _deliver(store, config, send, number)
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C: long enough
            time.sleep(length)
    finally:
        keeper.hear(DrillEnded(when.now()))
        _deliver(store, config, send, number)
    return number


def _deliver(store: Store, config: Monitor, send: Send, number: int) -> None:
    """Send until each letter of the drill was tried, by us or by a monitor that runs beside us."""
    until = time.monotonic() + PATIENCE
    while True:
        outbox.deliver(store, send, config.alerts, when.now, holder())
        tried = all(letter.attempts for letter in _letters(store, number))
        if tried or time.monotonic() > until:
            return
        time.sleep(LOOK)


def _letters(store: Store, number: int) -> list[Row[Any]]:
    """The drill's own letters: key, when sent, attempts."""
    box = outbox.box
    with store.reading() as connection:
        own = f"{remembering.name(store, connection)}/{number}/"
        asked = select(box.c.key, box.c.sent, box.c.attempts)
        return list(connection.execute(asked.where(box.c.key.startswith(own, autoescape=True))))
