"""The windows as pages: nothing to do, choice of certificate, PIN."""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import hosts
from staging.assets import Assets
from staging.scene import Scene
from staging.templates import templates
from staging.token_agent.tokens import Tokens
from staging.token_agent.windows import Windows

_HERE = Path(__file__).parent


class Screens:
    def __init__(self, scene: Scene, tokens: Tokens, windows: Windows) -> None:
        self._scene = scene
        self._tokens = tokens
        self._windows = windows
        self._templates = templates(scene, hosts.TOKEN_AGENT, _HERE / "templates")
        self.app = Starlette(
            routes=[
                Route("/", self._desktop),
                Route("/cua-so", self._open),
                Route("/cua-so/{id}", self._window),
                Route("/cua-so/{id}", self._close, methods=["POST"]),
                Mount("/static", Assets(_HERE / "static")),
            ]
        )

    async def _desktop(self, request: Request) -> Response:
        """The window that is open; with several (people who share an instance), a choice."""
        if self._scene.faults.active("token-agent-stopped"):
            return self._page(request, "stopped.html")
        windows = list(self._windows)
        if len(windows) == 1:
            return RedirectResponse(f"/cua-so/{windows[0].id}", 302)
        return self._page(request, "desktop.html", windows=windows)

    async def _open(self, _request: Request) -> Response:
        ids = [window.id for window in self._windows]
        return JSONResponse(ids, headers={"Cache-Control": "no-store"})

    async def _window(self, request: Request) -> Response:
        window = self._windows.get(request.path_params["id"])
        if window is None:
            return RedirectResponse("/", 302)
        return self._page(request, f"{window.kind}.html", window=window)

    async def _close(self, request: Request) -> Response:
        window = self._windows.get(request.path_params["id"])
        form = await request.form()
        if window is not None:
            entered = str(form.get("entered", ""))
            self._windows.close(window, entered if form.get("decision") == "ok" else None)
        return RedirectResponse("/", 303)

    def _page(self, request: Request, name: str, **values: Any) -> Response:
        headers = {"Cache-Control": "no-store"}
        return self._templates.TemplateResponse(request, name, values, headers=headers)
