"""VNeID as an OpenID provider: authorization code flow with PKCE, nonce and signed ID tokens.

The real one deviates from the standard (no nonce, no ID token; portal-facts.md): a browser does not
see the difference, and the portals can check what they are given.
"""

from dataclasses import dataclass
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
from authlib.oidc.rpinitiated import EndSessionEndpoint  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from staging import hosts
from staging.people import Person
from staging.scene import Scene
from staging.vneid.clients import Client, load_clients
from staging.vneid.oauth_request import OAuthRequest
from staging.vneid.tables import AuthorizationCode, SignedInClient

ISSUER = f"https://{hosts.VNEID}"
_CODE_SECONDS = 60
_ID_TOKEN_SECONDS = 600


@dataclass(frozen=True)
class SignedInPerson:
    person: Person
    sid: str


class Provider(AuthorizationServer):  # type: ignore[misc]
    """Authlib's authorization server on Starlette; its requests are built before it is called."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scopes_supported=["openid", "profile", "phone"])
        self.scene = scene
        self.clients = load_clients(scene)
        self.key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"})
        self.key.ensure_kid()
        self.register_token_generator(
            "default",
            BearerTokenGenerator(lambda **_: generate_token(42), expires_generator=lambda *_: 600),
        )
        self.register_grant(_CodeGrant, [_SignedIdToken(self), _S256Required(required=True)])
        self.register_endpoint(_EndSession(self))

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
        asked, granted = request.payload.data, request.user
        with Session(scene.engine) as session, session.begin():
            session.add(
                AuthorizationCode(
                    code=code,
                    client_id=request.client.client_id,
                    redirect_uri=asked["redirect_uri"],
                    scope=request.scope,
                    nonce=asked["nonce"],
                    code_challenge=asked["code_challenge"],
                    code_challenge_method=asked["code_challenge_method"],
                    identity=granted.person.identity,
                    sid=granted.sid,
                    issued=scene.clock.timestamp(),
                )
            )
            session.merge(SignedInClient(sid=granted.sid, client_id=request.client.client_id))

    def query_authorization_code(self, code: str, client: Client) -> AuthorizationCode | None:
        """Shown once, it is gone, whatever else is wrong with the request."""
        scene: Scene = self.server.scene
        with Session(scene.engine, expire_on_commit=False) as session, session.begin():
            found = session.get(AuthorizationCode, code)
            if found is None:
                return None
            session.execute(delete(AuthorizationCode).where(AuthorizationCode.code == code))
        if found.client_id != client.client_id:
            return None
        if scene.clock.timestamp() > found.issued + _CODE_SECONDS:
            return None
        return found

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        """Gone already."""

    def authenticate_user(self, authorization_code: AuthorizationCode) -> SignedInPerson | None:
        person = self.server.scene.people.by_identity(authorization_code.identity)
        return SignedInPerson(person, authorization_code.sid) if person else None


class _S256Required(CodeChallenge):  # type: ignore[misc]
    """PKCE is asked of every portal, although all of them have a secret."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: _CodeGrant, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _SignedIdToken(OpenIDCode):  # type: ignore[misc]
    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self._provider = provider

    def exists_nonce(self, nonce: str, request: OAuthRequest) -> bool:
        asked_before = select(AuthorizationCode.code).where(
            AuthorizationCode.nonce == nonce,
            AuthorizationCode.client_id == request.payload.client_id,
        )
        with Session(self._provider.scene.engine) as session:
            return session.execute(asked_before).first() is not None

    def resolve_client_private_key(self, client: Client) -> ECKey:
        return self._provider.key

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": client.id_token_signed_response_alg, "kid": str(self._provider.key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        now = int(self._provider.scene.clock.timestamp())
        return {
            "iss": ISSUER,
            "aud": client.client_id,
            "iat": now,
            "auth_time": now,
            "exp": now + _ID_TOKEN_SECONDS,
        }

    def generate_user_info(self, user: SignedInPerson, scope: str) -> dict[str, Any]:
        person = user.person
        return {
            "sub": person.identity,
            "sid": user.sid,
            "name": person.name,
            "birthdate": person.birth_date.isoformat(),
            "phone_number": person.phone,
            "level": person.level,
        }


class _EndSession(EndSessionEndpoint):  # type: ignore[misc]
    """Checks who asks and where to go afterwards; sign_out.py ends the session before that."""

    def get_server_jwks(self) -> KeySet:
        return KeySet([self.server.key])

    def _validate_id_token_hint(self, id_token_hint: str) -> dict[str, Any]:
        # Authlib would compare the token's times with the machine's clock, not the instance's; the
        # specification asks only whether the token is ours (RP-Initiated Logout 1.0, section 2).
        try:
            return dict(jwt.decode(id_token_hint, self.get_server_jwks(), ["ES256"]).claims)
        except (JoseError, ValueError) as error:
            raise InvalidRequestError("The ID token hint is not one of ours.") from error

    def end_session(self, end_session_request: Any) -> None:
        """Ended already, because telling the portals has to be waited for."""


def discovery() -> dict[str, Any]:
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        "end_session_endpoint": f"{ISSUER}/end-session",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "profile", "phone"],
        "claims_supported": ["sub", "sid", "name", "birthdate", "phone_number", "level"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }
