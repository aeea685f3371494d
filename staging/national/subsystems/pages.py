"""One host's pages: login gate, overview, its subsystems, and the administrator's screen."""

from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import NATIONAL_ADMINISTRATION
from staging.national.accounts import Account, NationalAccounts
from staging.national.rendering import FOLDER, national_templates
from staging.national.rights import Rights
from staging.national.subsystems.catalogue import SUBSYSTEMS, TITLES, Subsystem, at
from staging.portals import captcha
from staging.portals.back_channel import back_channel_logout
from staging.portals.relying_party import (
    NATIONAL_PROVIDER,
    LoginError,
    RelyingParty,
    signed_in,
)
from staging.portals.return_address import local_path
from staging.portals.sessions import PortalSessions
from staging.scene import Scene, Site

GRANTS = "/phan-quyen"
NOT_SIGNED_IN = "Đăng nhập không thành công. Vui lòng thử lại."  # ?


class Pages:
    def __init__(self, scene: Scene, host: str, party: RelyingParty) -> None:
        self.scene = scene
        self.host = host
        self.party = party
        self.accounts = scene.shared(NationalAccounts)
        self.rights = scene.shared(Rights)
        self.rendered = national_templates(
            scene, host, "subsystems", controls=tuple(one.key for one in at(host))
        )

    # --- signing in and out ---

    async def login(self, request: Request) -> Response:
        request.session["return_url"] = local_path(request.query_params.get("return-url"))
        if self._fault("captcha-before-login") and not captcha.solved(request):
            return self._page(request, "captcha.html")
        return await self.party.begin(request)

    async def answer_captcha(self, request: Request) -> Response:
        captcha.check(request, str((await request.form()).get("captcha", "")))
        return RedirectResponse("/sso/login", 303)

    async def back(self, request: Request) -> Response:
        wanted = request.session.pop("return_url", None) or "/"
        try:
            await self.party.finish(request)
        except LoginError:
            request.session["alert"] = NOT_SIGNED_IN
            return RedirectResponse("/", 302)
        return RedirectResponse(wanted, 302)

    async def sign_out(self, request: Request) -> Response:
        survives = self._fault("session-survives-sign-out")
        return await self.party.end_session(request, survives=survives)

    # --- inside ---

    async def home(self, request: Request) -> Response:
        if await self.party.came_back_signed_out(request):
            return RedirectResponse("/", 302)
        official = signed_in(request)
        if official is None:
            return self._page(request, "gate.html")
        if len(at(self.host)) == 1:
            return RedirectResponse(at(self.host)[0].path, 302)
        return self._page(
            request, "overview.html", administers=self.rights.administers(official["sub"])
        )

    async def subsystem(self, request: Request) -> Response:
        wanted = next(one for one in at(self.host) if one.path == request.url.path)
        official = signed_in(request)
        if official is None:
            return self._to_login(request)
        if not self.rights.may_enter(official["sub"], wanted.key):
            return self._refused(request, wanted.name)
        return self._page(request, "subsystem.html", subsystem=wanted)

    async def grants(self, request: Request) -> Response:
        if (turned_away := self._turned_away(request)) is not None:
            return turned_away
        rows = [
            (account, self._granted(account))
            for account in self.accounts.all()
            if not self.rights.administers(account.identity)
        ]
        return self._page(request, "grants.html", rows=rows, subsystems=SUBSYSTEMS)

    async def grants_of_one(self, request: Request) -> Response:
        if (turned_away := self._turned_away(request)) is not None:
            return turned_away
        account = self.accounts.by_identity(request.path_params["identity"])
        if account is None or self.rights.administers(account.identity):
            request.session["alert"] = "Không tìm thấy tài khoản."
            return RedirectResponse(GRANTS, 303)
        if request.method == "POST":
            return await self._change(request, account)
        return self._page(
            request,
            "grants_of_one.html",
            account=account,
            granted=self._granted(account),
            subsystems=SUBSYSTEMS,
        )

    async def _change(self, request: Request, account: Account) -> Response:
        ticked = {str(value) for value in (await request.form()).getlist("phan-he")}
        for key, granted in self._granted(account).items():
            if granted != (key in ticked):
                self.rights.change(account.identity, key, granted=not granted)
        request.session["message"] = f"Đã cập nhật quyền của {account.name}."
        return RedirectResponse(GRANTS, 303)

    def _granted(self, account: Account) -> dict[str, bool]:
        return {one.key: self.rights.granted(account.identity, one.key) for one in SUBSYSTEMS}

    def _turned_away(self, request: Request) -> Response | None:
        """Where somebody ends who may not grant rights; none: the administrator is asking."""
        official = signed_in(request)
        if official is None:
            return self._to_login(request)
        if not self.rights.administers(official["sub"]):
            return self._refused(request, "Phân quyền quản trị")
        return None

    def _to_login(self, request: Request) -> Response:
        return RedirectResponse(f"/sso/login?return-url={quote(request.url.path)}", 302)

    def _refused(self, request: Request, what: str) -> Response:
        return self._page(request, "refused.html", 403, what=what)

    def _page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        mine: tuple[Subsystem, ...] = at(self.host)
        common = {
            "title": TITLES[self.host],
            "official": signed_in(request),
            "mine": mine,
            "alert": request.session.pop("alert", None),
            "message": request.session.pop("message", None),
        }
        return self.rendered.TemplateResponse(
            request, name, common | values, status, headers={"Cache-Control": "no-store"}
        )

    def _fault(self, name: str) -> bool:
        return self.scene.faults.active(name, self.host) is not None


def site(scene: Scene, host: str, client_id: str) -> Site:
    address = f"https://{host}"
    party = RelyingParty(
        scene, client_id, f"{address}/sso/callback", f"{address}/", NATIONAL_PROVIDER
    )
    pages = Pages(scene, host, party)
    granting = [
        Route(GRANTS, pages.grants),
        Route(f"{GRANTS}/{{identity}}", pages.grants_of_one, methods=["GET", "POST"]),
    ]
    app = Starlette(
        routes=[
            Route("/", pages.home),
            *(Route(one.path, pages.subsystem) for one in at(host)),
            *(granting if host == NATIONAL_ADMINISTRATION else []),
            Route("/sso/login", pages.login),
            Route("/sso/login", pages.answer_captcha, methods=["POST"]),
            Route("/sso/callback", pages.back),
            Route("/sso/logout", pages.sign_out),
            Route("/sso/logout/dvcqg", back_channel_logout(scene, party, host), methods=["POST"]),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=host,
                cookie="JSESSIONID",
            )
        ],
    )
    return Site(host, app)
