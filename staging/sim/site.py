"""The phone with the SIM: which number is in it, the prompt, the PIN."""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import hosts
from staging.assets import Assets
from staging.scene import Scene, Site
from staging.signing.certificates import Certificates
from staging.signing.organisations import Organisation
from staging.signing.transactions import (
    PinLockedError,
    Transaction,
    Transactions,
    WrongPinError,
)
from staging.sim.service import Service
from staging.templates import templates

_HERE = Path(__file__).parent
_PHONE_LOOK = _HERE.parent / "signing" / "static"  # the two phones look alike
_COOKIE = "sim_number"  # no secret: whoever holds the phone holds the SIM


class Phone:
    def __init__(self, scene: Scene) -> None:
        self._organisations = scene.shared(Certificates).organisations
        self._transactions = Transactions(scene, "sim")
        self._templates = templates(scene, hosts.SIM_PHONE, _HERE / "templates")
        self.app = Starlette(
            routes=[
                Route("/", self._idle),
                Route("/lap-sim", self._insert, methods=["POST"]),
                Route("/thao-sim", self._take_out, methods=["POST"]),
                Route("/cho-xac-nhan", self._waiting),
                Route("/yeu-cau/{id}", self._prompt),
                Route("/yeu-cau/{id}", self._decide, methods=["POST"]),
                Route("/yeu-cau/{id}/pin", self._pin),
                Route("/yeu-cau/{id}/pin", self._enter_pin, methods=["POST"]),
                *Service(scene, self._organisations, self._transactions).routes,
                Mount("/static", Assets(_HERE / "static")),
                Mount("/phone", Assets(_PHONE_LOOK)),
            ]
        )

    async def _idle(self, request: Request) -> Response:
        organisation = self._sim(request)
        if organisation is None:
            return self._screen(request, "no-sim.html")
        if waiting := self._transactions.waiting_for(organisation):
            return _to(f"/yeu-cau/{waiting[0].id}")
        return self._screen(request, "idle.html", phone=organisation.phone)

    async def _insert(self, request: Request) -> Response:
        number = str((await request.form()).get("phone", "")).strip()
        if self._organisations.by_phone(number) is None:
            error = "Không có SIM ký số nào mang số điện thoại này."
            return self._screen(request, "no-sim.html", 400, error=error)
        response = _to("/")
        response.set_cookie(_COOKIE, number, secure=True, httponly=True, samesite="lax")
        return response

    async def _take_out(self, _request: Request) -> Response:
        response = _to("/")
        response.delete_cookie(_COOKIE, secure=True, httponly=True, samesite="lax")
        return response

    async def _waiting(self, request: Request) -> Response:
        organisation = self._sim(request)
        waiting = self._transactions.waiting_for(organisation) if organisation else []
        return JSONResponse([one.id for one in waiting], headers={"Cache-Control": "no-store"})

    async def _prompt(self, request: Request) -> Response:
        return self._at(request, "prompt.html")

    async def _decide(self, request: Request) -> Response:
        found = self._asked(request)
        form = await request.form()
        if found is not None and form.get("decision") == "confirm":
            return _to(f"/yeu-cau/{found.id}/pin")
        if found is not None:
            self._transactions.reject(found)
        return _to("/")

    async def _pin(self, request: Request) -> Response:
        return self._at(request, "pin.html")

    async def _enter_pin(self, request: Request) -> Response:
        organisation, found = self._sim(request), self._asked(request)
        form = await request.form()
        if organisation is None or found is None:
            return _to("/")
        if form.get("decision") == "refuse":
            self._transactions.reject(found)
            return _to("/")
        try:
            self._transactions.sign(organisation, found, str(form.get("pin", "")))
        except WrongPinError as wrong:
            error = f"Mã PIN không đúng. Còn {wrong.left} lần thử."
            return self._at(request, "pin.html", 400, error=error)
        except PinLockedError:
            return self._screen(request, "done.html", message="Mã PIN của SIM đã bị khoá.")
        return self._screen(request, "done.html", message="Đã gửi chữ ký.")

    def _at(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        found = self._asked(request)
        if found is None:
            return _to("/")
        return self._screen(request, name, status, asked=found, **values)

    def _asked(self, request: Request) -> Transaction | None:
        organisation = self._sim(request)
        if organisation is None:
            return None
        return self._transactions.waiting(organisation, request.path_params["id"])

    def _sim(self, request: Request) -> Organisation | None:
        return self._organisations.by_phone(request.cookies.get(_COOKIE, ""))

    def _screen(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        headers = {"Cache-Control": "no-store"}
        return self._templates.TemplateResponse(request, name, values, status, headers)


def site(scene: Scene) -> Site:
    return Site(hosts.SIM_PHONE, Phone(scene).app)


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
