"""Questions to a page that always come back.

Playwright gives counting and reading over all matches no time limit, and while a navigation is
under way to a host that does not answer they wait for ever. Here they get one. This is the only
place that reaches below Playwright's public interface (its sync wrapper and the object beneath).
"""

from __future__ import annotations

import asyncio
import builtins
import json
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.sync_api import Error, Locator, TimeoutError

from journeys.reading import answers

# Long enough for a page that is well, in seconds; a journey's own limits lie far above it.
LIMIT = 5.0


def count(locator: Locator, limit: float = LIMIT) -> int:
    """How many elements match now.

    Raises:
        TimeoutError: the page does not answer within `limit` seconds.
    """
    return int(_within(limit, locator, locator._impl_obj.count))


def read_all(locator: Locator, what: str, limit: float = LIMIT) -> list[Any]:
    """What is read off all elements that match now (see `reading.read`).

    Raises:
        TimeoutError: the page does not answer within `limit` seconds.
    """
    asked = answers(locator, what)
    found = _within(limit, asked, lambda: asked._impl_obj.all_text_contents())
    return [json.loads(answer) for answer in found]


def _within(limit: float, locator: Locator, question: Callable[[], Awaitable[Any]]) -> Any:
    """Ask; a page that moved on just as it was asked is asked once more, as the new page it is."""
    try:
        try:
            return locator._sync(asyncio.wait_for(question(), limit))
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            return locator._sync(asyncio.wait_for(question(), limit))
    except builtins.TimeoutError:
        raise TimeoutError(f"the page does not answer within {limit:.0f} s") from None
