"""A last look at a page in trouble, and what kind of trouble it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page
from rapidfuzz import fuzz, process

from config.portals import Atlas
from journeys.bounded import LIMIT, count
from journeys.read_only import STOPPED
from journeys.reading import READ_SIGHT
from pages.errors import Blocked, Broken, Stopped
from pages.finding import locate
from record.canonical import canonical, holds_words
from record.words import clause

# Chromium's own error pages carry a code; what it means for a person on duty.
_NET_ERRORS = (
    (re.compile(r"ERR_NAME_NOT_RESOLVED"), "dns"),
    (re.compile(r"ERR_CERT_|ERR_SSL_"), "tls"),
    (re.compile(r"ERR_(CONNECTION_)?TIMED_OUT"), "timeout"),
)


@dataclass(frozen=True)
class Sight:
    """What a page in trouble shows."""

    address: str
    title: str = ""
    status: int = 0
    headings: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    text: str = ""
    loaded: bool = True
    failed_request: tuple[str, str] | None = field(default=None)  # address, net error

    @property
    def host(self) -> str:
        """The host the page is at; of the request that failed, where one did."""
        address = self.failed_request[0] if self.failed_request else self.address
        return urlsplit(address).hostname or ""

    @property
    def headline(self) -> str:
        """What the page calls itself."""
        return self.headings[0] if self.headings else self.title or self.address


def look(page: Page, failed_request: tuple[str, str] | None) -> Sight:
    """Look at a page once. A page that does not answer the look is seen as not loaded."""
    try:
        seen = page.locator(":root").evaluate(READ_SIGHT, timeout=LIMIT * 1000)
    except Error:
        return Sight(page.url, loaded=False, failed_request=failed_request)
    return Sight(
        address=page.url,
        title=seen["title"],
        status=seen["status"],
        headings=tuple(seen["headings"]),
        controls=tuple(seen["controls"]),
        text=seen["text"],
        loaded=seen["loaded"],
        failed_request=failed_request,
    )


def net_error_kind(code: str) -> str:
    """The kind of fault that one of Chromium's net error codes stands for; `connect` for any other."""
    return next((kind for pattern, kind in _NET_ERRORS if pattern.search(code)), "connect")


def trouble(page: Page, sight: Sight, atlas: Atlas) -> Stopped | None:
    """What is plainly wrong with a page, if anything is.

    Returns:
        The error to raise; None when the page may only need more time.
    """
    if sight.failed_request:
        address, code = sight.failed_request
        if STOPPED in code:
            host = urlsplit(address).hostname
            return Blocked("guard", clause("stopped unsafe", host=host), host=host)
        return Broken(net_error_kind(code), code.split(" ")[0], host=urlsplit(address).hostname)
    known = known_trouble(page, sight, atlas)
    if known is None and sight.status >= 400:
        return Broken("http", f"HTTP {sight.status} – {sight.headline}", host=sight.host)
    return known


def known_trouble(page: Page, sight: Sight, atlas: Atlas) -> Stopped | None:
    """Which of the pages known not to be a portal's own this is; None if it is none of them."""
    if not sight.loaded:
        return None  # a page that does not answer tells nothing of itself
    for known in atlas.troubles:
        told = known.says is not None and holds_words(known.says, sight.text)
        shown = known.place is not None and count(locate(page, known.place)) > 0
        if told or shown:
            error = Blocked if known.outcome == "blocked" else Broken
            return error(known.kind, _excerpt(sight, known.says), host=sight.host)
    return None


def closest(names: Sequence[str], sight: Sight) -> str | None:
    """The control on the page whose name is most like one of those known; only a suggestion."""
    if not sight.controls or not names:
        return None
    ranked = [
        process.extractOne(name, sight.controls, scorer=fuzz.ratio, processor=canonical)
        for name in names
    ]
    best = max((found for found in ranked if found), key=lambda found: found[1], default=None)
    return str(best[0]) if best else None


def _excerpt(sight: Sight, says: str | None) -> str:
    """The line of the page that says what is wrong."""
    lines = [line.strip() for line in sight.text.splitlines() if line.strip()]
    if says is not None:
        lines = [line for line in lines if holds_words(says, line)] or lines
    return (lines[0] if lines else sight.headline)[:200]
