"""All listeners of one running instance, and the faults that act on them directly."""

import asyncio
import ssl
from collections.abc import Iterable
from email.utils import formatdate
from pathlib import Path

from starlette.types import ASGIApp

from staging import hosts
from staging.authority import Authority
from staging.scene import Scene, Site
from staging.serving.faults import FaultyHost
from staging.serving.listener import LOOPBACK, Listener

_ANOTHER_NAME = "khac.staging.test"


class Instance:
    """Opens a port for every site and keeps what the faults ask of ports and certificates true."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self._scene = scene
        self._folder = folder
        self._authority = Authority(folder)
        self._listeners: dict[str, Listener] = {}
        self._sites: dict[str, Site] = {}
        self._good: dict[str, ssl.SSLContext] = {}
        self._bad: dict[tuple[str, str], ssl.SSLContext] = {}
        self._one_adjustment = asyncio.Lock()
        self._dating: asyncio.Task[None] | None = None

    @property
    def authority_pem(self) -> str:
        return self._authority.pem

    @property
    def addresses(self) -> dict[str, tuple[str, int]]:
        return {host: (LOOPBACK, listener.port) for host, listener in self._listeners.items()}

    async def open(self, sites: Iterable[Site]) -> None:
        for site in sites:
            self._good[site.host] = self._authority.context(site.host)
            app = FaultyHost(self._scene, site.host, site.app)
            listener = Listener(app, self._good[site.host], websockets=site.websockets)
            self._listeners[site.host] = listener
            self._sites[site.host] = site
            if not self._refuses(site.host):
                await listener.accept()
        self._scene.open_back_channel(self.addresses, self._authority.pem)
        self._scene.faults.on_change(self._adjust_soon)
        self._dating = asyncio.create_task(self._date_answers())

    async def open_front_desk(self, app: ASGIApp, port: int) -> int:
        listener = Listener(app, None, port)
        self._listeners[""] = listener
        await listener.accept()
        return listener.port

    async def close(self) -> None:
        if self._dating is not None:
            self._dating.cancel()
        for listener in self._listeners.values():
            listener.close()

    def _adjust_soon(self) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(self._adjust())

    async def _adjust(self) -> None:
        async with self._one_adjustment:
            for host, listener in self._listeners.items():
                if host in ("", hosts.CONTROL):
                    continue
                if self._refuses(host):
                    listener.refuse()
                else:
                    await listener.present(self._certificate(host))
                    await listener.accept()

    def _refuses(self, host: str) -> bool:
        if (refuses := self._sites[host].refuses) is not None:
            return refuses()
        on = self._scene.faults.active
        return bool(
            on("connection-refused", host) is not None
            or (host == hosts.VNEID and on("vneid-down") is not None)
        )

    def _certificate(self, host: str) -> ssl.SSLContext:
        for fault in ("tls-expired", "tls-wrong-host", "tls-foreign"):
            if self._scene.faults.active(fault, host) is not None:
                if (fault, host) not in self._bad:
                    self._bad[(fault, host)] = self._bad_certificate(fault, host)
                return self._bad[(fault, host)]
        return self._good[host]

    def _bad_certificate(self, fault: str, host: str) -> ssl.SSLContext:
        if fault == "tls-expired":
            return self._authority.expired_context(host)
        if fault == "tls-wrong-host":
            return self._authority.context(_ANOTHER_NAME)
        return Authority(self._folder, "Somebody else").context(host)

    async def _date_answers(self) -> None:
        """The Date header of all answers; uvicorn's own loop would wake ten times a second."""
        while True:
            date = [(b"date", formatdate(usegmt=True).encode())]
            for listener in self._listeners.values():
                listener.state.default_headers = date
            await asyncio.sleep(1)
