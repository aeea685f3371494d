"""The app's screens: sign in, the requests that wait, one request with its PIN."""

import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import hosts
from staging.assets import Assets
from staging.scene import Scene, Site
from staging.signing.certificates import Certificates
from staging.signing.organisations import Organisation
from staging.signing.transactions import PinLockedError, Transactions, WrongPinError
from staging.smartca.service import Service
from staging.smartca.tables import SmartCaSession
from staging.templates import templates

_HERE = Path(__file__).parent
_PHONE_LOOK = _HERE.parent / "signing" / "static"  # the two phones look alike
_COOKIE = "smartca_app"

# ? All wordings.
_WRONG_PASSWORD = "Tài khoản hoặc mật khẩu không chính xác."
_GONE = "Yêu cầu ký số không còn hiệu lực."
_SIGNED = "Xác nhận thành công."
_REJECTED = "Bạn đã từ chối yêu cầu."
_PIN_LOCKED = "Mã PIN đã bị khoá. Vui lòng liên hệ nhà cung cấp dịch vụ."


class LoggedOutError(Exception):
    """The app is not logged in on this phone."""


class App:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._organisations = scene.shared(Certificates).organisations
        self._transactions = Transactions(scene, "smartca")
        self._templates = templates(scene, hosts.SMARTCA_APP, _HERE / "templates")
        self.app = Starlette(
            routes=[
                Route("/", self._home),
                Route("/cho-xac-nhan", self._waiting),
                Route("/dang-nhap", self._log_in_screen),
                Route("/dang-nhap", self._log_in, methods=["POST"]),
                Route("/dang-xuat", self._log_out, methods=["POST"]),
                Route("/yeu-cau/{id}", self._request_screen),
                Route("/yeu-cau/{id}", self._decide, methods=["POST"]),
                *Service(scene, self._organisations, self._transactions).routes,
                Mount("/static", Assets(_HERE / "static")),
                Mount("/phone", Assets(_PHONE_LOOK)),
            ],
            exception_handlers={LoggedOutError: _to_log_in},
        )

    async def _log_in_screen(self, request: Request) -> Response:
        return self._screen(request, "log-in.html")

    async def _log_in(self, request: Request) -> Response:
        form = await request.form()
        user, password = (str(form.get(name, "")) for name in ("user", "password"))
        organisation = self._organisations.by_tax_code(user.strip())
        if organisation is None or not secrets.compare_digest(
            organisation.smartca_password.encode(), password.encode()
        ):
            return self._screen(request, "log-in.html", 400, error=_WRONG_PASSWORD, user=user)
        cookie = secrets.token_urlsafe(32)
        with Session(self._scene.engine) as session, session.begin():
            session.add(SmartCaSession(cookie=cookie, organisation=organisation.key))
        response = _to("/")
        response.set_cookie(_COOKIE, cookie, secure=True, httponly=True, samesite="lax")
        return response

    async def _log_out(self, request: Request) -> Response:
        cookie = request.cookies.get(_COOKIE, "")
        with Session(self._scene.engine) as session, session.begin():
            session.execute(delete(SmartCaSession).where(SmartCaSession.cookie == cookie))
        return _to("/dang-nhap")

    async def _home(self, request: Request) -> Response:
        organisation = self._logged_in(request)
        return self._screen(
            request,
            "home.html",
            organisation=organisation,
            waiting=self._transactions.waiting_for(organisation),
            message=self._take_message(request),
        )

    async def _waiting(self, request: Request) -> Response:
        """For the home screen's script: it shows a request as soon as there is one."""
        waiting = self._transactions.waiting_for(self._logged_in(request))
        return JSONResponse([one.id for one in waiting], headers={"Cache-Control": "no-store"})

    async def _request_screen(self, request: Request) -> Response:
        return self._show_request(request)

    async def _decide(self, request: Request) -> Response:
        organisation = self._logged_in(request)
        form = await request.form()
        found = self._transactions.waiting(organisation, request.path_params["id"])
        if found is None:
            return self._home_with(request, _GONE)
        if form.get("decision") == "refuse":
            self._transactions.reject(found)
            return self._home_with(request, _REJECTED)
        try:
            self._transactions.sign(organisation, found, str(form.get("pin", "")))
        except WrongPinError as wrong:
            error = f"Mã PIN không đúng. Còn {wrong.left} lần thử."
            return self._show_request(request, 400, error=error)
        except PinLockedError:
            return self._home_with(request, _PIN_LOCKED)
        return self._home_with(request, _SIGNED)

    def _show_request(self, request: Request, status: int = 200, **values: Any) -> Response:
        organisation = self._logged_in(request)
        found = self._transactions.waiting(organisation, request.path_params["id"])
        if found is None:
            return self._home_with(request, _GONE)
        return self._screen(
            request, "request.html", status, asked=found, organisation=organisation, **values
        )

    def _logged_in(self, request: Request) -> Organisation:
        with Session(self._scene.engine) as session:
            found = session.get(SmartCaSession, request.cookies.get(_COOKIE, ""))
        organisation = self._organisations.by_key(found.organisation) if found else None
        if organisation is None:
            raise LoggedOutError
        return organisation

    def _home_with(self, request: Request, message: str) -> Response:
        with Session(self._scene.engine) as session, session.begin():
            found = session.get(SmartCaSession, request.cookies.get(_COOKIE, ""))
            if found is not None:
                found.message = message
        return _to("/")

    def _take_message(self, request: Request) -> str | None:
        with Session(self._scene.engine) as session, session.begin():
            found = session.get(SmartCaSession, request.cookies.get(_COOKIE, ""))
            if found is None:
                return None
            message, found.message = found.message, None
        return message

    def _screen(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        headers = {"Cache-Control": "no-store"}
        return self._templates.TemplateResponse(request, name, values, status, headers)


def site(scene: Scene) -> Site:
    return Site(hosts.SMARTCA_APP, App(scene).app)


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


async def _to_log_in(_request: Request, _error: Exception) -> Response:
    return _to("/dang-nhap")
