"""Who may enter which subsystem: what is published, and what the administrator has changed since."""

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from staging.national.accounts import NationalAccounts, Official
from staging.scene import Scene
from staging.store import LastingBase


class ChangedRight(LastingBase):
    __tablename__ = "changed_right"

    identity: Mapped[str] = mapped_column(primary_key=True)
    subsystem: Mapped[str] = mapped_column(primary_key=True)
    granted: Mapped[bool]


class Rights:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._accounts = scene.shared(NationalAccounts)

    def administers(self, identity: str) -> bool:
        """Whether this is the top-level administrator; nobody can be made one."""
        official = self._official(identity)
        return official is not None and official.administrator

    def may_enter(self, identity: str, subsystem: str) -> bool:
        return self.administers(identity) or self.granted(identity, subsystem)

    def granted(self, identity: str, subsystem: str) -> bool:
        with Session(self._scene.lasting) as session:
            changed = session.get(ChangedRight, (identity, subsystem))
            if changed is not None:
                return changed.granted
        official = self._official(identity)
        return official is not None and subsystem in official.rights

    def change(self, identity: str, subsystem: str, *, granted: bool) -> None:
        with Session(self._scene.lasting) as session, session.begin():
            session.merge(ChangedRight(identity=identity, subsystem=subsystem, granted=granted))

    def forget(self, identity: str) -> None:
        """Back to what is published, for an account that is removed."""
        with Session(self._scene.lasting) as session, session.begin():
            session.execute(delete(ChangedRight).where(ChangedRight.identity == identity))

    def _official(self, identity: str) -> Official | None:
        found = self._accounts.by_identity(identity)
        return found if isinstance(found, Official) else None
