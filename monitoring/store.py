"""The store: SQLite in WAL mode or PostgreSQL by its URL, migrated; every change takes its turn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from monitoring import tables

MIGRATIONS = Path(__file__).parent / "migrations"
ADDRESS = (
    "this is no address of a store; write sqlite:///path or postgresql+psycopg://user@host/database"
)
BUSY = 15.0  # seconds that SQLite waits for another writer


class NoStore(Exception):
    """The store cannot be used now; the message says why and what to do, in one sentence."""


class Store:
    """The monitor's memory.

    Args:
        url: `sqlite:///path` or `postgresql+psycopg://…`.
        durable: whether a commit waits for the disk; only simulations do without.
        busy: seconds to wait for a database that somebody else has locked.

    Raises:
        ValueError: the URL is of neither kind.
        NoStore: there is no folder for the file, and none can be made.
    """

    def __init__(self, url: str, durable: bool = True, busy: float = BUSY) -> None:
        parsed = _parsed(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        self.shown = parsed.render_as_string(hide_password=True)
        if self.path is not None:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise NoStore(f"{self.path.parent} cannot be made ({error.strerror})") from None
        arguments = {"timeout": busy} if self.is_sqlite else {"connect_timeout": 10}
        self.engine: Engine = create_engine(parsed, connect_args=arguments, pool_pre_ping=True)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _pragmas(durable))

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to the newest form, or to that of an earlier revision.

        Raises:
            NoStore: the database cannot be opened, is none, is not ours or of a later version.
        """
        from alembic import command  # needed once: 9 MB that need not stay
        from alembic.config import Config
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
                known = select(tables.meta.c.number).where(tables.meta.c.key == "turn")
                if connection.execute(known).first() is None:
                    self.put(connection, tables.meta, {"key": "turn"}, {"number": 0})
        except DatabaseError as error:
            raise self.unusable(error) from None
        except CommandError as error:
            raise NoStore(
                f"{self.shown} was made by a later version of Guidewatch ({error}); use that one"
            ) from None

    @contextmanager
    def turn(self) -> Iterator[tuple[Connection, int]]:
        """A transaction in which nobody else changes anything.

        Counting `turn` up is its first statement: it takes SQLite's write lock, and on PostgreSQL
        the row's, so whoever comes second waits and then reads what the first has written.

        Yields:
            The connection, and the turn's number: state kept from the one before is still good.

        Raises:
            NoStore: it is locked, full or gone. Nothing was changed.
        """
        with self._told(), self.engine.begin() as connection:
            mine = update(tables.meta).where(tables.meta.c.key == "turn")
            counted = connection.execute(
                mine.values(number=tables.meta.c.number + 1).returning(tables.meta.c.number)
            )
            yield connection, int(counted.scalar_one())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look at things.

        Raises:
            NoStore: it cannot be read.
        """
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What is wrong with the database becomes a sentence; a mistake of our own stays one."""
        try:
            yield
        except DatabaseError as error:
            # SQLite says of a file that is damaged or no database at all the bare class.
            if type(error) not in (OperationalError, DatabaseError):
                raise
            raise self.unusable(error) from None

    def put(
        self,
        connection: Connection,
        table: Table,
        key: Mapping[str, Any],
        values: Mapping[str, Any],
    ) -> None:
        """Write one row, new or in the place of the one with the same key."""
        made = self.inserting(table).values({**key, **values})
        made = made.on_conflict_do_update(index_elements=list(key), set_=dict(values))
        connection.execute(made)

    def add_new(self, connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
        """Write a row unless one with the same key is there; whether it was new."""
        made = self.inserting(table).values(dict(row)).on_conflict_do_nothing()
        counted = {"preserve_rowcount": True}  # of an INSERT it is not kept by itself
        return connection.execute(made, execution_options=counted).rowcount == 1

    def inserting(self, table: Table) -> Any:
        """An INSERT in the database's own dialect, which knows what to do on conflict."""
        return sqlite_insert(table) if self.is_sqlite else postgresql_insert(table)

    def unusable(self, error: DatabaseError) -> NoStore:
        """The error as a person is told it."""
        said = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        remedy = "is the server running, and may we write there?"
        if "locked" in said:
            remedy = "another program holds it; end that one, results wait in their run's folder"
        elif "full" in said:
            remedy = "make room; results that were reported wait in their run's folder"
        elif "not a database" in said or "malformed" in said:
            remedy = "name another file in the configuration, or put a backup in its place"
        elif "already exists" in said:
            remedy = "it holds tables of something else; name a database of the monitor's own"
        return NoStore(f"the store {self.shown} cannot be used ({said}); {remedy}")

    def size(self) -> int:
        """Bytes that the store takes."""
        if self.path is not None:
            parts = (self.path, self.path.with_name(self.path.name + "-wal"))
            return sum(part.stat().st_size for part in parts if part.is_file())
        with self.reading() as connection:
            asked = select(func.pg_database_size(func.current_database()))
            return int(connection.execute(asked).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _parsed(url: str) -> URL:
    """The URL of a store; it may hold a password, so no error repeats it."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(ADDRESS) from None
    if parsed.drivername != "postgresql+psycopg" and not (
        parsed.drivername == "sqlite" and parsed.database
    ):
        raise ValueError(ADDRESS)
    return parsed


def _pragmas(durable: bool) -> Any:
    def set_them(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: in WAL mode, NORMAL may lose the last commits when the power fails.
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        cursor.execute("PRAGMA journal_size_limit=16777216")
        cursor.close()

    return set_them


def dumped(value: object) -> str:
    """JSON as the store keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as dictionaries."""
    return [dict(row._mapping) for row in found]
