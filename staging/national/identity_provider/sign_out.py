"""Signing out at the national provider: of the portal that asks, of VNeID behind, of the others."""

import asyncio
import secrets
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from staging.hosts import NATIONAL_IDP
from staging.national.identity_provider.choice import RETRY
from staging.national.identity_provider.oauth import ISSUER, OAuthServer
from staging.national.identity_provider.tables import SignedIn
from staging.portals.back_channel import EVENT, back_channel_logout
from staging.portals.relying_party import RelyingParty
from staging.scene import Scene


class SignOut:
    def __init__(self, scene: Scene, oauth: OAuthServer, vneid: RelyingParty) -> None:
        self.scene = scene
        self.oauth = oauth
        self.vneid = vneid

    def routes(self) -> list[Route]:
        return [
            Route("/oidc/logout", self.begin),
            Route("/vneid/logout", self.told_by_vneid, methods=["POST"]),
            Route("/", self.back),
        ]

    async def begin(self, request: Request) -> Response:
        """RP-initiated: who asks is known by the ID token, where to go by the registration."""
        asked = request.query_params
        try:
            keys = KeySet([self.oauth.key])
            claims = dict(jwt.decode(asked.get("id_token_hint", ""), keys, ["ES256"]).claims)
            client = self.oauth.clients[claims["aud"]]
        except (JoseError, ValueError, KeyError):
            return RedirectResponse(RETRY, 302)
        if asked.get("post_logout_redirect_uri") != client.post_logout_redirect_uri:
            return RedirectResponse(RETRY, 302)
        state = {"state": asked["state"]} if "state" in asked else {}
        onward = f"{client.post_logout_redirect_uri}?{urlencode(state)}".rstrip("?")
        if self.scene.faults.active("session-survives-sign-out", NATIONAL_IDP):
            return RedirectResponse(onward, 302)
        await self._tell_portals(str(claims.get("sid", "")))
        if "citizen" not in request.session:
            request.session.clear()
            return RedirectResponse(onward, 302)
        response = await self.vneid.end_session(request)
        request.session["after_sign_out"] = onward
        return response

    async def back(self, request: Request) -> Response:
        """From VNeID, which has signed the citizen out: on to the portal that began it."""
        onward = request.session.pop("after_sign_out", None)
        if onward and await self.vneid.came_back_signed_out(request):
            return RedirectResponse(onward, 302)
        return RedirectResponse(RETRY, 302)

    async def told_by_vneid(self, request: Request) -> Response:
        answer = await back_channel_logout(self.scene, self.vneid, NATIONAL_IDP)(request)
        if answer.status_code == 200:
            # Checked a line above; read again only for the session's name.
            token = str((await request.form())["logout_token"])
            keys = KeySet.import_key_set(dict(await self.vneid.keys()))  # type: ignore[arg-type]
            await self._tell_portals(str(jwt.decode(token, keys, ["ES256"]).claims.get("sid", "")))
        return answer

    async def _tell_portals(self, sid: str) -> None:
        with Session(self.scene.engine) as session, session.begin():
            told = session.scalars(select(SignedIn).where(SignedIn.sid == sid)).all()
            portals = [(one.client_id, one.subject) for one in told]
            session.execute(delete(SignedIn).where(SignedIn.sid == sid))
        async with httpx.AsyncClient(
            transport=self.scene.transport(), timeout=5, trust_env=False
        ) as http:
            await asyncio.gather(
                *(self._tell(http, client_id, sid, sub) for client_id, sub in portals)
            )

    async def _tell(self, http: httpx.AsyncClient, client_id: str, sid: str, sub: str) -> None:
        now = int(self.scene.clock.timestamp())
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": client_id,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(16),
            "events": {EVENT: {}},
            "sub": sub,
            "sid": sid,
        }
        header = {"alg": "ES256", "kid": self.oauth.key.kid, "typ": "logout+jwt"}
        token = jwt.encode(header, claims, self.oauth.key)
        try:
            address = self.oauth.clients[client_id].backchannel_logout_uri
            await http.post(address, data={"logout_token": token})
        except httpx.HTTPError:
            return  # a portal that cannot be reached must not keep the person signed in elsewhere
