"""The national provider's OAuth end.

The real one is a WSO2 Identity Server (portal-facts.md, graded C): addresses are its own.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from staging import hosts
from staging.national.identity_provider.clients import Client, load_clients
from staging.national.identity_provider.tables import NationalCode, SignedIn
from staging.openid.request import OAuthRequest
from staging.openid.server import CodeServer
from staging.scene import Scene

ISSUER = f"https://{hosts.NATIONAL_IDP}"


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


class OAuthServer(CodeServer):
    clients: dict[str, Client]
    issuer = ISSUER
    codes = NationalCode

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, load_clients(scene))

    def answer(self, query: str, subject: Subject | None) -> str:
        """The portal's redirect address with a code for this subject; with none, access_denied."""
        asked = OAuthRequest("GET", f"{ISSUER}/oauth2/authorize?{query}", query, {})
        grant = self.get_consent_grant(asked)
        response: Response = self.create_authorization_response(asked, subject, grant=grant)
        return str(response.headers["location"])

    def whose(self, granted: Subject) -> dict[str, str]:
        return {"claims": json.dumps(granted.claims())}

    def led_into(self, granted: Subject, client_id: str) -> SignedIn:
        return SignedIn(sid=granted.sid, client_id=client_id, subject=granted.sub)

    def user_of(self, code: NationalCode) -> dict[str, Any]:
        claims: dict[str, Any] = json.loads(code.claims)
        return claims

    def claims_of(self, user: dict[str, Any]) -> dict[str, Any]:
        return user
