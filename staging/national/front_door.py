"""dichvucong.gov.vn: the single front door of edition 2026-11, one of several before.

Until then its Đăng nhập leads to the identity provider (xacthuc); since the provinces' doors
are closed it logs in at VNeID directly (portal-facts.md, "What has changed", graded C).
"""

from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import NATIONAL
from staging.national.rendering import FOLDER, national_templates
from staging.portals import captcha
from staging.portals.back_channel import back_channel_logout
from staging.portals.relying_party import (
    NATIONAL_PROVIDER,
    DeniedAtProviderError,
    LoginError,
    ProviderUnreachableError,
    RelyingParty,
    end_session_of,
    signed_in,
)
from staging.portals.return_address import local_path
from staging.portals.sessions import PortalSessions
from staging.portals.zalo import zalo_code
from staging.scene import NOVEMBER_2026, Scene, Site

ADDRESS = f"https://{NATIONAL}"
ACCOUNT = "/tai-khoan"

DENIED = "Đăng nhập VNeID thất bại. Vui lòng thử lại"
UNREACHABLE = "Không kết nối được tới hệ thống VNeID. Vui lòng thử lại sau."
NOT_VERIFIED = "Đã xảy ra lỗi trong quá trình xác thực. Vui lòng thử đăng nhập lại."

# What the home page offers, by event of life and of business; a selection (?).
EVENTS = (
    ("Công dân", ("Có con nhỏ", "Học tập", "Việc làm", "Cư trú và giấy tờ tùy thân", "Hôn nhân")),
    ("Doanh nghiệp", ("Khởi sự kinh doanh", "Lao động và bảo hiểm", "Tài chính", "Đấu thầu")),
)


class FrontDoor:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.party = RelyingParty(scene, "national", f"{ADDRESS}/sso/vneid/callback", f"{ADDRESS}/")
        self.provider = RelyingParty(
            scene, "national", f"{ADDRESS}/sso/callback", f"{ADDRESS}/", NATIONAL_PROVIDER
        )
        self.rendered = national_templates(scene, NATIONAL, "front_door")

    async def home(self, request: Request) -> Response:
        for party in (self.party, self.provider):
            if await party.came_back_signed_out(request):
                return RedirectResponse("/", 302)
        pop_up = zalo_code(NATIONAL) if self._fault("second-qr") else None
        return self._page(request, "home.html", events=EVENTS, zalo=pop_up)

    async def login(self, request: Request) -> Response:
        request.session["return_url"] = local_path(request.query_params.get("return-url"))
        if signed_in(request):
            return RedirectResponse(request.session.pop("return_url", None) or ACCOUNT, 302)
        if self._fault("captcha-before-login") and not captcha.solved(request):
            return self._page(request, "captcha.html")
        if self.scene.edition == NOVEMBER_2026:
            return await self.party.begin(request)
        asked = {"acr_values": "LoA1"}
        if request.query_params.get("loai") == "cong-dan":
            # From the registration: to the form for the account that it has just made.
            asked["idp"] = "dvcqg-cong-dan"
        return await self.provider.begin(request, **asked)

    async def answer_captcha(self, request: Request) -> Response:
        form = await request.form()
        if not captcha.check(request, str(form.get("captcha", ""))):
            self._leave_alert(request, "danger", "Mã xác nhận không đúng. Vui lòng nhập lại.")
        return RedirectResponse("/sso/login", 303)

    async def back_from_vneid(self, request: Request) -> Response:
        return await self._back_from(self.party, request)

    async def back_from_provider(self, request: Request) -> Response:
        return await self._back_from(self.provider, request)

    async def _back_from(self, party: RelyingParty, request: Request) -> Response:
        try:
            await party.finish(request)
        except LoginError as failure:
            self._leave_alert(request, "danger", _message(failure))
            return RedirectResponse("/", 302)
        target = request.session.pop("return_url", None) or ACCOUNT
        if self._fault("extra-screen"):
            return RedirectResponse(f"/khao-sat?tiep-tuc={quote(target)}", 302)
        return RedirectResponse(target, 302)

    async def survey(self, request: Request) -> Response:
        target = local_path(request.query_params.get("tiep-tuc")) or ACCOUNT
        if request.method == "POST":
            return RedirectResponse(target, 303)
        return self._guarded(request, "survey.html", target=target)

    async def account(self, request: Request) -> Response:
        return self._guarded(request, "account.html")

    async def sign_out(self, request: Request) -> Response:
        survives = self._fault("session-survives-sign-out")
        return await end_session_of((self.party, self.provider), request, survives=survives)

    async def search(self, request: Request) -> Response:
        return self._page(request, "search.html", words=request.query_params.get("tu-khoa", ""))

    async def not_found(self, request: Request, _error: Exception) -> Response:
        return self._page(request, "not_found.html", status=404)

    def _guarded(self, request: Request, template: str, **values: Any) -> Response:
        if not signed_in(request):
            return RedirectResponse(f"/sso/login?return-url={quote(request.url.path)}", 302)
        return self._page(request, template, **values)

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        common = {"citizen": signed_in(request), "alert": request.session.pop("alert", None)}
        return self.rendered.TemplateResponse(
            request,
            template,
            common | values,
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )

    def _leave_alert(self, request: Request, kind: str, message: str) -> None:
        request.session["alert"] = {"kind": kind, "message": message}

    def _fault(self, name: str) -> bool:
        return self.scene.faults.active(name, NATIONAL) is not None


def _message(failure: LoginError) -> str:
    if isinstance(failure, DeniedAtProviderError):
        return DENIED
    return UNREACHABLE if isinstance(failure, ProviderUnreachableError) else NOT_VERIFIED


def site(scene: Scene) -> Site:
    door = FrontDoor(scene)
    app = Starlette(
        routes=[
            Route("/", door.home),
            Route("/tim-kiem", door.search),
            Route("/sso/login", door.login),
            Route("/sso/login", door.answer_captcha, methods=["POST"]),
            Route("/sso/vneid/callback", door.back_from_vneid),
            Route("/sso/callback", door.back_from_provider),
            Route(
                "/sso/dvcqg/logout",
                back_channel_logout(scene, door.provider, NATIONAL),
                methods=["POST"],
            ),
            Route("/sso/logout", door.sign_out),
            Route(
                "/sso/vneid/logout",
                back_channel_logout(scene, door.party, NATIONAL),
                methods=["POST"],
            ),
            Route("/khao-sat", door.survey, methods=["GET", "POST"]),
            Route(ACCOUNT, door.account),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=NATIONAL,
                cookie="JSESSIONID",
            )
        ],
        exception_handlers={404: door.not_found},
    )
    return Site(NATIONAL, app)
