"""The end of a session: at VNeID, and at every portal it was used for (back-channel logout)."""

import asyncio
import logging
import secrets

import httpx
from joserfc import jwt
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from staging import hosts
from staging.scene import Scene
from staging.vneid.provider import ISSUER, Provider
from staging.vneid.tables import AuthorizationCode, SignedInClient, SsoSession

_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_log = logging.getLogger(__name__)


class SignOut:
    def __init__(self, scene: Scene, provider: Provider) -> None:
        self._scene = scene
        self._provider = provider

    async def end(self, *, sid: str | None, cookie: str | None) -> bool:
        """Ends the session named by the portal and the one of the browser; tells their portals.

        False when the fault keeps them alive, so that the browser keeps its cookie too.
        """
        if self._scene.faults.active("session-survives-sign-out", hosts.VNEID):
            return False
        with Session(self._scene.engine) as session, session.begin():
            ended = session.execute(
                select(SsoSession.sid, SsoSession.identity).where(
                    or_(SsoSession.sid == sid, SsoSession.cookie == cookie)
                )
            ).all()
            people = {row.sid: row.identity for row in ended}
            told = session.execute(
                select(SignedInClient.client_id, SignedInClient.sid).where(
                    SignedInClient.sid.in_(people)
                )
            ).all()
            for table in (SsoSession, SignedInClient, AuthorizationCode):
                session.execute(delete(table).where(table.sid.in_(people)))
        async with httpx.AsyncClient(transport=self._scene.transport(), timeout=5) as http:
            await asyncio.gather(
                *(self._tell(http, row.client_id, row.sid, people[row.sid]) for row in told)
            )
        return True

    async def _tell(self, http: httpx.AsyncClient, client_id: str, sid: str, sub: str) -> None:
        address = self._provider.clients[client_id].backchannel_logout_uri
        try:
            answer = await http.post(
                address, data={"logout_token": self._logout_token(client_id, sid, sub)}
            )
            answer.raise_for_status()
        except httpx.HTTPError as error:
            # A portal that cannot be reached must not keep the citizen signed in elsewhere.
            _log.warning("%s was not told of a sign-out: %s", client_id, error)

    def _logout_token(self, client_id: str, sid: str, sub: str) -> str:
        now = int(self._scene.clock.timestamp())
        return jwt.encode(
            {"alg": "ES256", "kid": self._provider.key.kid, "typ": "logout+jwt"},
            {
                "iss": ISSUER,
                "aud": client_id,
                "iat": now,
                "exp": now + 120,
                "jti": secrets.token_urlsafe(16),
                "events": {_EVENT: {}},
                "sub": sub,
                "sid": sid,
            },
            self._provider.key,
        )
