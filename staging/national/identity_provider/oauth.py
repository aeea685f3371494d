"""The national provider's OAuth end: authorization code flow with PKCE, nonce, signed ID tokens.

The real one is a WSO2 Identity Server (portal-facts.md, graded C): addresses are its own.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749 import (  # type: ignore[import-untyped]
    AuthorizationServer,
    InvalidRequestError,
    grants,
)
from authlib.oauth2.rfc6750 import BearerTokenGenerator  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import CodeChallenge  # type: ignore[import-untyped]
from authlib.oidc.core.grants import OpenIDCode  # type: ignore[import-untyped]
from joserfc.jwk import ECKey
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from staging import hosts
from staging.national.identity_provider.clients import Client, load_clients
from staging.national.identity_provider.tables import NationalCode, SignedIn
from staging.scene import Scene
from staging.vneid.oauth_request import OAuthRequest

ISSUER = f"https://{hosts.NATIONAL_IDP}"
_CODE_SECONDS = 60
_ID_TOKEN_SECONDS = 600


@dataclass(frozen=True)
class Subject:
    """Who has signed in: a citizen, or an organisation."""

    sub: str
    sid: str
    name: str
    kind: str
    more: dict[str, Any] = field(default_factory=dict)

    def claims(self) -> dict[str, Any]:
        return {"sub": self.sub, "sid": self.sid, "name": self.name, "kind": self.kind, **self.more}


class OAuthServer(AuthorizationServer):  # type: ignore[misc]
    def __init__(self, scene: Scene) -> None:
        super().__init__(scopes_supported=["openid"])
        self.scene = scene
        self.clients = load_clients(scene)
        self.key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"})
        self.key.ensure_kid()
        self.register_token_generator(
            "default",
            BearerTokenGenerator(lambda **_: generate_token(42), expires_generator=lambda *_: 600),
        )
        self.register_grant(_CodeGrant, [_SignedIdToken(self), _S256Required(required=True)])

    def answer(self, query: str, subject: Subject | None) -> str:
        """The portal's redirect address with a code for this subject; with none, access_denied."""
        asked = OAuthRequest("GET", f"{ISSUER}/oauth2/authorize?{query}", query, {})
        grant = self.get_consent_grant(asked)
        response: Response = self.create_authorization_response(asked, subject, grant=grant)
        return str(response.headers["location"])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    # What Authlib asks of a framework.
    def query_client(self, client_id: str) -> Client | None:
        return self.clients.get(client_id)

    def save_token(self, token: dict[str, Any], request: OAuthRequest) -> None:
        """Access tokens open nothing here: all that a portal learns is in the ID token."""

    def create_oauth2_request(self, request: OAuthRequest) -> OAuthRequest:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        if isinstance(body, dict):
            return JSONResponse(body, status, headers=dict(headers))
        return Response(body, status, headers=dict(headers))

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""


class _CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: OAuthRequest) -> None:
        scene: Scene = self.server.scene
        asked, subject = request.payload.data, request.user
        client_id = request.client.client_id
        with Session(scene.engine) as session, session.begin():
            session.add(
                NationalCode(
                    code=code,
                    client_id=client_id,
                    redirect_uri=asked["redirect_uri"],
                    scope=request.scope,
                    nonce=asked["nonce"],
                    code_challenge=asked["code_challenge"],
                    code_challenge_method=asked["code_challenge_method"],
                    claims=json.dumps(subject.claims()),
                    issued=scene.clock.timestamp(),
                )
            )
            session.merge(SignedIn(sid=subject.sid, client_id=client_id, subject=subject.sub))

    def query_authorization_code(self, code: str, client: Client) -> NationalCode | None:
        """Shown once, it is gone, whatever else is wrong with the request."""
        scene: Scene = self.server.scene
        with Session(scene.engine, expire_on_commit=False) as session, session.begin():
            found = session.get(NationalCode, code)
            if found is None:
                return None
            session.execute(delete(NationalCode).where(NationalCode.code == code))
        fresh = scene.clock.timestamp() <= found.issued + _CODE_SECONDS
        return found if fresh and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code: NationalCode) -> None:
        """Gone already."""

    def authenticate_user(self, authorization_code: NationalCode) -> dict[str, Any]:
        claims: dict[str, Any] = json.loads(authorization_code.claims)
        return claims


class _S256Required(CodeChallenge):  # type: ignore[misc]
    """PKCE is asked of every portal, although all of them have a secret."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: _CodeGrant, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _SignedIdToken(OpenIDCode):  # type: ignore[misc]
    def __init__(self, server: OAuthServer) -> None:
        super().__init__(require_nonce=True)
        self._server = server

    def exists_nonce(self, nonce: str, request: OAuthRequest) -> bool:
        asked_before = select(NationalCode.code).where(
            NationalCode.nonce == nonce, NationalCode.client_id == request.payload.client_id
        )
        with Session(self._server.scene.engine) as session:
            return session.execute(asked_before).first() is not None

    def resolve_client_private_key(self, client: Client) -> ECKey:
        return self._server.key

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": client.id_token_signed_response_alg, "kid": str(self._server.key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        now = int(self._server.scene.clock.timestamp())
        exp = now + _ID_TOKEN_SECONDS
        return {"iss": ISSUER, "aud": client.client_id, "iat": now, "auth_time": now, "exp": exp}

    def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
        return user
