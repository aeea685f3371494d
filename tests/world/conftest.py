"""A small TLS server under any name, so that these tests need no embedded portals."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from staging.authority import Authority
from world.names import Names

NAME = "portal.example"
Serve = Callable[..., Names]


class Answers(BaseHTTPRequestHandler):
    """Says which names it was asked under."""

    status: ClassVar[int] = 200

    def do_GET(self) -> None:
        body = f"<title>{self.headers['Host']}</title>{self.headers['User-Agent']}".encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Keep the tests' output quiet."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """A refused handshake is what is being tested."""


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = tmp_path / "authority"
    folder.mkdir()
    return Authority(folder)


@pytest.fixture
def serve(authority: Authority) -> Iterator[Serve]:
    """Serve NAME with a good certificate, or with any other context or status."""
    with ExitStack() as running:

        def begin(context: ssl.SSLContext | None = None, status: int = 200) -> Names:
            port = running.enter_context(serving(context or authority.context(NAME), status))
            return Names(map={NAME: f"127.0.0.1:{port}"}, ca_pem=authority.pem)

        yield begin


@contextmanager
def serving(context: ssl.SSLContext, status: int) -> Iterator[int]:
    handler = type("Handler", (Answers,), {"status": status, "protocol_version": "HTTP/1.1"})
    server = Quiet(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
