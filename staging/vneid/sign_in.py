"""What the sign-in page's script asks: JSON answers, at addresses as the real page's."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from staging import hosts
from staging.scene import Scene
from staging.vneid import browser
from staging.vneid.accounts import Accounts, RefusedError
from staging.vneid.codes import AskedCode, Codes
from staging.vneid.login import Answer, Logins, StaleError
from staging.vneid.qr import QrCodes
from staging.vneid.tables import Login

# ? All wordings.
_STALE = "Phiên đăng nhập đã hết hạn. Vui lòng thực hiện đăng nhập lại."
_CAPTCHA_WRONG = "Mã xác nhận không đúng."
_NOT_AGREED = "Vui lòng xác nhận đã đọc và hiểu rõ nội dung."
_PASSCODE_WRONG = "Passcode không chính xác."
_QR_STAGES = ("sign-in", "code")

Handler = Callable[[Request, FormData], Awaitable[dict[str, Any] | Answer]]


class SignIn:
    def __init__(self, scene: Scene, logins: Logins, accounts: Accounts) -> None:
        self._scene = scene
        self._logins = logins
        self._accounts = accounts
        self._codes = Codes(scene, accounts)
        self._qr_codes = QrCodes(scene)
        self.routes = [
            # `authenticate` and `change-mode` are the real page's (portal-facts.md, C); the others
            # are not known (?).
            self._action("authenticate", self._authenticate),
            self._action("change-mode", self._change_mode),
            self._action("otp", self._enter_code),
            self._action("otp-cancel", self._cancel_code),
            self._action("consent", self._consent),
            self._action("passcode", self._passcode),
            self._action("survey", self._survey),
            self._action("qr", self._new_qr),
            self._action("qr-status", self._qr_status),
            Route("/login-actions/cancel", self._cancel),
        ]

    def _action(self, name: str, handle: Handler) -> Route:
        async def answer(request: Request) -> Response:
            try:
                found = await handle(request, await request.form())
            except RefusedError as refused:
                return _json({"message": str(refused)}, 400)
            except StaleError:
                return _json({"message": _STALE, "stale": True}, 410)
            if isinstance(found, dict):
                return _json(found)
            response = _json({"next": found.next, "redirect": found.redirect})
            if found.session_cookie is not None:
                browser.remember_session(response, found.session_cookie)
            return response

        return Route(f"/login-actions/{name}", answer, methods=["POST"])

    async def _authenticate(self, request: Request, form: FormData) -> dict[str, Any]:
        with self._logins.at(*_who(request), "sign-in", "code") as login:
            self._check_extra_fields(login, form)
            person = self._accounts.with_password(_text(form, "username"), _text(form, "password"))
            self._accounts.check_level(person)
            login.identity = person.identity
            asked = self._codes.ask(login, person, self._codes.default_channel())
            return _code_screen(asked, person.masked_phone)

    def _check_extra_fields(self, login: Login, form: FormData) -> None:
        on = self._scene.faults.active
        if (added := on("field-added", hosts.VNEID)) and not _text(form, "extra"):
            raise RefusedError(f"Vui lòng nhập {added['label']}.")
        captcha = _text(form, "captcha").upper()
        if on("captcha-before-login", hosts.VNEID) and captcha != login.captcha:
            raise RefusedError(_CAPTCHA_WRONG)

    async def _change_mode(self, request: Request, form: FormData) -> dict[str, Any]:
        with self._logins.at(*_who(request), "code") as login:
            person = self._logins.person(login)
            self._accounts.check_not_locked(person)
            channel = _text(form, "mode") or login.channel or "sms"
            if channel not in ("sms", self._codes.default_channel()):
                raise StaleError
            return _code_screen(self._codes.ask(login, person, channel), person.masked_phone)

    async def _enter_code(self, request: Request, form: FormData) -> Answer:
        with self._logins.at(*_who(request), "code") as login:
            self._codes.check(login, self._logins.person(login), _text(form, "otp"))
            return self._logins.proven(login)

    async def _cancel_code(self, request: Request, form: FormData) -> dict[str, Any]:
        with self._logins.at(*_who(request), "code") as login:
            self._codes.forget(login)
        return {}

    async def _consent(self, request: Request, form: FormData) -> Answer:
        with self._logins.at(*_who(request), "consent") as login:
            if _text(form, "agreed") != "true":
                raise RefusedError(_NOT_AGREED)
            return self._logins.passed(login)

    async def _passcode(self, request: Request, form: FormData) -> Answer:
        with self._logins.at(*_who(request), "passcode") as login:
            person = self._logins.person(login)
            self._accounts.check_not_locked(person)
            if _text(form, "passcode") != person.passcode:
                self._accounts.wrong_entry(person, _PASSCODE_WRONG)
            return self._logins.passed(login)

    async def _survey(self, request: Request, form: FormData) -> Answer:
        with self._logins.at(*_who(request), "survey") as login:
            return self._logins.passed(login)

    async def _new_qr(self, request: Request, form: FormData) -> dict[str, Any]:
        with self._logins.at(*_who(request), *_QR_STAGES) as login:
            payload = self._qr_codes.show(login.csrt)
        return {"id": payload, "image": self._qr_codes.image(payload)}

    async def _qr_status(self, request: Request, form: FormData) -> dict[str, Any] | Answer:
        payload = _text(form, "id")
        with self._logins.at(*_who(request), *_QR_STAGES) as login:
            state, identity = self._qr_codes.state(login.csrt, payload)
            if state != "approved":
                return {"status": state}
            self._qr_codes.use(payload)
            login.identity, login.channel = identity, "qr"
            return self._logins.proven(login)

    async def _cancel(self, request: Request) -> Response:
        """The citizen wants no login: back to the portal with access_denied (C)."""
        try:
            with self._logins.at(*_who(request)) as login:
                return RedirectResponse(self._logins.refuse(login), 302)
        except StaleError:
            return RedirectResponse("/", 302)


def _who(request: Request) -> tuple[str, str]:
    return request.query_params.get("csrt", ""), browser.known_browser(request)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _code_screen(asked: AskedCode, masked_phone: str) -> dict[str, Any]:
    """otp, expiredDate, phoneNumber, mode and isDevice as the real answer has them (C)."""
    return {
        "otp": True,
        "expiredDate": asked.expires.strftime("%d/%m/%Y %H:%M:%S"),
        "phoneNumber": masked_phone,
        "mode": asked.channel,
        "isDevice": asked.channel == "app",
        # Ours: the page counts down without knowing the instance's clock, and draws the inputs.
        "seconds": asked.seconds,
        "digits": asked.digits,
    }


def _json(body: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
