"""The provider's addresses that portals call, and the sign-out that browsers are sent to."""

from pathlib import Path

from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from staging import hosts
from staging.openid.request import OAuthRequest
from staging.scene import Scene
from staging.templates import templates
from staging.vneid import browser
from staging.vneid.provider import ISSUER, Provider, discovery
from staging.vneid.sign_out import SignOut

_NO_STORE = {"Cache-Control": "no-store"}


class OidcEndpoints:
    def __init__(self, scene: Scene, provider: Provider, sign_out: SignOut) -> None:
        self._provider = provider
        self._sign_out = sign_out
        self._templates = templates(scene, hosts.VNEID, Path(__file__).parent / "templates")
        self.routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/jwks", self._jwks),
            Route("/token", self._token, methods=["POST"]),
            Route("/end-session", self._end_session, methods=["GET", "POST"]),
        ]

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(discovery())

    async def _jwks(self, _request: Request) -> Response:
        return JSONResponse(self._provider.jwks())

    async def _token(self, request: Request) -> Response:
        encoded = (await request.body()).decode()
        asked = OAuthRequest("POST", f"{ISSUER}/token", encoded, request.headers)
        answer: Response = self._provider.create_token_response(asked)
        return answer

    async def _end_session(self, request: Request) -> Response:
        encoded = (await request.body()).decode() if request.method == "POST" else request.url.query
        asked = OAuthRequest(request.method, f"{ISSUER}/end-session", encoded, request.headers)
        try:
            checked = self._provider.validate_endpoint_request("end_session", asked)
        except OAuth2Error as error:
            return self._page(request, "refused.html", {"reason": error.description}, 400)
        if checked.needs_confirmation and request.method == "GET":
            # Without proof of who asks, any page could sign citizens out (RP-Initiated Logout, 6).
            return self._page(request, "confirm-sign-out.html", {})
        sid = (checked.id_token_claims or {}).get("sid")
        ended = await self._sign_out.end(sid=sid, cookie=browser.session_cookie(request) or None)
        answer: Response | None = self._provider.create_endpoint_response("end_session", checked)
        answer = answer or self._page(request, "signed-out.html", {})
        if ended:
            browser.forget_session(answer)
        return answer

    def _page(
        self, request: Request, name: str, context: dict[str, str], status: int = 200
    ) -> Response:
        return self._templates.TemplateResponse(request, name, context, status, _NO_STORE)
