"""A real SMTP server and a real webhook on loopback, which remember what came."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Inbox:
    """What came, in order; one can wait for more of it."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self.all: list[dict[str, Any]] = []
        self.refuse = False

    def add(self, one: dict[str, Any]) -> None:
        with self._came:
            self.all.append(one)
            self._came.notify_all()

    def wait_for(self, count: int, within: float) -> list[dict[str, Any]]:
        """At least so many, or whatever there is after `within` seconds."""
        with self._came:
            self._came.wait_for(lambda: len(self.all) >= count, within)
            return list(self.all)


@contextmanager
def webhook(port: int = 0) -> Iterator[tuple[str, Inbox]]:
    """A webhook at an address host:port."""
    inbox = Inbox()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(503 if inbox.refuse else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if not inbox.refuse:
                said = json.loads(body)
                inbox.add({**said, "key": self.headers.get("Idempotency-Key")})

        def log_message(self, *_arguments: object) -> None:
            """Keep the tests' output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Hook)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", inbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def smtp() -> Iterator[tuple[str, Inbox]]:
    """A mail server at an address host:port."""
    inbox = Inbox()

    class Mails:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            body = mail.get_body(("plain", "html"))
            inbox.add(
                {
                    "title": str(mail["Subject"]),
                    "message": body.get_content() if body else "",
                    "key": mail["Idempotency-Key"],
                }
            )
            return "250 OK"

    controller = _AnyPort(Mails(), hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}", inbox
    finally:
        controller.stop()


class _AnyPort(Controller):
    """Any free port: the controller's own first call goes to the one it got."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
