"""Who may look: everybody on loopback; elsewhere whoever has the access token."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

COOKIE = "guidewatch_board"


class Gate:
    """Lets people in.

    Args:
        token: the access token; none: everybody, for loopback alone.
    """

    def __init__(self, token: str | None) -> None:
        self._token = token

    def lets_in(self, request: Request) -> bool:
        """Whether a request carries the token, as a bearer's or in our cookie."""
        if self._token is None:
            return True
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(given, self._token):
            return True
        return _same(request.cookies.get(COOKIE, ""), self._ticket())

    async def enter(self, request: Request) -> Response | None:
        """Take the token from the form; none: it was wrong."""
        body = (await request.body())[:4096].decode("utf-8", errors="replace")
        given = parse_qs(body).get("token", [""])[0]
        if self._token is None or not _same(given, self._token):
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            COOKIE, self._ticket(), httponly=True, samesite="strict", path="/",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    def _ticket(self) -> str:
        """What the cookie holds: not the token itself."""
        return hashlib.sha256(f"board:{self._token}".encode()).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
