"""Faults that a visitor meets at the level of HTTP: one middleware in front of every site."""

import asyncio
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from staging import hosts
from staging.scene import Scene

_PAGES = Path(__file__).parent / "pages"
_MAINTENANCE = (_PAGES / "maintenance.html").read_text(encoding="utf-8")
_ERROR_500 = (_PAGES / "error-500.html").read_text(encoding="utf-8")
_FIREWALL = (_PAGES / "firewall.html").read_text(encoding="utf-8")
_VNEID_ENTRY = f"https://{hosts.VNEID}/auth"
_LOOKALIKE_ENTRY = f"https://{hosts.LOOKALIKE}/auth"


class FaultyHost:
    """An ASGI application around one site's."""

    def __init__(self, scene: Scene, host: str, app: ASGIApp) -> None:
        self._scene = scene
        self._host = host
        self._app = app
        self._recovered = asyncio.Event()
        scene.faults.on_change(self._wake)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._hang_while_asked()
        if late := self._scene.faults.active("latency", self._host):
            await asyncio.sleep(late["seconds"])
        if page := self._page_instead(Request(scope)):
            await page(scope, receive, send)
            return
        if self._scene.faults.active("lookalike-login", self._host):
            send = _leading_astray(send)
        await self._app(scope, receive, send)

    async def _hang_while_asked(self) -> None:
        while self._scene.faults.active("hang", self._host):
            self._recovered.clear()
            await self._recovered.wait()

    def _wake(self) -> None:
        self._recovered.set()

    def _page_instead(self, request: Request) -> Response | None:
        on = self._scene.faults.active
        if on("error-500", self._host):
            return HTMLResponse(_ERROR_500, 500)
        if on("maintenance", self._host):
            return HTMLResponse(_MAINTENANCE, 503, headers={"Retry-After": "3600"})
        if on("firewall", self._host):
            # With status 200, as the real family's firewall answers (portal-facts.md, graded C).
            number = secrets.randbelow(10**19)
            return HTMLResponse(_FIREWALL.replace("SUPPORT_ID", f"{number:019d}"))
        if (moved := on("redirected-portal", self._host)) and _elsewhere(moved["to"], self._host):
            return RedirectResponse(moved["to"], 302)
        if (
            self._host == hosts.VNEID
            and request.url.path == "/auth"
            and on("lookalike-login", self._host)
        ):
            return RedirectResponse(f"{_LOOKALIKE_ENTRY}?{request.url.query}", 302)
        return None


def _elsewhere(address: str, host: str) -> bool:
    # Set for all hosts, the destination itself must not redirect to itself for ever.
    return urlsplit(address).hostname != host


def _leading_astray(send: Send) -> Send:
    """Whatever leads to VNeID's entry leads to the look-alike's, with the same parameters."""

    async def astray(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            location = headers.get("location", "")
            if location.startswith(_VNEID_ENTRY):
                headers["location"] = location.replace(_VNEID_ENTRY, _LOOKALIKE_ENTRY, 1)
        await send(message)

    return astray
