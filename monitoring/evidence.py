"""The head of the chain of sealed guide runs, sent out: a copy elsewhere shows when runs vanished."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from config.monitor import Monitor
from config.strict import PROJECT
from monitoring import tables
from monitoring.outbox import post
from monitoring.store import Store
from monitoring.telling import Message, with_reference
from monitoring.words import word

AUDIENCE = "audit"
KEY = "chain head"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Head:
    """The newest sealed run: its number in the chain, its name, the hash of its manifest."""

    number: int
    run: str
    sha256: str


def announce(store: Store, monitor: Monitor, now: float) -> bool:
    """Post the chain's head where it is another than the one sent last; whether there was one to post.

    Where the run that was sent last is no longer there as it was sealed, the message is a warning.

    Args:
        store: with the outbox; it remembers what was sent.
        monitor: channels that tell `audit`, and where the head lies.
        now: seconds since the epoch.

    Raises:
        NoStore: the store cannot be used; it comes at the next call.
    """
    if not any(AUDIENCE in channel.tells for channel in monitor.channels):
        return False
    note = PROJECT / monitor.alerts.chain_head
    head = head_of(note)
    with store.reading() as connection:
        if head == _sent(connection):
            return False
    with store.turn() as (connection, _):
        before = _sent(connection)  # asked again: another monitor may have been quicker
        if head == before:
            return False
        number, value = (head.number, json.dumps(vars(head))) if head else (0, None)
        store.put(connection, tables.meta, {"key": KEY}, {"number": number, "value": value})
        lost = before if before and not _stands(before, note.parent) else None
        for channel in monitor.channels:
            if AUDIENCE in channel.tells:
                language = channel.language or monitor.language
                key = f"chain/{number}/{head.sha256 if head else int(now)}/{channel.channel}"
                said = with_reference(_message(head, lost, language), key, language)
                post(store, connection, key, channel.channel, said, now)
    return True


def head_of(path: Path) -> Head | None:
    """The head as sealing noted it; None where there is none, or none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["content"]
        return Head(content["number"], content["run"], content["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sent(connection: Connection) -> Head | None:
    asked = select(tables.meta.c.value).where(tables.meta.c.key == KEY)
    value = connection.execute(asked).scalar()
    return Head(**json.loads(value)) if value else None


def _stands(head: Head, runs: Path) -> bool:
    """Whether the run that was the newest when its head was sent is still there as it was sealed."""
    try:
        manifest = (runs / head.run / MANIFEST).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(manifest).hexdigest() == head.sha256


def _message(head: Head | None, lost: Head | None, language: str) -> Message:
    lines = []
    if lost is not None:
        lines += [word("chain broken", language), word("chain before", language, **vars(lost))]
    if head is None:
        lines.append(word("chain gone", language))
    else:
        lines.append(word("chain now", language, **vars(head)))
        lines += [
            "",
            word("chain how", language),
            f"  python -m reporting verify --head {head.sha256}",
        ]
    title = word("chain warning" if lost else "chain", language)
    if head is not None:
        title = f"{title}: {head.number}"
    return Message(title, "\n".join(lines), "warning" if lost else "info")
