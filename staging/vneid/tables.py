"""What VNeID remembers. Times are seconds by the instance's clock."""

from sqlalchemy.orm import Mapped, mapped_column

from staging.openid.tables import IssuedCode
from staging.store import Base


class Login(Base):
    """One citizen's way from a portal's request to its answer. The code belongs to it alone."""

    __tablename__ = "vneid_login"

    csrt: Mapped[str] = mapped_column(primary_key=True)
    browser: Mapped[str]  # the cookie of the browser that began it; nobody else can go on
    client_id: Mapped[str]
    query: Mapped[str]  # the portal's request, validated again when it is answered
    began: Mapped[float]
    captcha: Mapped[str]
    # sign-in, code, consent, passcode, survey, done: the screen that is asked for next
    stage: Mapped[str] = mapped_column(default="sign-in")
    identity: Mapped[str | None]
    channel: Mapped[str | None]  # sms, app or qr: how the citizen has shown who they are
    code: Mapped[str | None]  # the code sent by SMS; the app's is computed
    code_expires: Mapped[float] = mapped_column(default=0.0)


class SsoSession(Base):
    """A citizen signed in at VNeID in one browser."""

    __tablename__ = "vneid_session"

    cookie: Mapped[str] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    identity: Mapped[str]
    began: Mapped[float]


class SignedInClient(Base):
    """The portals a session has signed in to; all are told when it ends."""

    __tablename__ = "vneid_signed_in_client"

    sid: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(primary_key=True)


class AuthorizationCode(IssuedCode, Base):
    __tablename__ = "vneid_authorization_code"

    identity: Mapped[str]
    sid: Mapped[str]


class UsedWindow(Base):
    """Of one account, the last window whose code of the app was let in."""

    __tablename__ = "vneid_used_window"

    identity: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[int]


class QrCode(Base):
    __tablename__ = "vneid_qr_code"

    id: Mapped[str] = mapped_column(primary_key=True)
    csrt: Mapped[str] = mapped_column(index=True)
    expires: Mapped[float]
    state: Mapped[str] = mapped_column(default="shown")  # shown, scanned, approved, refused, used
    identity: Mapped[str | None]
