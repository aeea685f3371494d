"""The portals' own sessions: kept on the server, the browser holds only a random name.

The real families work so (PHP and .NET sessions), and it is what makes a sign-out that comes
from VNeID over the back channel possible: the portal can forget a session without its browser.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Engine, String, Table, Text, delete, insert, select, update
from starlette.datastructures import MutableHeaders
from starlette.middleware.sessions import Session
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from staging.clock import Clock
from staging.store import metadata

portal_sessions = Table(
    "portal_sessions",
    metadata,
    # The digest, not the cookie: whoever reads the store cannot take over a session with it.
    Column("key", String(64), primary_key=True),
    Column("host", String, nullable=False, index=True),
    Column("subject", String, index=True),
    Column("provider_session", String, index=True),
    Column("touched", String, nullable=False),
    Column("data", Text, nullable=False),
)

# How long an idle portal session lives is not known for any of the real portals (?).
IDLE_LIMIT = timedelta(minutes=60)
TOUCH_EVERY = timedelta(minutes=1)


class BrowserSession(Session):
    """What one browser and one portal know about each other, as `request.session`."""

    key: str | None = None
    renewed: bool = False

    def renew(self) -> None:
        """Gives the session another name: one that was planted before the login is worthless."""
        self.renewed = True
        self.mark_modified()


class PortalSessions:
    """ASGI middleware that loads the session of one portal before a request and keeps it after."""

    def __init__(self, app: ASGIApp, engine: Engine, clock: Clock, host: str, cookie: str) -> None:
        self.app = app
        self.engine = engine
        self.clock = clock
        self.host = host
        self.cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = self._load(HTTPConnection(scope).cookies.get(self.cookie))
        scope["session"] = session

        async def send_and_keep(message: Message) -> None:
            if message["type"] == "http.response.start" and session.modified:
                headers = MutableHeaders(scope=message)
                name = self._keep(session)
                if name:
                    headers.append("Set-Cookie", self._cookie_header(name))
                headers.add_vary_header("Cookie")
            await send(message)

        await self.app(scope, receive, send_and_keep)

    def _cookie_header(self, name: str) -> str:
        return f"{self.cookie}={name}; Path=/; HttpOnly; Secure; SameSite=Lax"

    def _load(self, name: str | None) -> BrowserSession:
        if not name:
            return BrowserSession()
        key = _digest(name)
        with self.engine.begin() as connection:
            row = connection.execute(
                select(portal_sessions.c.data, portal_sessions.c.touched).where(
                    portal_sessions.c.key == key, portal_sessions.c.host == self.host
                )
            ).one_or_none()
            if row is None:
                return BrowserSession()
            idle = self.clock.now() - datetime.fromisoformat(row.touched)
            if idle > IDLE_LIMIT:
                connection.execute(delete(portal_sessions).where(portal_sessions.c.key == key))
                return BrowserSession()
            if idle > TOUCH_EVERY:
                connection.execute(
                    update(portal_sessions)
                    .where(portal_sessions.c.key == key)
                    .values(touched=self.clock.now().isoformat())
                )
        session = BrowserSession(json.loads(row.data))
        session.key = key
        return session

    def _keep(self, session: BrowserSession) -> str | None:
        """Writes the session; returns the new name for the cookie when it got one."""
        values = _columns(session) | {"touched": self.clock.now().isoformat()}
        with self.engine.begin() as connection:
            if session.key and not session.renewed:
                # Only where it still stands: a session that the back channel ended meanwhile
                # must not rise again because a slower request of the same browser wrote to it.
                connection.execute(
                    update(portal_sessions)
                    .where(portal_sessions.c.key == session.key)
                    .values(**values)
                )
                return None
            if session.key:
                connection.execute(
                    delete(portal_sessions).where(portal_sessions.c.key == session.key)
                )
            name = secrets.token_urlsafe(32)
            connection.execute(
                insert(portal_sessions).values(key=_digest(name), host=self.host, **values)
            )
            return name


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _columns(session: BrowserSession) -> dict[str, Any]:
    """The columns by which the back channel finds a session, and the session itself."""
    citizen = session.get("citizen") or {}
    return {
        "subject": citizen.get("sub"),
        "provider_session": citizen.get("sid"),
        "data": json.dumps(dict(session)),
    }


def end_sessions(engine: Engine, host: str, subject: str | None, sid: str | None) -> int:
    """Ends the sessions of one portal that belong to a session at the provider."""
    condition = portal_sessions.c.host == host
    if sid:
        condition &= portal_sessions.c.provider_session == sid
    if subject:
        condition &= portal_sessions.c.subject == subject
    with engine.begin() as connection:
        return connection.execute(delete(portal_sessions).where(condition)).rowcount
