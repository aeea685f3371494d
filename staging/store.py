"""One SQLite file an instance, gone when it ends; and one for what may be kept beyond that."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every room declares its tables on this base; they are created when the scene is set."""


class LastingBase(DeclarativeBase):
    """For tables of what may outlive an instance: accounts, rights, profiles."""


metadata: MetaData = Base.metadata


def open_store(folder: Path) -> Engine:
    return _open(folder / "staging.sqlite", durable=False)


def open_lasting_store(folder: Path, *, durable: bool) -> Engine:
    folder.mkdir(parents=True, exist_ok=True)
    engine = _open(folder / "lasting.sqlite", durable=durable)
    LastingBase.metadata.create_all(engine)
    return engine


def _open(path: Path, *, durable: bool) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _quick_rather_than_durable(connection: Any, _record: Any) -> None:
        # What does not outlive the process need not be synced to disk.
        if not durable:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")

    return engine


def create_tables(engine: Engine) -> None:
    metadata.create_all(engine)


def empty_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


def empty_lasting_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(LastingBase.metadata.sorted_tables):
            connection.execute(table.delete())
