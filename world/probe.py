"""Probes of a host without a browser: name, connection, TLS, HTTP, each with its own fault."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

from cryptography import x509

from world.clock import ZONE
from world.names import HTTPS_PORT, Names

Kind = Literal["dns", "connect", "tls", "timeout", "http"]


@dataclass(frozen=True)
class Probe:
    """What a host answered.

    Attributes:
        kind: the stage that failed; none: all is well.
        message: what was said there, in one clause.
        seconds: the whole probe.
        status: the HTTP status, where it came that far; a redirect is not followed.
        certificate_expires: when the certificate ends (or ended), where one was shown.
    """

    kind: Kind | None
    message: str
    seconds: float
    status: int | None = None
    certificate_expires: datetime | None = None


@dataclass
class _Failed(Exception):
    kind: Kind
    message: str


def probe(names: Names, url: str, timeout: float = 5.0, user_agent: str | None = None) -> Probe:
    """Ask a host whether it answers as a visitor needs it to.

    One GET, whose body is not read: application firewalls take HEAD for a scanner. A status of 400
    and more is `http`. No proxy is used.

    Args:
        names: the map and the authority; names outside of it only on the public network.
        url: `https://…` or `http://…`.
        timeout: seconds for all stages together.
        user_agent: who we say we are.

    Returns:
        What was found; nothing is raised for a host that does not answer.
    """
    started = time.monotonic()
    found = _Stages(names, url, timeout, user_agent)
    try:
        found.run()
    except _Failed as failed:
        return Probe(
            failed.kind,
            failed.message,
            time.monotonic() - started,
            found.status,
            found.certificate_expires,
        )
    seconds = time.monotonic() - started
    return Probe(None, f"HTTP {found.status}", seconds, found.status, found.certificate_expires)


class _Stages:
    """The stages in their order, and what they found so far."""

    def __init__(self, names: Names, url: str, timeout: float, user_agent: str | None) -> None:
        parts = urlsplit(url)
        self._names = names
        self._tls = parts.scheme == "https"
        self._host = (parts.hostname or "").lower()
        self._port = parts.port or (HTTPS_PORT if self._tls else 80)
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._user_agent = user_agent
        self._timeout = timeout
        self._deadline = time.monotonic() + timeout
        self.status: int | None = None
        self.certificate_expires: datetime | None = None

    def run(self) -> None:
        addresses = self._addresses()
        with self._connected(addresses) as plain:
            # A host that sends a byte now and then would outlast any limit of a single read.
            cut = threading.Timer(self._left(), _shut, args=(plain,))
            cut.daemon = True
            cut.start()
            try:
                self._talk(plain, addresses)
            finally:
                cut.cancel()

    def _talk(self, plain: socket.socket, addresses: list[tuple[str, int]]) -> None:
        if not self._tls:
            self._request(plain)
            return
        try:
            with self._names.tls().wrap_socket(plain, server_hostname=self._host) as secured:
                self._note_expiry(secured.getpeercert(binary_form=True))
                self._request(secured)
        except ssl.SSLCertVerificationError as error:
            self._note_expiry(self._refused_certificate(addresses))
            raise _Failed("tls", error.verify_message) from None
        except (OSError, ValueError) as error:
            raise self._failed("tls", error) from None

    def _addresses(self) -> list[tuple[str, int]]:
        mapped = self._names.address(self._host) if self._tls else None
        if mapped is not None:
            return [mapped]
        if not self._names.public:
            raise _Failed("dns", f"{self._host} is not a name of this environment")
        # getaddrinfo knows no time limit; a thread that outlasts ours ends by itself.
        pool = ThreadPoolExecutor(1)
        try:
            asked = pool.submit(socket.getaddrinfo, self._host, self._port, type=socket.SOCK_STREAM)
            return [(str(found[4][0]), self._port) for found in asked.result(self._left())]
        except TimeoutError:
            raise self._too_late() from None
        except (OSError, UnicodeError) as error:
            raise _Failed("dns", f"{self._host}: {getattr(error, 'strerror', error)}") from None
        finally:
            pool.shutdown(wait=False)

    def _connected(self, addresses: list[tuple[str, int]]) -> socket.socket:
        last: OSError = ConnectionError("no address")
        for address in addresses:
            try:
                return socket.create_connection(address, self._left())
            except OSError as error:
                last = error
        raise self._failed("connect", last)

    def _request(self, connection: socket.socket) -> None:
        asking = http.client.HTTPConnection(self._host)
        asking.sock = connection
        headers = {"Accept": "text/html,*/*", "Connection": "close"}
        if self._user_agent:
            headers["User-Agent"] = self._user_agent
        try:
            asking.request("GET", self._target, headers=headers)
            self.status = asking.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise self._failed("http", error) from None
        if self.status >= 400:
            raise _Failed("http", f"HTTP {self.status}")

    def _refused_certificate(self, addresses: list[tuple[str, int]]) -> bytes | None:
        """The certificate that was refused, looked at and not trusted, for the date it ends."""
        looking = ssl.create_default_context()
        looking.check_hostname = False
        looking.verify_mode = ssl.CERT_NONE
        try:
            with (
                socket.create_connection(addresses[0], self._left()) as plain,
                looking.wrap_socket(plain, server_hostname=self._host) as secured,
            ):
                return secured.getpeercert(binary_form=True)
        except (OSError, _Failed):
            return None

    def _note_expiry(self, certificate: bytes | None) -> None:
        if certificate:
            ends = x509.load_der_x509_certificate(certificate).not_valid_after_utc
            self.certificate_expires = ends.astimezone(UTC).astimezone(ZONE)

    def _failed(self, kind: Kind, error: Exception) -> _Failed:
        if isinstance(error, TimeoutError) or time.monotonic() >= self._deadline:
            return self._too_late()
        return _Failed(kind, str(error) or type(error).__name__)

    def _too_late(self) -> _Failed:
        return _Failed("timeout", f"{self._host} took longer than {self._timeout:g} seconds")

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self._too_late()
        return left


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself
