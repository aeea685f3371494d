"""What all sites of one running instance share. Changed by the control interface only."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import httpx
from sqlalchemy import Engine
from starlette.types import ASGIApp

from staging.back_channel import BackChannel
from staging.clock import Clock
from staging.editions import EDITIONS, JUNE_2025, NOVEMBER_2026, PUBLISHED
from staging.faults import Faults
from staging.people import load_people
from staging.store import empty_lasting_tables, empty_tables, open_lasting_store, open_store

if TYPE_CHECKING:
    from staging.portals.igate.provinces import Province

__all__ = ["EDITIONS", "JUNE_2025", "NOVEMBER_2026", "PUBLISHED", "Scene", "Site"]

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """One host name and the ASGI application that answers for it."""

    host: str  # with a port where a browser asks for one: "localhost:4433"
    app: ASGIApp  # without TLS or fault handling: both stand in front of it
    websockets: bool = False
    refuses: Callable[[], bool] | None = None  # whether nothing listens there at the moment


class Scene:
    """The world the sites live in: an as-of date, a clock, faults, people, a store."""

    def __init__(
        self,
        folder: Path,
        edition: str = PUBLISHED,
        data: Path | None = None,
        provinces: "tuple[Province, ...]" = (),
    ) -> None:
        self.folder = folder
        self.provinces = provinces  # beside the three of the guides
        self._data = data  # where accounts, rights and profiles outlive this instance
        self.edition = edition
        self._first_edition = edition
        self.clock = Clock()
        self.faults = Faults()
        self.people = load_people()
        self.engine = open_store(folder)
        self._controls: dict[str, list[Callable[[], set[str]]]] = {}
        self._back_channel = BackChannel()
        self._root_secret = secrets.token_bytes(32)
        self._reset_callbacks: list[Callable[[], None]] = []
        self._shared: dict[object, object] = {}

    @cached_property
    def lasting(self) -> Engine:
        """Accounts, rights and profiles: with a data folder they survive a restart and a reset."""
        return open_lasting_store(self._data or self.folder, durable=self._data is not None)

    def shared(self, make: Callable[["Scene"], T]) -> T:
        """What several rooms use together, made when the first of them asks for it."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return cast(T, self._shared[make])

    def open_back_channel(self, addresses: dict[str, tuple[str, int]], authority: str) -> None:
        """Called once the listeners have their ports; nothing talks to another site before that."""
        self._back_channel.open(addresses, authority)

    def transport(self) -> httpx.AsyncBaseTransport:
        """For a site's own calls to another: real names, loopback ports, certificates verified."""
        return self._back_channel

    def secret(self, purpose: str) -> str:
        """A secret for one purpose, the same for everybody who asks within this instance."""
        return hmac.new(self._root_secret, purpose.encode(), hashlib.sha256).hexdigest()

    def add_controls(self, host: str, names: Callable[[], set[str]]) -> None:
        """Where to find the controls that faults can name; asked only when needed."""
        self._controls.setdefault(host, []).append(names)

    def controls(self) -> dict[str, list[str]]:
        return {
            host: sorted(set().union(*(names() for names in sources)))
            for host, sources in self._controls.items()
        }

    def on_reset(self, callback: Callable[[], None]) -> None:
        """For what a site keeps outside the store; all tables are emptied by the reset itself."""
        self._reset_callbacks.append(callback)

    def reset(self) -> None:
        self.edition = self._first_edition
        self.clock.reset()
        self.faults.clear()
        empty_tables(self.engine)
        if self._data is None and "lasting" in self.__dict__:  # opened at all
            empty_lasting_tables(self.lasting)
        for callback in self._reset_callbacks:
            callback()
