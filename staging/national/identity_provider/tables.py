"""What the national provider remembers. Times are seconds by the instance's clock."""

from sqlalchemy.orm import Mapped, mapped_column

from staging.openid.tables import IssuedCode
from staging.store import Base


class NationalLogin(Base):
    """One person's way from a portal's request to its answer: a `sessionDataKey`."""

    __tablename__ = "national_login"

    key: Mapped[str] = mapped_column(primary_key=True)
    browser: Mapped[str]  # the browser that began it; in another one the key is stale
    client_id: Mapped[str]
    query: Mapped[str]  # the portal's request, validated again when it is answered
    began: Mapped[float]
    challenge: Mapped[str | None]  # what is to be signed, base64; one at a time, good for one try
    challenge_ends: Mapped[float] = mapped_column(default=0.0)
    transaction: Mapped[str | None]  # at SmartCA or at the SIM's operator
    wrong: Mapped[int] = mapped_column(default=0)


class NationalCode(IssuedCode, Base):
    """An authorization code of the national provider."""

    __tablename__ = "national_authorization_code"

    claims: Mapped[str]  # who it is, as JSON


class SignedIn(Base):
    """Which portals a session at the provider has led into; all are told when it ends."""

    __tablename__ = "national_signed_in"

    sid: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
