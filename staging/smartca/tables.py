"""What the SmartCA app on one phone remembers."""

from sqlalchemy.orm import Mapped, mapped_column

from staging.store import Base


class SmartCaSession(Base):
    __tablename__ = "smartca_session"

    cookie: Mapped[str] = mapped_column(primary_key=True)
    organisation: Mapped[str]
    message: Mapped[str | None]
