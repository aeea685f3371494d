"""How one site calls another behind the browser's back: by real name, over verified TLS."""

import ssl

import httpx


class BackChannel(httpx.AsyncBaseTransport):
    """An httpx transport that maps real names to loopback ports.

    One is shared by all sites, and clients close what they are given: so closing does nothing, and
    no connection is kept, which also makes a fault at the other end felt at once.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, tuple[str, int]] = {}
        self._inner: httpx.AsyncHTTPTransport | None = None

    def open(self, addresses: dict[str, tuple[str, int]], authority: str) -> None:
        self._addresses = addresses
        self._inner = httpx.AsyncHTTPTransport(
            verify=ssl.create_default_context(cadata=authority),
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if self._inner is None or host not in self._addresses:
            raise httpx.ConnectError(f"{host} is not a name of this instance", request=request)
        address, port = self._addresses[host]
        # The Host header was set from the real name already; only the connection goes elsewhere. A
        # request of its own, because the caller's says where a relative redirect leads from.
        connecting = httpx.Request(
            request.method,
            request.url.copy_with(host=address, port=port),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._inner.handle_async_request(connecting)

    async def aclose(self) -> None:
        """Kept open for the other sites."""
