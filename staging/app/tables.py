"""What the app on one phone remembers."""

from sqlalchemy.orm import Mapped, mapped_column

from staging.store import Base


class AppSession(Base):
    """A citizen logged in to the app on one phone (one browser context)."""

    __tablename__ = "app_session"

    cookie: Mapped[str] = mapped_column(primary_key=True)
    identity: Mapped[str]
    # What the phone is in the middle of: the QR code it has read, of which portal, and the screen.
    qr: Mapped[str | None]
    client_id: Mapped[str | None]
    screen: Mapped[str] = mapped_column(default="home")  # home, confirm, passcode, notice
    message: Mapped[str | None]
