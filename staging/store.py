"""One SQLite file an instance, in the instance's own folder, gone when it ends."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every room declares its tables on this base; they are created when the scene is set."""


metadata: MetaData = Base.metadata


def open_store(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder / 'staging.sqlite'}")

    @event.listens_for(engine, "connect")
    def _quick_rather_than_durable(connection: Any, _record: Any) -> None:
        # Nothing here outlives the process, so there is nothing to sync to disk for.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")

    return engine


def create_tables(engine: Engine) -> None:
    metadata.create_all(engine)


def empty_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
