"""A portal's end of the login with a provider: OpenID Connect, by Authlib's Starlette client.

There are two providers: VNeID, and the national portal's, through which organisations sign in.

The addresses of the provider are settings of a portal, not discovered: a portal that is told
to sign somebody in sends the browser to VNeID even while VNeID is down, and the citizen then
sees VNeID's own trouble, as in reality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

import httpx
from authlib.integrations.starlette_client import OAuth, OAuthError  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from staging.clock import Clock
from staging.hosts import NATIONAL_IDP, VNEID
from staging.portals.dates import written
from staging.portals.sessions import BrowserSession
from staging.scene import Scene

ISSUER = f"https://{VNEID}"
ALGORITHMS = ["ES256", "RS256"]


@dataclass(frozen=True)
class Provider:
    """Where a provider is asked; `name` keeps apart what one browser has under way with each."""

    name: str
    issuer: str
    authorize: str
    token: str
    jwks: str
    end_session: str
    secrets: str  # the purpose under which both ends know a client's secret


VNEID_PROVIDER = Provider("vneid", ISSUER, "/auth", "/token", "/jwks", "/end-session", "client")
NATIONAL_PROVIDER = Provider(
    "dvcqg",
    f"https://{NATIONAL_IDP}",
    "/oauth2/authorize",
    "/oauth2/token",
    "/oauth2/jwks",
    "/oidc/logout",
    "dvcqg-client",
)


class LoginError(Exception):
    """The login did not come about; nobody is signed in."""


class DeniedAtProviderError(LoginError):
    """The citizen cancelled at VNeID, or VNeID refused."""


class ProviderUnreachableError(LoginError):
    """VNeID did not answer the portal on the back channel."""


class NotVerifiedError(LoginError):
    """What came back does not belong to a login that this browser began, or is not signed right."""


@dataclass(frozen=True)
class Citizen:
    """Who the provider says is there, and the proof the portal needs for the sign-out."""

    sub: str
    name: str
    birthdate: str
    phone_number: str
    level: int
    sid: str | None
    id_token: str
    provider: str
    kind: str  # "citizen", or "organisation" from the national provider

    @classmethod
    def from_token(cls, token: Mapping[str, Any], provider: str) -> Citizen:
        claims = token["userinfo"]
        return cls(
            sub=claims["sub"],
            name=claims.get("name", ""),
            birthdate=written(claims.get("birthdate", "")),
            phone_number=claims.get("phone_number", ""),
            level=int(claims.get("level", 0)),
            sid=claims.get("sid"),
            id_token=token["id_token"],
            provider=provider,
            kind=claims.get("kind", "citizen"),
        )


class RelyingParty:
    """One portal as a client of one provider."""

    def __init__(
        self,
        scene: Scene,
        client_id: str,
        redirect_uri: str,
        after_sign_out: str,
        provider: Provider = VNEID_PROVIDER,
    ):
        self.provider = provider
        self.client_id = client_id
        self.redirect_uri = redirect_uri
        self.after_sign_out = after_sign_out
        self.clock = scene.clock
        self.client = OAuth().register(
            provider.name,
            client_id=client_id,
            client_secret=scene.secret(f"{provider.secrets}:{client_id}"),
            authorize_url=provider.issuer + provider.authorize,
            access_token_url=provider.issuer + provider.token,
            jwks_uri=provider.issuer + provider.jwks,
            end_session_endpoint=provider.issuer + provider.end_session,
            issuer=provider.issuer,
            id_token_signing_alg_values_supported=ALGORITHMS,
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic",
                "transport": scene.transport(),
                "timeout": 5.0,
                # A back channel that follows the proxy settings of the machine could leave it.
                "trust_env": False,
            },
        )

    async def begin(self, request: Request, **asked: str) -> Response:
        """Sends the browser there, with state, nonce and PKCE challenge kept in its session."""
        response = await self.client.authorize_redirect(request, self.redirect_uri, **asked)
        return cast(Response, response)

    async def finish(self, request: Request) -> Citizen:
        """Takes the answer of the provider and signs the citizen in, or raises why not."""
        try:
            token = await self.client.authorize_access_token(
                request,
                claims_cls=_claims_read_at(self.clock),
                claims_options={
                    "iss": {"essential": True, "value": self.provider.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                },
            )
            citizen = Citizen.from_token(token, self.provider.name)
        except OAuthError as error:
            if error.error == "access_denied":
                raise DeniedAtProviderError(error.description) from error
            raise NotVerifiedError(f"{error.error}: {error.description}") from error
        except httpx.HTTPError as error:
            raise ProviderUnreachableError(str(error)) from error
        except (JoseError, KeyError, ValueError) as error:
            raise NotVerifiedError(str(error)) from error
        session = cast(BrowserSession, request.session)
        session.renew()
        session["citizen"] = asdict(citizen)
        return citizen

    async def end_session(self, request: Request, *, survives: bool = False) -> Response:
        """Signs out here, then sends the browser to the provider to sign out there as well.

        `survives` is the fault `session-survives-sign-out`: everything but the forgetting.
        """
        citizen = request.session.get("citizen")
        proof = citizen["id_token"] if citizen else None
        if not survives:
            request.session.clear()
            cast(BrowserSession, request.session).renew()
        if proof is None:
            return RedirectResponse(self.after_sign_out, 302)
        response = await self.client.logout_redirect(
            request, self.after_sign_out, id_token_hint=proof, client_id=self.client_id
        )
        return cast(Response, response)

    async def came_back_signed_out(self, request: Request) -> bool:
        """Whether this request is the browser's return from the sign-out there."""
        if "state" not in request.query_params:
            return False
        try:
            await self.client.validate_logout_response(request)
        except OAuthError:
            return False
        return True

    async def keys(self, *, fresh: bool = False) -> Mapping[str, Any]:
        """The provider's public keys, for what it sends over the back channel."""
        return cast(Mapping[str, Any], await self.client.fetch_jwk_set(force=fresh))


def _claims_read_at(clock: Clock) -> type:
    """Authlib's checks of an ID token, by the instance's clock instead of the machine's.

    Tests move the clock of an instance, and the provider dates its tokens by that clock.
    """

    class ClaimsNow(CodeIDToken):  # type: ignore[misc]
        def validate(self, now: int | None = None, leeway: int = 0) -> None:
            super().validate(int(clock.now().timestamp()), leeway)

    return ClaimsNow


def signed_in(request: Request) -> Mapping[str, Any] | None:
    """The citizen of this session, as the provider's claims, or None."""
    return cast("Mapping[str, Any] | None", request.session.get("citizen"))


async def end_session_of(
    parties: tuple[RelyingParty, ...], request: Request, *, survives: bool
) -> Response:
    """Signs out where the citizen came from; without anybody signed in, at the first."""
    provider = (signed_in(request) or {}).get("provider")
    party = next((one for one in parties if one.provider.name == provider), parties[0])
    return await party.end_session(request, survives=survives)
