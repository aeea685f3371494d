"""One port on loopback for one host name."""

import asyncio
import socket
import ssl

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

LOOPBACK = "127.0.0.1"


class Listener:
    """Serves one application, and can refuse connections or present another certificate.

    The port is held by a second socket that is bound but never listens: while the listening one is
    closed, the kernel refuses connections on exactly this port, and nobody else can take it.
    """

    def __init__(
        self, app: ASGIApp, tls: ssl.SSLContext | None, port: int = 0, *, websockets: bool = False
    ) -> None:
        self._config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            ws="websockets-sansio" if websockets else "none",
            timeout_keep_alive=30,
        )
        self._config.load()
        self.state = ServerState()
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._holder = _bound(port)
        self.port: int = self._holder.getsockname()[1]

    async def accept(self) -> None:
        if self._server is None:
            self._server = await asyncio.get_running_loop().create_server(
                self._protocol, sock=_bound(self.port), ssl=self._tls, backlog=128
            )

    def refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop_connections()

    async def present(self, tls: ssl.SSLContext | None) -> None:
        """From the next connection on; the open ones would never see it, so they are dropped."""
        if tls is not self._tls:
            self._tls = tls
            self.refuse()
            await self.accept()

    def drop_connections(self) -> None:
        for connection in list(self.state.connections):
            if connection.transport is not None:
                connection.transport.abort()

    def close(self) -> None:
        self.refuse()
        self._holder.close()

    def _protocol(self) -> asyncio.Protocol:
        return self._config.http_protocol_class(  # type: ignore[call-arg]
            config=self._config, server_state=self.state, app_state={}
        )


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    bound.bind((LOOPBACK, port))
    return bound
