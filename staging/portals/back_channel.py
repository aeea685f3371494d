"""Sign-out that arrives from the provider: OpenID Connect Back-Channel Logout 1.0, section 2.5-2.8."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from staging.portals.relying_party import ALGORITHMS, RelyingParty
from staging.portals.sessions import end_sessions
from staging.scene import Scene

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LEEWAY = 120


class LogoutTokenError(Exception):
    """The logout token is not one that this portal may act on."""


def back_channel_logout(
    scene: Scene, party: RelyingParty, host: str
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of one portal to which the provider posts a logout token."""

    async def endpoint(request: Request) -> Response:
        form = await request.form()
        token = form.get("logout_token")
        try:
            if not isinstance(token, str):
                raise LogoutTokenError("logout_token is missing")
            claims = await _verified(party, token)
        except (LogoutTokenError, JoseError, ValueError) as error:
            return _answer({"error": "invalid_request", "error_description": str(error)}, 400)
        if not scene.faults.active("session-survives-sign-out", host):
            end_sessions(scene.engine, host, claims.get("sub"), claims.get("sid"))
        return _answer({}, 200)

    return endpoint


async def _verified(party: RelyingParty, token: str) -> dict[str, Any]:
    claims = await _signed_claims(party, token)
    jwt.JWTClaimsRegistry(
        now=int(party.clock.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": party.provider.issuer},
        aud={"essential": True, "value": party.client_id},
        iat={"essential": True},
        jti={"essential": True},
    ).validate(claims)
    events = claims.get("events")
    if not isinstance(events, dict) or EVENT not in events:
        raise LogoutTokenError("the token does not speak of a logout")
    if "nonce" in claims:
        raise LogoutTokenError("a nonce stands in it: this is an ID token, not a logout token")
    if not claims.get("sub") and not claims.get("sid"):
        raise LogoutTokenError("neither sub nor sid says whose session ends")
    return claims


async def _signed_claims(party: RelyingParty, token: str) -> dict[str, Any]:
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    for fresh in (False, True):  # once more with fresh keys: the provider may have changed them
        keys = KeySet.import_key_set(dict(await party.keys(fresh=fresh)))  # type: ignore[arg-type]
        try:
            return dict(jwt.decode(token, key=keys, registry=registry).claims)
        except InvalidKeyIdError:
            continue
    raise LogoutTokenError("signed with a key that the provider does not have")


def _answer(body: dict[str, str], status: int) -> Response:
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
