"""Where a program or a person asks how to reach this instance: plain HTTP on loopback."""

from typing import Any

import jinja2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from staging import hosts
from staging.scene import Scene

_PAGE = jinja2.Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Guidewatch: cổng mô phỏng</title>
<link rel="icon" href="data:,">
<style>body{font:16px/1.5 "Noto Sans",Arial,sans-serif;margin:2rem auto;
  max-width:48rem;padding:0 1rem}
td{padding:.2rem 1.5rem .2rem 0}</style></head>
<body><main><h1>Cổng mô phỏng · simulated portals</h1>
<p>Nothing here is a real portal and nobody here is a real person. Edition: {{ edition }}.
<code>python -m staging browse</code> opens a browser that knows these names and trusts the
<a href="/authority.pem">authority</a>. For programs: <a href="/directory">/directory</a>.</p>
<table>{% for name, address in names.items() %}
<tr><td>{{ name }}</td><td>{{ address }}</td></tr>{% endfor %}</table></main></body></html>
"""
)


class FrontDesk:
    """Its directory is complete only once all listeners are open."""

    def __init__(self, scene: Scene, addresses: dict[str, tuple[str, int]], authority: str) -> None:
        self._scene = scene
        self._addresses = addresses
        self._authority = authority
        self.app = Starlette(
            routes=[
                Route("/", self._person),
                Route("/directory", self._program),
                Route("/authority.pem", self._authority_pem),
            ]
        )

    def directory(self) -> dict[str, Any]:
        return {
            "names": {host: f"{ip}:{port}" for host, (ip, port) in self._addresses.items()},
            "ca": self._authority,
            "control": f"https://{hosts.CONTROL}",
            "sms": f"https://{hosts.SMS}",
            "edition": self._scene.edition,
            "simulated": True,
        }

    async def _person(self, _request: Request) -> HTMLResponse:
        directory = self.directory()
        return HTMLResponse(_PAGE.render(names=directory["names"], edition=directory["edition"]))

    async def _program(self, _request: Request) -> JSONResponse:
        return JSONResponse(self.directory())

    async def _authority_pem(self, _request: Request) -> HTMLResponse:
        return HTMLResponse(self._authority, media_type="application/x-pem-file")
