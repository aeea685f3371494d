"""The app's screens. One address a screen; what is to be decided is kept on the server's side."""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import hosts
from staging.app.phone import LoggedOutError, Phone, Phones
from staging.assets import Assets
from staging.editions import PUBLISHED
from staging.scene import Scene, Site
from staging.templates import templates
from staging.vneid.accounts import RefusedError

_HERE = Path(__file__).parent
_COOKIE = "vneid_app"
_LAST_PERSON = "vneid_app_last"


class App:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._phones = Phones(scene)
        self._templates = templates(scene, hosts.APP, _HERE / "templates")
        self.app = Starlette(
            routes=[
                Route("/", self._home),
                Route("/dang-nhap", self._log_in_screen),
                Route("/dang-nhap", self._log_in, methods=["POST"]),
                Route("/doi-tai-khoan", self._change_account, methods=["POST"]),
                Route("/dang-xuat", self._log_out, methods=["POST"]),
                Route("/quet-ma-qr", self._scan_screen),
                Route("/quet-ma-qr", self._scan, methods=["POST"]),
                Route("/yeu-cau-dang-nhap", self._request_screen),
                Route("/yeu-cau-dang-nhap", self._decide, methods=["POST"]),
                Route("/passcode", self._passcode_screen),
                Route("/passcode", self._passcode, methods=["POST"]),
                Route("/thong-bao", self._notice_screen),
                Route("/thong-bao", self._close_notice, methods=["POST"]),
                Route("/ma-dang-nhap", self._code_screen),
                Mount("/static", Assets(_HERE / "static")),
            ],
            exception_handlers={LoggedOutError: _to_log_in},
        )

    # --- logging in to the app itself ---

    async def _log_in_screen(self, request: Request) -> Response:
        return self._show_log_in(request)

    async def _log_in(self, request: Request) -> Response:
        form = await request.form()
        identity = str(form.get("identity") or request.cookies.get(_LAST_PERSON, ""))
        try:
            cookie = self._phones.log_in(identity, str(form.get("password", "")))
        except RefusedError as refused:
            return self._show_log_in(request, error=str(refused), entered=identity)
        response = _to("/")
        _remember(response, _COOKIE, cookie)
        _remember(response, _LAST_PERSON, identity.strip())
        return response

    async def _change_account(self, request: Request) -> Response:
        response = _to("/dang-nhap")
        response.delete_cookie(_LAST_PERSON, secure=True, httponly=True, samesite="lax")
        return response

    async def _log_out(self, request: Request) -> Response:
        self._phones.log_out(request.cookies.get(_COOKIE, ""))
        return _to("/dang-nhap")

    def _show_log_in(self, request: Request, error: str = "", entered: str = "") -> Response:
        last = self._scene.people.by_identity(request.cookies.get(_LAST_PERSON, ""))
        status = 400 if error else 200
        return self._screen(
            request, "log-in.html", {"last": last, "error": error, "entered": entered}, status
        )

    # --- home, scan, decide ---

    async def _home(self, request: Request) -> Response:
        with self._phone(request) as phone:
            return self._screen(
                request,
                "home.html",
                {
                    "person": phone.person,
                    "message": phone.take_message(),
                    "shows_codes": self._scene.edition != PUBLISHED,
                },
            )

    async def _scan_screen(self, request: Request) -> Response:
        with self._phone(request):
            return self._screen(request, "scan.html", {})

    async def _scan(self, request: Request) -> Response:
        form = await request.form()
        with self._phone(request) as phone:
            try:
                return _to(phone.scan(str(form.get("payload", ""))))
            except RefusedError as refused:
                return self._screen(request, "scan.html", {"error": str(refused)}, 400)

    async def _request_screen(self, request: Request) -> Response:
        with self._phone(request) as phone:
            if phone.screen != "confirm":
                return _to("/")
            context = {"portal": phone.portal_name, "person": phone.person}
            return self._screen(request, "request.html", context)

    async def _decide(self, request: Request) -> Response:
        form = await request.form()
        with self._phone(request) as phone:
            try:
                return _to(phone.decide(confirmed=form.get("decision") == "confirm"))
            except RefusedError as refused:
                return self._screen(request, "scan.html", {"error": str(refused)}, 400)

    async def _passcode_screen(self, request: Request) -> Response:
        with self._phone(request) as phone:
            if phone.screen != "passcode":
                return _to("/")
            return self._screen(request, "passcode.html", {})

    async def _passcode(self, request: Request) -> Response:
        form = await request.form()
        with self._phone(request) as phone:
            try:
                return _to(phone.enter_passcode(str(form.get("passcode", ""))))
            except RefusedError as refused:
                return self._screen(request, "passcode.html", {"error": str(refused)}, 400)

    async def _notice_screen(self, request: Request) -> Response:
        with self._phone(request) as phone:
            if phone.screen != "notice":
                return _to("/")
            context = {"portal": phone.portal_name, "logs_out": phone.flow == "notice-and-log-out"}
            return self._screen(request, "notice.html", context)

    async def _close_notice(self, request: Request) -> Response:
        with self._phone(request) as phone:
            return _to(phone.close_notice())

    async def _code_screen(self, request: Request) -> Response:
        if self._scene.edition == PUBLISHED:
            return _to("/")
        with self._phone(request) as phone:
            code, seconds = self._phones.codes.shown_by_app(phone.person)
            return self._screen(request, "code.html", {"code": code, "seconds": seconds})

    def _phone(self, request: Request) -> Phone:
        return self._phones.of(request.cookies.get(_COOKIE, ""))

    def _screen(
        self, request: Request, name: str, context: dict[str, Any], status: int = 200
    ) -> Response:
        headers = {"Cache-Control": "no-store"}
        return self._templates.TemplateResponse(request, name, context, status, headers)


def site(scene: Scene) -> Site:
    return Site(hosts.APP, App(scene).app)


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


async def _to_log_in(_request: Request, _error: Exception) -> Response:
    return _to("/dang-nhap")


def _remember(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, secure=True, httponly=True, samesite="lax")
