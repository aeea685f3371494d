"""The outbox: an alert is committed before it is tried, retried until sent, and marked after.

1. `post` commits the message in the very transaction that decided it.
2. `claim` takes it by a conditional UPDATE, so that two senders never hold the same one.
3. `deliver` sends it; only when the receiver has it, it is marked as sent.
A crash between sending and marking sends it again, with the same reference: the receiver can drop it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from config.monitor import Alerts
from monitoring import tables
from monitoring.store import Store
from monitoring.telling import Message
from monitoring.when import Clock

box = tables.outbox
CLAIM = 120.0  # seconds that a sender may take before another one may try


@dataclass(frozen=True)
class Letter:
    """A message to be sent."""

    id: int
    key: str
    channel: str
    title: str
    body: str
    grade: str
    attempts: int
    created: float


class Unsent(Exception):
    """A channel did not take a message; the reason, without the channel's address."""


Send = Callable[[Letter], None]
"""Send one letter, or raise Unsent."""


def post(
    store: Store, connection: Connection, key: str, channel: str, said: Message, at: float
) -> None:
    """Put a message into the outbox; the same key a second time changes nothing."""
    row = {
        "key": key, "channel": channel, "title": said.title, "body": said.body,
        "grade": said.grade, "created": at, "due": at, "attempts": 0,
    }  # fmt: skip
    store.add_new(connection, box, row)


def deliver(store: Store, send: Send, alerts: Alerts, clock: Clock, holder: str) -> int:
    """Send what is due.

    Args:
        store: with the outbox.
        send: to a channel.
        alerts: how long to wait after a failure: doubled each time, up to a limit.
        clock: seconds since the epoch.
        holder: who claims.

    Returns:
        How many were sent.

    Raises:
        NoStore: the store cannot be used. Whatever was sent and not marked is sent again.
    """
    sent = 0
    down: set[str] = set()  # channels that failed now: their other letters wait for the next pass
    while _is_due(store, alerts, clock(), down):
        letter = claim(store, alerts, clock(), holder, down)
        if letter is None:
            return sent
        try:
            send(letter)
        except Unsent as error:
            _put_back(store, letter, alerts, clock(), str(error))
            down.add(letter.channel)
        else:
            _mark_sent(store, letter, clock())
            sent += 1
    return sent


def claim(
    store: Store, alerts: Alerts, now: float, holder: str, but: Collection[str] = ()
) -> Letter | None:
    """Take the oldest letter that is due and that nobody else holds; its row alone decides who.

    Args:
        but: channels to leave out.
    """
    chosen = _due(alerts, now, but)
    with store.turn() as (connection, _):
        row = connection.execute(select(box).where(chosen).order_by(box.c.id).limit(1)).first()
        if row is None:
            return None
        mine = update(box).where(box.c.id == row.id, chosen)
        taken = connection.execute(mine.values(claimed=holder, claimed_until=now + CLAIM))
        if taken.rowcount != 1:
            return None
    return Letter(
        row.id, row.key, row.channel, row.title, row.body, row.grade, row.attempts, row.created
    )


def _is_due(store: Store, alerts: Alerts, now: float, but: Collection[str]) -> bool:
    with store.reading() as connection:
        asked = select(box.c.id).where(_due(alerts, now, but)).limit(1)
        return connection.execute(asked).first() is not None


def _due(alerts: Alerts, now: float, but: Collection[str]) -> ColumnElement[bool]:
    # A clock that was set back must not hold letters for longer than any back-off would.
    due = or_(box.c.due <= now, box.c.due > now + alerts.retry_at_most)
    free = or_(
        box.c.claimed.is_(None), box.c.claimed_until <= now, box.c.claimed_until > now + CLAIM
    )
    return and_(box.c.sent.is_(None), due, free, box.c.channel.not_in(but))


def waiting(connection: Connection) -> int:
    """How many letters wait to be sent."""
    counted = select(func.count()).select_from(box).where(box.c.sent.is_(None))
    return int(connection.execute(counted).scalar_one())


def _mark_sent(store: Store, letter: Letter, now: float) -> None:
    with store.turn() as (connection, _):
        mine = update(box).where(box.c.id == letter.id)
        attempts = box.c.attempts + 1
        connection.execute(mine.values(sent=now, claimed=None, attempts=attempts, said=None))


def _put_back(store: Store, letter: Letter, alerts: Alerts, now: float, said: str) -> None:
    wait = min(alerts.retry_first * 2 ** min(letter.attempts, 20), alerts.retry_at_most)
    with store.turn() as (connection, _):
        mine = update(box).where(box.c.id == letter.id)
        connection.execute(
            mine.values(due=now + wait, claimed=None, attempts=letter.attempts + 1, said=said)
        )
