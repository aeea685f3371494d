"""Authlib's authorization server on Starlette; its requests are built before it is called."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

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

from staging.openid.clients import RegisteredClient
from staging.openid.request import OAuthRequest
from staging.scene import Scene

_CODE_SECONDS = 60
_ID_TOKEN_SECONDS = 600


class CodeServer(AuthorizationServer, ABC):  # type: ignore[misc]
    """A provider names itself and its table of codes, and says who somebody is."""

    issuer: ClassVar[str]
    codes: ClassVar[type[Any]]  # an IssuedCode with columns of the provider's own
    clients: Mapping[str, RegisteredClient]

    def __init__(self, scene: Scene, clients: Mapping[str, RegisteredClient]) -> None:
        scopes = {scope for client in clients.values() for scope in client.scopes}
        super().__init__(scopes_supported=sorted(scopes))
        self.scene = scene
        self.clients = clients
        self.key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"})
        self.key.ensure_kid()
        self.register_token_generator(
            "default",
            BearerTokenGenerator(lambda **_: generate_token(42), expires_generator=lambda *_: 600),
        )
        self.register_grant(_CodeGrant, [_SignedIdToken(self), _S256Required(required=True)])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    # What a provider says itself.
    @abstractmethod
    def whose(self, granted: Any) -> dict[str, str]:
        """The columns of a code that say for whom it is issued."""

    @abstractmethod
    def led_into(self, granted: Any, client_id: str) -> Any:
        """The row that says which portal this session has led into."""

    @abstractmethod
    def user_of(self, code: Any) -> Any:
        """For whom a code was issued; None where there is nobody any more."""

    @abstractmethod
    def claims_of(self, user: Any) -> dict[str, Any]:
        """What an ID token says of somebody."""

    # What Authlib asks of a framework.
    def query_client(self, client_id: str) -> RegisteredClient | None:
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
    server: CodeServer

    def save_authorization_code(self, code: str, request: OAuthRequest) -> None:
        server, asked, granted = self.server, request.payload.data, request.user
        client_id = request.client.client_id
        with Session(server.scene.engine) as session, session.begin():
            session.add(
                server.codes(
                    code=code,
                    client_id=client_id,
                    redirect_uri=asked["redirect_uri"],
                    scope=request.scope,
                    nonce=asked["nonce"],
                    code_challenge=asked["code_challenge"],
                    code_challenge_method=asked["code_challenge_method"],
                    issued=server.scene.clock.timestamp(),
                    **server.whose(granted),
                )
            )
            session.merge(server.led_into(granted, client_id))

    def query_authorization_code(self, code: str, client: RegisteredClient) -> Any:
        """Shown once, it is gone, whatever else is wrong with the request."""
        scene, codes = self.server.scene, self.server.codes
        with Session(scene.engine, expire_on_commit=False) as session, session.begin():
            found = session.get(codes, code)
            if found is None:
                return None
            session.execute(delete(codes).where(codes.code == code))
        fresh = scene.clock.timestamp() <= found.issued + _CODE_SECONDS
        return found if fresh and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code: Any) -> None:
        """Gone already."""

    def authenticate_user(self, authorization_code: Any) -> Any:
        return self.server.user_of(authorization_code)


class _S256Required(CodeChallenge):  # type: ignore[misc]
    """PKCE is asked of every portal, although all of them have a secret."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: _CodeGrant, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _SignedIdToken(OpenIDCode):  # type: ignore[misc]
    def __init__(self, server: CodeServer) -> None:
        super().__init__(require_nonce=True)
        self._server = server

    def exists_nonce(self, nonce: str, request: OAuthRequest) -> bool:
        codes = self._server.codes
        asked_before = select(codes.code).where(
            codes.nonce == nonce, codes.client_id == request.payload.client_id
        )
        with Session(self._server.scene.engine) as session:
            return session.execute(asked_before).first() is not None

    def resolve_client_private_key(self, client: RegisteredClient) -> ECKey:
        return self._server.key

    def get_encode_header(self, client: RegisteredClient) -> dict[str, str]:
        return {"alg": client.id_token_signed_response_alg, "kid": str(self._server.key.kid)}

    def get_client_claims(self, client: RegisteredClient) -> dict[str, Any]:
        now = int(self._server.scene.clock.timestamp())
        return {
            "iss": self._server.issuer,
            "aud": client.client_id,
            "iat": now,
            "auth_time": now,
            "exp": now + _ID_TOKEN_SECONDS,
        }

    def generate_user_info(self, user: Any, scope: str) -> dict[str, Any]:
        return self._server.claims_of(user)
