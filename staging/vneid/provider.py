"""VNeID as an OpenID provider.

The real one deviates from the standard (no nonce, no ID token; portal-facts.md): a browser does not
see the difference, and the portals can check what they are given.
"""

from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError  # type: ignore[import-untyped]
from authlib.oidc.rpinitiated import EndSessionEndpoint  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from staging import hosts
from staging.openid.server import CodeServer
from staging.people import Person
from staging.scene import Scene
from staging.vneid.clients import Client, load_clients
from staging.vneid.tables import AuthorizationCode, SignedInClient

ISSUER = f"https://{hosts.VNEID}"


@dataclass(frozen=True)
class SignedInPerson:
    person: Person
    sid: str


class Provider(CodeServer):
    clients: dict[str, Client]
    issuer = ISSUER
    codes = AuthorizationCode

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, load_clients(scene))
        self.register_endpoint(_EndSession(self))

    def whose(self, granted: SignedInPerson) -> dict[str, str]:
        return {"identity": granted.person.identity, "sid": granted.sid}

    def led_into(self, granted: SignedInPerson, client_id: str) -> SignedInClient:
        return SignedInClient(sid=granted.sid, client_id=client_id)

    def user_of(self, code: AuthorizationCode) -> SignedInPerson | None:
        person = self.scene.people.by_identity(code.identity)
        return SignedInPerson(person, code.sid) if person else None

    def claims_of(self, user: SignedInPerson) -> dict[str, Any]:
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
