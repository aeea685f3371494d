"""Production is read-only by construction: what would change something never leaves the browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, section 9.2.1


def keep_read_only(context: BrowserContext, touched: Callable[[], bool]) -> None:
    """Let a context send nothing but safe requests.

    A page may need others to render itself (an application that asks its data by POST): they pass
    while the visitor has touched nothing on it, and never as a navigation.

    Args:
        context: of a device.
        touched: whether the visitor has touched anything since the page came.
    """

    def decide(route: Route) -> None:
        request = route.request
        renders = not request.is_navigation_request() and not touched()
        if request.method in SAFE or renders:
            route.fallback()
        else:
            route.abort("blockedbyclient")

    context.route("**/*", decide)
