"""Messages on their way and messages that have arrived."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from staging.clock import VIETNAM
from staging.scene import Scene
from staging.store import Base

_LATE_SECONDS = 20.0  # people.yaml, `sms: late`


class Underway(Base):
    __tablename__ = "sms_underway"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str]
    text: Mapped[str]
    arrives: Mapped[float] = mapped_column(index=True)


class Arrived(Base):
    """Numbered in order of arrival: who has seen number 7 never misses a late one."""

    __tablename__ = "sms_arrived"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    at: Mapped[float]


@dataclass(frozen=True)
class Message:
    id: int
    to: str
    at: datetime
    text: str


def send(scene: Scene, to: str, text: str) -> None:
    """Hands a message to the (invented) operator; the sender does not learn if it arrives."""
    person = scene.people.by_phone(to)
    if scene.faults.active("sms-lost") or (person is not None and person.sms == "lost"):
        return
    delay = _LATE_SECONDS if person is not None and person.sms == "late" else 0.0
    if late := scene.faults.active("sms-late"):
        delay = max(delay, late["seconds"])
    with scene.engine.begin() as connection:
        connection.execute(
            insert(Underway).values(to=to, text=text, arrives=scene.clock.timestamp() + delay)
        )


def arrived(scene: Scene, to: str | None = None, after: int = 0) -> list[Message]:
    """Oldest first."""
    _deliver(scene)
    wanted = select(Arrived.id, Arrived.to, Arrived.at, Arrived.text).where(Arrived.id > after)
    if to is not None:
        wanted = wanted.where(Arrived.to == to)
    with scene.engine.connect() as connection:
        rows = connection.execute(wanted.order_by(Arrived.id)).all()
    return [
        Message(row.id, row.to, datetime.fromtimestamp(row.at, VIETNAM), row.text) for row in rows
    ]


def _deliver(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        due = connection.execute(
            select(Underway.id, Underway.to, Underway.text, Underway.arrives)
            .where(Underway.arrives <= scene.clock.timestamp())
            .order_by(Underway.arrives, Underway.id)
        ).all()
        for row in due:
            connection.execute(insert(Arrived).values(to=row.to, text=row.text, at=row.arrives))
            connection.execute(delete(Underway).where(Underway.id == row.id))
