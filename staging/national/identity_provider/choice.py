"""From a portal's request to the choice of account kind, and the citizen's way through VNeID."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from staging.hosts import NATIONAL_IDP
from staging.national.identity_provider.logins import Logins, StaleError, as_subject
from staging.national.identity_provider.oauth import ISSUER, Subject
from staging.openid.request import OAuthRequest
from staging.portals import captcha
from staging.portals.dates import iso
from staging.portals.relying_party import (
    Citizen,
    DeniedAtProviderError,
    LoginError,
    RelyingParty,
)
from staging.scene import NOVEMBER_2026, PUBLISHED, Scene
from staging.signing.certificates import Certificates

PAGES = "/authenticationendpoint"
RETRY = f"{PAGES}/retry.do"
# ? What happens at VNeID's third card without an organisation behind the citizen is not known.
NO_ORGANISATION = "Tài khoản chưa được đăng ký định danh điện tử cho tổ chức, doanh nghiệp."


class Choice:
    def __init__(
        self, scene: Scene, logins: Logins, vneid: RelyingParty, rendered: Jinja2Templates
    ) -> None:
        self.scene = scene
        self.logins = logins
        self.vneid = vneid
        self.rendered = rendered
        self.organisations = scene.shared(Certificates).organisations

    def routes(self) -> list[Route]:
        return [
            Route("/oauth2/authorize", self.authorize),
            Route(f"{PAGES}/login.do", self.login),
            Route(f"{PAGES}/login.do", self.answer_captcha, methods=["POST"]),
            Route("/commonauth", self.common_auth),
            Route(RETRY, self.retry),
        ]

    async def authorize(self, request: Request) -> Response:
        query = request.url.query
        asked = OAuthRequest("GET", f"{ISSUER}/oauth2/authorize?{query}", query, request.headers)
        try:
            self.logins.oauth.get_consent_grant(asked)
        except OAuth2Error as error:
            if getattr(error, "redirect_uri", None):
                told: Response = self.logins.oauth.handle_error_response(asked, error)
                return told
            return RedirectResponse(RETRY, 302)
        client_id = asked.payload.client_id
        key = self.logins.begin(request, client_id)
        onward = urlencode(
            {"sessionDataKey": key, "relyingParty": client_id, "tenantDomain": "carbon.super"}
        )
        return RedirectResponse(f"{PAGES}/login.do?{onward}", 302)

    async def login(self, request: Request) -> Response:
        key = request.query_params.get("sessionDataKey", "")
        try:
            with self.logins.of(request, key) as login:
                asked = parse_qs(login.query)
                own = self.logins.oauth.clients[login.client_id].accounts == "own"
        except StaleError:
            return RedirectResponse(RETRY, 302)
        if self.scene.faults.active("captcha-before-login", NATIONAL_IDP) and not captcha.solved(
            request
        ):
            return self.page(request, "captcha.html", key=key)
        if own or asked.get("idp") == ["dvcqg-cong-dan"]:
            return RedirectResponse(f"{PAGES}/citizen.do?sessionDataKey={key}", 302)
        return self.page(
            request,
            "login.html",
            key=key,
            business=self.scene.edition != NOVEMBER_2026,
            third_card=self.scene.edition != PUBLISHED,
        )

    async def answer_captcha(self, request: Request) -> Response:
        form = await request.form()
        if not captcha.check(request, str(form.get("captcha", ""))):
            request.session["alert"] = "Mã xác nhận không đúng. Vui lòng nhập lại."
        return RedirectResponse(f"{PAGES}/login.do?{request.url.query}", 303)

    async def common_auth(self, request: Request) -> Response:
        """The card that was chosen, or the return from VNeID: one address, as the real one's."""
        try:
            if "idp" in request.query_params:
                return await self._chosen(request)
            return await self._back_from_vneid(request)
        except StaleError:
            return RedirectResponse(RETRY, 302)

    async def _chosen(self, request: Request) -> Response:
        key = request.query_params.get("sessionDataKey", "")
        kind = request.query_params["idp"]
        with self.logins.of(request, key):
            if kind == "dvcqg" and self.scene.edition != NOVEMBER_2026:
                return RedirectResponse(f"{PAGES}/business.do?sessionDataKey={key}", 302)
            organisation = kind == "vneid-org" and self.scene.edition != PUBLISHED
            if kind != "vneid" and not organisation:
                raise StaleError
            response = await self.vneid.begin(request)
            state = parse_qs(urlsplit(response.headers["location"]).query)["state"][0]
            request.session["at_vneid"] = {"key": key, "kind": kind, "state": state}
            return response

    async def _back_from_vneid(self, request: Request) -> Response:
        away = request.session.pop("at_vneid", None)
        if away is None or away["state"] != request.query_params.get("state"):
            raise StaleError
        with self.logins.of(request, away["key"]) as login:
            try:
                citizen = await self.vneid.finish(request)
            except DeniedAtProviderError:
                return RedirectResponse(self.logins.refuse(login), 302)
            except LoginError as failure:
                raise StaleError from failure
            if away["kind"] == "vneid":
                subject = _as_subject(citizen)
            else:
                organisation = self.organisations.represented_by(citizen.sub)
                if organisation is None:
                    request.session["alert"] = NO_ORGANISATION
                    onward = f"{PAGES}/login.do?sessionDataKey={login.key}"
                    return RedirectResponse(onward, 302)
                subject = as_subject(organisation)
            return RedirectResponse(self.logins.finish(request, login, subject), 302)

    async def retry(self, request: Request) -> Response:
        return self.page(request, "retry.html")

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        return self.rendered.TemplateResponse(
            request,
            template,
            {"alert": request.session.pop("alert", None)} | values,
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )


def _as_subject(citizen: Citizen) -> Subject:
    return Subject(
        sub=citizen.sub,
        # VNeID's own name for the session: when VNeID ends it, the portals can be told which.
        sid=citizen.sid or "",
        name=citizen.name,
        kind="citizen",
        more={
            "birthdate": iso(citizen.birthdate),
            "phone_number": citizen.phone_number,
            "level": citizen.level,
        },
    )
