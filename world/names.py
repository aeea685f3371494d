"""Names to addresses, and whom to trust: one map for the browser and for HTTP outside of it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

HTTPS_PORT = 443


@dataclass(frozen=True)
class Names:
    """What a run's host names mean.

    Attributes:
        map: name -> "address:port" (or "address", then port 443).
        ca_pem: a private authority's certificates (PEM), trusted beside the system's; none: the
            system's alone.
        public: names that are not mapped are asked of public DNS; otherwise they are refused.
    """

    map: Mapping[str, str] = field(default_factory=dict)
    ca_pem: str | None = field(default=None, repr=False)
    public: bool = False

    def address(self, host: str) -> tuple[str, int] | None:
        """The address and port a name is mapped to; none where it is not mapped."""
        mapped = self.map.get(host.lower())
        return None if mapped is None else split(mapped)

    def resolver_rules(self) -> str:
        """The map as Chromium's `--host-resolver-rules` has it; empty on the public network.

        The last rule refuses every other name, `localhost` included. Chromium takes the first rule
        that fits (net/base/host_mapping_rules.h).
        """
        if self.public and not self.map:
            return ""
        rules = [
            f"MAP {name if ':' in name else f'{name}:{HTTPS_PORT}'} {address}"
            for name, address in sorted(self.map.items())
        ]
        if not self.public:
            rules.append("MAP * ~NOTFOUND")
        return ", ".join(rules)

    def tls(self) -> ssl.SSLContext:
        """A context that trusts, as the browser does, the system's authorities and ours."""
        context = ssl.create_default_context()
        if self.ca_pem:
            context.load_verify_locations(cadata=self.ca_pem)
        return context

    def client(self, timeout: float) -> httpx.Client:
        """HTTP outside the browser, with the same map and the same trust.

        Args:
            timeout: seconds for each of connecting, sending and receiving.

        Returns:
            A client to be closed by whoever asked for it. A name that is not mapped raises
            httpx.ConnectError, unless the network is public. Proxies of the process' environment
            are used on the public network only: past a proxy, our map would not hold.
        """
        if self.public and not self.map:
            return httpx.Client(verify=self.tls(), timeout=timeout)
        return httpx.Client(
            transport=_Mapped(self, httpx.HTTPTransport(verify=self.tls())),
            timeout=timeout,
            trust_env=False,
        )


class _Mapped(httpx.BaseTransport):
    """Connects to the mapped address while TLS name (SNI) and `Host` stay the real name."""

    def __init__(self, names: Names, inner: httpx.BaseTransport) -> None:
        self._names = names
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        mapped = self._names.address(host) if request.url.scheme == "https" else None
        if mapped is None:
            if self._names.public:
                return self._inner.handle_request(request)
            raise httpx.ConnectError(f"{host} is not a name of this environment", request=request)
        address, port = mapped
        return self._inner.handle_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=address, port=port),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
        )

    def close(self) -> None:
        self._inner.close()


def split(address: str) -> tuple[str, int]:
    """ "address:port", "[v6]:port" or "address" as address and port.

    Raises:
        ValueError: the port is not a number.
    """
    host, colon, port = address.rpartition(":")
    if not colon or address.endswith("]"):
        return address.strip("[]"), HTTPS_PORT
    return host.strip("[]"), int(port)
