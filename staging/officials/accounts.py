"""The officials, their passwords, and their profiles as stored."""

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy.orm import Mapped, Session, mapped_column

from staging.scene import Scene
from staging.store import LastingBase
from staging.wrong_entries import WrongEntryCounter

# ? All wordings.
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
LOCKED_FOR_NOW = "Tài khoản tạm thời bị khóa 15 phút do nhập sai quá 5 lần."
LOCKED = "Tài khoản bị khoá!"


class RefusedError(Exception):
    """Why an official is not let in, in the words they read."""


@dataclass(frozen=True)
class Official:
    user: str
    password: str
    unit: str
    profile: dict[str, str]
    authorised_identity: str = ""
    locked: bool = False


@dataclass(frozen=True)
class Profile:
    entries: dict[str, str]
    picture: bytes | None = None
    picture_type: str = ""


class StoredProfile(LastingBase):
    __tablename__ = "official_profile"

    user: Mapped[str] = mapped_column(primary_key=True)
    entries: Mapped[str]  # JSON
    picture: Mapped[bytes | None]
    picture_type: Mapped[str] = mapped_column(default="")


class Officials:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._wrong = WrongEntryCounter(scene, "officials")
        self._officials = _load()

    def by_user(self, user: str) -> Official | None:
        return self._officials.get(user)

    def with_password(self, user: str, password: str) -> Official:
        if self._wrong.locked(user):
            raise RefusedError(LOCKED_FOR_NOW)
        official = self._officials.get(user)
        if official is None or not hmac.compare_digest(
            official.password.encode(), password.encode()
        ):
            raise RefusedError(LOCKED_FOR_NOW if self._wrong.add(user) else WRONG)
        self._wrong.forget(user)
        if official.locked:
            raise RefusedError(LOCKED)
        return official

    def profile(self, official: Official) -> Profile:
        """As it was stored last; before that, what the system knows."""
        with Session(self._scene.lasting) as session:
            row = session.get(StoredProfile, official.user)
            if row is None:
                return Profile(dict(official.profile))
            return Profile(json.loads(row.entries), row.picture, row.picture_type)

    def keep(self, official: Official, profile: Profile) -> None:
        with Session(self._scene.lasting) as session, session.begin():
            session.merge(
                StoredProfile(
                    user=official.user,
                    entries=json.dumps(profile.entries, ensure_ascii=False),
                    picture=profile.picture,
                    picture_type=profile.picture_type,
                )
            )

    def forget(self, user: str) -> bool:
        """Back to what the system knew at the start; for tests that put back what they changed."""
        with Session(self._scene.lasting) as session, session.begin():
            row = session.get(StoredProfile, user)
            if row is not None:
                session.delete(row)
            return row is not None


def _load() -> dict[str, Official]:
    path = Path(__file__).with_name("officials.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return {user: Official(user=user, **row) for user, row in rows.items()}
