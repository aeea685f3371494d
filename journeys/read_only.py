"""Production is read-only by construction: what would change something never leaves the browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Route

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, section 9.2.1
STOPPED = "ERR_BLOCKED_BY_CLIENT"  # how Chromium calls a request that we have stopped


class ReadOnly:
    """Lets a context send nothing but safe requests, and open no socket that lasts.

    A page may need others to render itself (an application that asks its data by POST): they pass
    until the visitor acts on it, and never as a navigation. What was pressed on one page does not
    forbid the next one to render itself.

    Args:
        context: of a device.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._acted = False
        context.route("**/*", self._decide)
        context.route_web_socket("**/*", lambda socket: socket.close())

    def acted(self) -> None:
        """The visitor acts on the page in front."""
        self._acted = True

    def _decide(self, route: Route) -> None:
        request = route.request
        navigates = request.is_navigation_request()
        if request.method in SAFE or not (navigates or self._acted):
            if navigates and request.frame.parent_frame is None:
                self._acted = False
            route.fallback()
        else:
            route.abort("blockedbyclient")
