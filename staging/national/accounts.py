"""Accounts that the national portal itself has given to citizens: published ones, registered ones.

A registered account outlives an instance that was started with `--data`.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from staging.scene import Scene
from staging.store import LastingBase
from staging.wrong_entries import WrongEntryCounter

# ? All wordings: not found for this login.
WRONG = "Tài khoản hoặc mật khẩu không chính xác."
LOCKED = "Tài khoản tạm thời bị khóa 15 phút do nhập sai quá 5 lần. Vui lòng thử lại sau."


class AccountRefusedError(Exception):
    """Why an account is not let in, in the words the person reads."""


class AlreadyRegisteredError(Exception):
    """The identity or the telephone number has an account."""


@dataclass(frozen=True)
class Account:
    identity: str
    name: str
    phone: str
    birth_date: date


@dataclass(frozen=True)
class Official(Account):
    """Somebody of officials.yaml."""

    key: str
    password: str
    position: str
    email: str
    administrator: bool = False
    rights: tuple[str, ...] = ()


class RegisteredAccount(LastingBase):
    __tablename__ = "registered_account"

    identity: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    birth_date: Mapped[date]
    email: Mapped[str]
    salt: Mapped[bytes]
    password: Mapped[bytes]  # its scrypt digest
    registered: Mapped[str]


class NationalAccounts:
    """One for all rooms of an instance: `scene.shared(NationalAccounts)`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._wrong = WrongEntryCounter(scene, "national")
        self.officials = _load_officials()

    def by_identity(self, identity: str) -> Account | None:
        return next((one for one in self.all() if one.identity == identity), None)

    def all(self) -> Iterator[Account]:
        yield from self.officials
        with Session(self._scene.lasting) as session:
            found = session.scalars(select(RegisteredAccount).order_by(RegisteredAccount.name))
            rows = [Account(row.identity, row.name, row.phone, row.birth_date) for row in found]
        yield from rows

    def registered(self) -> list[dict[str, str]]:
        with Session(self._scene.lasting) as session:
            return [
                {"identity": row.identity, "phone": row.phone, "registered": row.registered}
                for row in session.scalars(select(RegisteredAccount))
            ]

    def taken(self, identity: str, phone: str) -> bool:
        return any(one.identity == identity or one.phone == phone for one in self.all())

    def register(self, account: Account, email: str, password: str) -> None:
        if self.taken(account.identity, account.phone):
            raise AlreadyRegisteredError
        salt = secrets.token_bytes(16)
        row = RegisteredAccount(
            identity=account.identity,
            phone=account.phone,
            name=account.name,
            birth_date=account.birth_date,
            email=email,
            salt=salt,
            password=_digest(password, salt),
            registered=self._scene.clock.now().isoformat(timespec="seconds"),
        )
        try:
            with Session(self._scene.lasting) as session, session.begin():
                session.add(row)
        except IntegrityError as error:  # two browsers at once
            raise AlreadyRegisteredError from error

    def remove(self, identity: str) -> bool:
        with Session(self._scene.lasting) as session, session.begin():
            row = session.get(RegisteredAccount, identity)
            if row is not None:
                session.delete(row)
            return row is not None

    def with_password(self, user: str, password: str) -> Account:
        """The account of an identity or telephone number, if the password is its own."""
        if self._wrong.locked(user):
            raise AccountRefusedError(LOCKED)
        if account := self._proven(user, password):
            self._wrong.forget(user)
            return account
        raise AccountRefusedError(LOCKED if self._wrong.add(user) else WRONG)

    def _proven(self, user: str, password: str) -> Account | None:
        for official in self.officials:
            if user in (official.identity, official.phone):
                same = hmac.compare_digest(official.password.encode(), password.encode())
                return official if same else None
        mine = or_(RegisteredAccount.identity == user, RegisteredAccount.phone == user)
        with Session(self._scene.lasting) as session:
            row = session.scalars(select(RegisteredAccount).where(mine)).first()
            if row is None or not hmac.compare_digest(row.password, _digest(password, row.salt)):
                return None
            return Account(row.identity, row.name, row.phone, row.birth_date)


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1)


def _load_officials() -> tuple[Official, ...]:
    path = Path(__file__).with_name("officials.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return tuple(
        Official(key=key, **(row | {"rights": tuple(row.get("rights", ()))}))
        for key, row in rows.items()
    )
