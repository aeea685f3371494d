"""Wrong entries of an account add up to a lock, in one way for every login."""

from sqlalchemy.orm import Mapped, Session, mapped_column

from staging.scene import Scene
from staging.store import Base

# ? for every system here; a ministry's specification for a VNeID login has these two
# (portal-facts.md).
ALLOWED = 5
LOCKED_SECONDS = 15 * 60


class WrongEntries(Base):
    __tablename__ = "wrong_entries"

    system: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[float] = mapped_column(default=0.0)


class WrongEntryCounter:
    """The wrong entries at one system, whatever they were: password, code or passcode."""

    def __init__(self, scene: Scene, system: str) -> None:
        self._scene = scene
        self._system = system

    def locked(self, account: str) -> bool:
        with Session(self._scene.engine) as session:
            entries = session.get(WrongEntries, (self._system, account))
            return entries is not None and entries.locked_until > self._scene.clock.timestamp()

    def add(self, account: str) -> bool:
        """Counts one more; whether it has locked the account."""
        with Session(self._scene.engine) as session, session.begin():
            entries = session.get(WrongEntries, (self._system, account)) or WrongEntries(
                system=self._system, account=account, count=0, locked_until=0.0
            )
            session.add(entries)
            entries.count += 1
            if locks := entries.count >= ALLOWED:
                entries.count = 0
                entries.locked_until = self._scene.clock.timestamp() + LOCKED_SECONDS
        return locks

    def forget(self, account: str) -> None:
        with Session(self._scene.engine) as session, session.begin():
            if entries := session.get(WrongEntries, (self._system, account)):
                session.delete(entries)
