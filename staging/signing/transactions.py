"""Signatures that wait for a person: asked for by the provider, confirmed on a telephone.

SmartCA and the SIM do the same in different words; this is what they share.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from staging.scene import Scene
from staging.signing.certificates import Certificates
from staging.signing.organisations import Organisation, Way
from staging.store import Base

_LIFETIME = {"smartca": 180.0, "sim": 60.0}  # ? seconds
_PIN_TRIES = {"smartca": 5, "sim": 3}  # ? as SIM cards usually have it


class Transaction(Base):
    __tablename__ = "signing_transaction"

    id: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[str]
    organisation: Mapped[str] = mapped_column(index=True)
    data: Mapped[str]  # what is to be signed, base64
    text: Mapped[str]
    code: Mapped[str]
    began: Mapped[float]
    ends: Mapped[float]
    state: Mapped[str] = mapped_column(default="waiting")  # waiting, signed, rejected, pin_locked
    signature: Mapped[str | None]


class WrongPins(Base):
    __tablename__ = "signing_wrong_pins"

    way: Mapped[str] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class PinError(Exception):
    """Not this PIN; or no PIN at all any more."""


class WrongPinError(PinError):
    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class PinLockedError(PinError):
    pass


@dataclass(frozen=True)
class Outcome:
    state: str  # waiting, signed, rejected, expired, pin_locked
    certificate: str = ""
    signature: str = ""


class Transactions:
    """The transactions of one way of signing."""

    def __init__(self, scene: Scene, way: Way) -> None:
        self._scene = scene
        self._way = way
        self._certificates = scene.shared(Certificates)

    def begin(self, organisation: Organisation, data: str, text: str) -> Transaction:
        now = self._scene.clock.timestamp()
        transaction = Transaction(
            id=secrets.token_hex(16),
            way=self._way,
            organisation=organisation.key,
            data=data,
            text=text,
            code=f"{secrets.randbelow(10_000):04d}",
            began=now,
            ends=now + _LIFETIME[self._way],
        )
        with Session(self._scene.engine, expire_on_commit=False) as session, session.begin():
            session.add(transaction)
        return transaction

    def waiting_for(self, organisation: Organisation) -> Sequence[Transaction]:
        """Oldest first."""
        mine = select(Transaction).where(
            Transaction.way == self._way,
            Transaction.organisation == organisation.key,
            Transaction.state == "waiting",
            Transaction.ends > self._scene.clock.timestamp(),
        )
        with Session(self._scene.engine) as session:
            return session.scalars(mine.order_by(Transaction.began)).all()

    def waiting(self, organisation: Organisation, id: str) -> Transaction | None:
        return next((one for one in self.waiting_for(organisation) if one.id == id), None)

    def outcome(self, id: str) -> Outcome | None:
        with Session(self._scene.engine) as session:
            found = session.get(Transaction, id)
        if found is None or found.way != self._way:
            return None
        if found.state == "waiting" and found.ends <= self._scene.clock.timestamp():
            return Outcome("expired")
        if found.state != "signed":
            return Outcome(found.state)
        organisation = self._certificates.organisations.by_key(found.organisation)
        assert organisation is not None
        certificate = self._certificates.remote_key(organisation, self._way).certificate
        der = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
        return Outcome("signed", der, found.signature or "")

    def sign(self, organisation: Organisation, transaction: Transaction, pin: str) -> None:
        """Signs with the right PIN; a wrong one is counted, the last one locks the PIN."""
        self._check_pin(organisation, transaction, pin)
        data = base64.b64decode(transaction.data)
        if self._scene.faults.active("signature-elsewhere"):
            data = b"something else"
        key = self._certificates.remote_key(organisation, self._way)
        signature = base64.b64encode(key.sign(hashlib.sha256(data).digest())).decode()
        self._end(transaction, "signed", signature)

    def reject(self, transaction: Transaction) -> None:
        self._end(transaction, "rejected")

    def _check_pin(self, organisation: Organisation, transaction: Transaction, pin: str) -> None:
        tries = _PIN_TRIES[self._way]
        with Session(self._scene.engine) as session, session.begin():
            wrong = session.get(WrongPins, (self._way, organisation.key)) or WrongPins(
                way=self._way, organisation=organisation.key, count=0
            )
            session.add(wrong)
            if not organisation.pins_locked and wrong.count < tries:
                if secrets.compare_digest(pin.encode(), organisation.pin(self._way).encode()):
                    wrong.count = 0
                    return
                wrong.count += 1
            left = 0 if organisation.pins_locked else tries - wrong.count
        if left > 0:
            raise WrongPinError(left)
        self._end(transaction, "pin_locked")
        raise PinLockedError

    def _end(self, transaction: Transaction, state: str, signature: str | None = None) -> None:
        with Session(self._scene.engine) as session, session.begin():
            found = session.get(Transaction, transaction.id)
            if found is not None and found.state == "waiting":
                found.state, found.signature = state, signature
