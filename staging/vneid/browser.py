"""The cookies by which VNeID knows a browser again."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

_BROWSER = "vneid_browser"
_SESSION = "vneid_session"


def known_browser(request: Request) -> str:
    """Empty for one that has no cookie: it began no login."""
    return request.cookies.get(_BROWSER, "")


def browser_or_new(request: Request) -> str:
    return known_browser(request) or secrets.token_urlsafe(24)


def remember_browser(response: Response, browser: str) -> None:
    _set(response, _BROWSER, browser)


def session_cookie(request: Request) -> str:
    return request.cookies.get(_SESSION, "")


def remember_session(response: Response, cookie: str) -> None:
    _set(response, _SESSION, cookie)


def forget_session(response: Response) -> None:
    response.delete_cookie(_SESSION, secure=True, httponly=True, samesite="lax")


def _set(response: Response, name: str, value: str) -> None:
    # Lax: the portals' redirects, which are navigations, have to bring it along.
    response.set_cookie(name, value, secure=True, httponly=True, samesite="lax")
