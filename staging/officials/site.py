"""The officials' pages: login, personal page, the profile and its update."""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import HUNG_YEN_OFFICIALS
from staging.officials import profile_form
from staging.officials.accounts import Official, Officials, Profile, RefusedError
from staging.officials.picture import LARGEST_BYTES, PictureError, checked
from staging.portals import captcha
from staging.portals.sessions import BrowserSession, PortalSessions
from staging.scene import Scene, Site
from staging.templates import templates

_HERE = Path(__file__).parent
LOGIN = "/hethong/login"
PAGE = "/hethong/trang-ca-nhan"
UPDATE = f"{PAGE}/cap-nhat"
# ? All wordings.
_WRONG_CAPTCHA = "Mã xác nhận không đúng."
_STORED = "Cập nhật thông tin thành công."
_LOOK_AGAIN = "Thông tin chưa hợp lệ, vui lòng kiểm tra lại."


class OfficialsPages:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.officials = scene.shared(Officials)
        self._templates = templates(
            scene,
            HUNG_YEN_OFFICIALS,
            _HERE / "templates",
            controls=tuple(field.name for field in profile_form.FIELDS),
        )

    # --- login ---

    async def login(self, request: Request) -> Response:
        if self._signed_in(request):
            return RedirectResponse(PAGE, 302)
        return self._page(request, "login.html")

    async def sign_in(self, request: Request) -> Response:
        form = await request.form()
        user, password = _text(form, "username"), str(form.get("password", ""))
        if self._fault("captcha-before-login") and not captcha.check(
            request, _text(form, "captcha")
        ):
            return self._page(request, "login.html", 400, alert=_WRONG_CAPTCHA, user=user)
        if self._fault("field-added") and not _text(form, "added"):
            return self._page(request, "login.html", 400, alert=_LOOK_AGAIN, user=user)
        try:
            official = self.officials.with_password(user, password)
        except RefusedError as refused:
            return self._page(request, "login.html", 400, alert=str(refused), user=user)
        session = request.session
        assert isinstance(session, BrowserSession)
        session.renew()
        session["official"] = official.user
        return RedirectResponse("/hethong", 303)

    async def sign_out(self, request: Request) -> Response:
        if not self._fault("session-survives-sign-out"):
            request.session.clear()
        return RedirectResponse(LOGIN, 303)

    # --- inside ---

    async def home(self, request: Request) -> Response:
        official = self._signed_in(request)
        if official is None:
            return RedirectResponse(LOGIN, 302)
        if self._fault("extra-screen") and not request.session.get("survey"):
            request.session["survey"] = True
            return self._inside(request, official, "notice.html")
        return self._inside(request, official, "home.html")

    async def personal_page(self, request: Request) -> Response:
        official = self._signed_in(request)
        if official is None:
            return RedirectResponse(LOGIN, 302)
        return self._inside(request, official, "personal.html")

    async def form(self, request: Request) -> Response:
        official = self._signed_in(request)
        if official is None:
            return RedirectResponse(LOGIN, 302)
        return self._form(request, official)

    async def update(self, request: Request) -> Response:
        official = self._signed_in(request)
        if official is None:
            return RedirectResponse(LOGIN, 303)
        async with request.form(max_part_size=LARGEST_BYTES) as form:
            entered = {field.name: _text(form, field.name) for field in profile_form.TEXT_FIELDS}
            today = self.scene.clock.now().date()
            found = profile_form.mistakes(entered, today, official.authorised_identity)
            before = self.officials.profile(official)
            picture, media_type = before.picture, before.picture_type
            upload = form.get("anh-dai-dien")
            if isinstance(upload, UploadFile) and upload.filename:
                picture = await upload.read(LARGEST_BYTES + 1)
                try:
                    media_type = checked(upload.filename, picture)
                except PictureError as refused:
                    found["anh-dai-dien"] = str(refused)
        if found:
            return self._form(
                request, official, 422, entered=entered, mistakes=found, alert=_LOOK_AGAIN
            )
        self.officials.keep(official, Profile(entered, picture, media_type))
        request.session["message"] = _STORED
        return RedirectResponse(PAGE, 303)

    async def picture(self, request: Request) -> Response:
        official = self._signed_in(request)
        profile = self.officials.profile(official) if official else None
        if profile is None or profile.picture is None:
            return Response(status_code=404)
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(profile.picture, media_type=profile.picture_type, headers=headers)

    def _signed_in(self, request: Request) -> Official | None:
        return self.officials.by_user(request.session.get("official", ""))

    def _form(
        self, request: Request, official: Official, status: int = 200, **values: Any
    ) -> Response:
        common = {
            "fields": profile_form.FIELDS,
            "genders": profile_form.GENDERS,
            "entered": self.officials.profile(official).entries,
            "mistakes": {},
        }
        return self._inside(request, official, "update.html", status, **(common | values))

    def _inside(
        self, request: Request, official: Official, name: str, status: int = 200, **values: Any
    ) -> Response:
        profile = self.officials.profile(official)
        common = {"official": official, "profile": profile, "fields": profile_form.FIELDS}
        message = request.session.pop("message", None)
        return self._page(request, name, status, **(common | {"message": message} | values))

    def _page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        headers = {"Cache-Control": "no-store"}
        return self._templates.TemplateResponse(request, name, values, status, headers)

    def _fault(self, name: str) -> bool:
        return self.scene.faults.active(name, HUNG_YEN_OFFICIALS) is not None


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


async def _to_login(_request: Request) -> Response:
    return RedirectResponse(LOGIN, 302)


def site(scene: Scene) -> Site:
    pages = OfficialsPages(scene)
    app = Starlette(
        routes=[
            Route("/", _to_login),
            Route(LOGIN, pages.login),
            Route(LOGIN, pages.sign_in, methods=["POST"]),
            Route("/hethong/logout", pages.sign_out, methods=["POST"]),
            Route("/hethong", pages.home),
            Route(PAGE, pages.personal_page),
            Route(UPDATE, pages.form),
            Route(UPDATE, pages.update, methods=["POST"]),
            Route(f"{PAGE}/anh", pages.picture),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(_HERE / "static")),
        ],
        middleware=[
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=HUNG_YEN_OFFICIALS,
                cookie="motcua_session",
            )
        ],
    )
    return Site(HUNG_YEN_OFFICIALS, app)
