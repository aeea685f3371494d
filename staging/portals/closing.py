"""The provinces' front doors after they were closed in favour of the national portal.

portal-facts.md, "What has changed since the guides", graded C: from 01/07/2025 the national
portal is the single front door. Edition 2026-11 shows that world.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from staging.hosts import NATIONAL
from staging.scene import NOVEMBER_2026, Scene

NATIONAL_PORTAL = f"https://{NATIONAL}/"


class ClosedFrontDoor:
    """ASGI middleware: in edition 2026-11 every page leads to the national portal.

    What a machine posts (a logout token from VNeID) still arrives: a session from before the
    closing must be able to end. The redirect is a temporary one, because browsers remember
    permanent ones and the edition of a running instance can be changed.
    """

    def __init__(self, app: ASGIApp, scene: Scene) -> None:
        self.app = app
        self.scene = scene

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = scope["type"] == "http" and self.scene.edition == NOVEMBER_2026
        if closed and scope["method"] in ("GET", "HEAD"):
            await RedirectResponse(NATIONAL_PORTAL, 302)(scope, receive, send)
            return
        await self.app(scope, receive, send)
