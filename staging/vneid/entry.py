"""/auth: where a portal sends the citizen, and what the sign-in page shows first."""

from pathlib import Path

from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from staging import hosts
from staging.openid.request import OAuthRequest
from staging.scene import Scene
from staging.templates import templates
from staging.vneid import browser
from staging.vneid.captcha import captcha_image
from staging.vneid.login import Logins
from staging.vneid.provider import ISSUER, Provider
from staging.vneid.qr import QrCodes
from staging.vneid.tables import SsoSession

_NO_STORE = {"Cache-Control": "no-store"}


class Entry:
    def __init__(self, scene: Scene, provider: Provider, logins: Logins) -> None:
        self._scene = scene
        self._provider = provider
        self._logins = logins
        self._qr_codes = QrCodes(scene)
        self._templates = templates(scene, hosts.VNEID, Path(__file__).parent / "templates")
        self.routes = [Route("/auth", self._enter), Route("/", self._nothing_asked)]

    async def _enter(self, request: Request) -> Response:
        query = request.url.query
        asked = OAuthRequest("GET", f"{ISSUER}/auth?{query}", query, request.headers)
        try:
            self._provider.get_consent_grant(asked)
        except OAuth2Error as error:
            return self._refused(request, asked, error)
        if redirect := self._signed_in_already(request, query):
            return RedirectResponse(redirect, 302, headers=_NO_STORE)
        return self._sign_in_page(request, query, asked.payload.client_id)

    def _refused(self, request: Request, asked: OAuthRequest, error: OAuth2Error) -> Response:
        """Told to the portal where the request at least names it rightly; else to the person."""
        if getattr(error, "redirect_uri", None):
            told: Response = self._provider.handle_error_response(asked, error)
            return told
        return self._templates.TemplateResponse(
            request, "refused.html", {"reason": error.description}, 400, _NO_STORE
        )

    def _signed_in_already(self, request: Request, query: str) -> str | None:
        cookie = browser.session_cookie(request)
        with Session(self._scene.engine) as session:
            found = session.execute(
                select(SsoSession.sid, SsoSession.identity).where(SsoSession.cookie == cookie)
            ).first()
        person = self._scene.people.by_identity(found.identity) if found else None
        if found is None or person is None:
            return None
        return self._logins.answer_at_once(query, person, found.sid)

    def _sign_in_page(self, request: Request, query: str, client_id: str) -> Response:
        who = browser.browser_or_new(request)
        login = self._logins.begin(query, client_id, who)
        payload = self._qr_codes.show(login.csrt)
        response = self._templates.TemplateResponse(
            request,
            "sign-in.html",
            {
                "csrt": login.csrt,
                "portal": self._provider.clients[client_id].name,
                "qr_id": payload,
                "qr_image": self._qr_codes.image(payload),
                "captcha_image": captcha_image(login.captcha),
            },
            headers=_NO_STORE,
        )
        browser.remember_browser(response, who)
        return response

    async def _nothing_asked(self, request: Request) -> Response:
        reason = "Không có yêu cầu đăng nhập nào."
        return self._templates.TemplateResponse(
            request, "refused.html", {"reason": reason}, 400, _NO_STORE
        )
