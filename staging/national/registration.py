"""dangky.dichvucong.gov.vn: registration of an account on the national portal.

LC-2020, appendix II: tick "công dân -> Thuê bao di động", fill in the form (fields with * are
required), Đăng ký; a code by SMS, good for 2 minutes, Xác nhận; a new password, twice; then the
provider's login. Addresses: portal-facts.md, graded C.
"""

import hmac
import secrets
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import sms
from staging.assets import Assets
from staging.hosts import NATIONAL, NATIONAL_REGISTRATION
from staging.national import passwords
from staging.national.accounts import Account, AlreadyRegisteredError, NationalAccounts
from staging.national.registration_form import FIELDS, KINDS, mistakes
from staging.national.rendering import FOLDER, national_templates
from staging.national.subscribers import load_subscribers
from staging.portals import captcha
from staging.portals.sessions import PortalSessions
from staging.scene import PUBLISHED, Scene, Site

CODE_SECONDS = 120.0  # LC-2020: "mã OTP chỉ có hiệu lực 2 phút"
CODE_DIGITS = 6  # ?
WRONG_CODES_ALLOWED = 5  # ?
LOGIN = f"https://{NATIONAL}/sso/login?loai=cong-dan"

# Graded C in portal-facts.md, "National registration".
WRONG = "Thông tin vừa nhập không chính xác, yêu cầu nhập lại."
WRONG_CODE = "Mã OTP vừa nhập không chính xác"
LATE_CODE = "Mã OTP quá thời gian chờ"
# ? The words of these are not known; that the number must be the person's own is graded C.
NOT_THE_SUBSCRIBER = "Số điện thoại không khớp với thông tin thuê bao của nhà mạng."
TAKEN = "Số điện thoại hoặc số giấy tờ đã được đăng ký tài khoản."
TOO_MANY = "Ông/Bà đã nhập sai mã OTP quá 5 lần. Vui lòng đăng ký lại."
CARD_EXPIRED = "Giấy tờ đã hết hạn sử dụng."


class Registration:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.accounts = scene.shared(NationalAccounts)
        self.subscribers = load_subscribers()
        self.rendered = national_templates(
            scene,
            NATIONAL_REGISTRATION,
            "registration",
            controls=tuple(method.control for kind in KINDS for method in kind.methods)
            + tuple(kind.control for kind in KINDS),
        )

    # --- the form ---

    async def form(self, request: Request) -> Response:
        if self._fault("captcha-before-login") and not captcha.solved(request):
            return self._page(request, "captcha.html")
        return self._form(request)

    async def submit(self, request: Request) -> Response:
        form = await request.form()
        if "captcha" in form:
            captcha.check(request, str(form["captcha"]))
            return RedirectResponse("/register", 303)
        entered = {name: str(value).strip() for name, value in form.items()}
        found, alert = self._mistakes(entered)
        if found or alert:
            return self._form(request, 422, entered=entered, mistakes=found, alert=alert)
        request.session["registration"] = {"entered": entered}
        self._send_code(request)
        return RedirectResponse("/sendOtp", 303)

    def _mistakes(self, entered: dict[str, str]) -> tuple[dict[str, str], str | None]:
        today = self.scene.clock.now().date()
        found = mistakes(entered, today, added_field=self._fault("field-added"))
        if self.scene.edition != PUBLISHED:
            found["doi-tuong"] = "Chọn đối tượng và hình thức đăng ký."
        if found:
            return found, WRONG
        subscriber = self.subscribers.get(entered["so-dien-thoai"])
        if subscriber is None or not subscriber.is_who_entered(entered):
            return {"so-dien-thoai": NOT_THE_SUBSCRIBER}, WRONG
        if subscriber.card_valid_until < today:  # whatever last day was entered
            return {"ngay-het-han": CARD_EXPIRED}, WRONG
        if not subscriber.holds_the_card(entered):
            return {"so-dien-thoai": NOT_THE_SUBSCRIBER}, WRONG
        taken = self.accounts.taken(subscriber.identity, subscriber.phone)
        return {}, TAKEN if taken else None

    # --- the code ---

    async def code(self, request: Request) -> Response:
        return self._code_page(request)

    async def check_code(self, request: Request) -> Response:
        under_way = request.session.get("registration")
        if not under_way or "code" not in under_way:
            return RedirectResponse("/register", 303)
        entered = str((await request.form()).get("otp", "")).strip()
        if self.scene.clock.timestamp() >= under_way["expires"]:
            return self._code_page(request, 400, mistake=LATE_CODE)
        if not hmac.compare_digest(entered.encode(), under_way["code"].encode()):
            under_way["wrong"] += 1
            request.session["registration"] = under_way
            if under_way["wrong"] >= WRONG_CODES_ALLOWED:
                del request.session["registration"]
                return self._form(request, 400, alert=TOO_MANY)
            return self._code_page(request, 400, mistake=WRONG_CODE)
        request.session["registration"] = {"entered": under_way["entered"], "proven": True}
        return RedirectResponse("/password", 303)

    async def send_again(self, request: Request) -> Response:
        if "code" in (request.session.get("registration") or {}):
            self._send_code(request)
        return RedirectResponse("/sendOtp", 303)

    def _send_code(self, request: Request) -> None:
        """A new code; the one before is worth nothing from now on."""
        under_way = request.session["registration"]
        digits, lifetime = self._asked_digits(), self._asked_lifetime()
        code = "".join(secrets.choice("0123456789") for _ in range(digits))
        expires = self.scene.clock.timestamp() + lifetime
        wrong = under_way.get("wrong", 0)
        request.session["registration"] = under_way | {
            "code": code,
            "expires": expires,
            "wrong": wrong,
        }
        sms.send(
            self.scene,
            under_way["entered"]["so-dien-thoai"],
            f"Ma OTP dang ky tai khoan Cong Dich vu cong quoc gia: {code}. "
            f"Ma co hieu luc trong {lifetime / 60:g} phut.",
        )

    def _asked_digits(self) -> int:
        asked = self.scene.faults.active("otp-digits")
        return int(asked["digits"]) if asked else CODE_DIGITS

    def _asked_lifetime(self) -> float:
        asked = self.scene.faults.active("otp-lifetime")
        return float(asked["seconds"]) if asked else CODE_SECONDS

    def _code_page(self, request: Request, status: int = 200, **values: Any) -> Response:
        under_way = request.session.get("registration")
        if not under_way or "code" not in under_way:
            return RedirectResponse("/register", 302)
        left = max(0, round(under_way["expires"] - self.scene.clock.timestamp()))
        phone = under_way["entered"]["so-dien-thoai"]
        minutes = f"{self._asked_lifetime() / 60:g}"
        return self._page(
            request,
            "otp.html",
            status,
            left=left,
            phone=phone,
            minutes=minutes,
            digits=self._asked_digits(),
            **values,
        )

    # --- the password ---

    async def password(self, request: Request) -> Response:
        if not (request.session.get("registration") or {}).get("proven"):
            return RedirectResponse("/register", 302)
        return self._page(request, "password.html", rule=passwords.RULE)

    async def set_password(self, request: Request) -> Response:
        under_way = request.session.get("registration") or {}
        if not under_way.get("proven"):
            return RedirectResponse("/register", 303)
        form = await request.form()
        password, again = str(form.get("mat-khau", "")), str(form.get("nhap-lai", ""))
        if mistake := passwords.mistake(password, again):
            return self._page(request, "password.html", 422, rule=passwords.RULE, mistake=mistake)
        entered = under_way["entered"]
        del request.session["registration"]
        try:
            self.accounts.register(_as_account(entered), entered.get("email", ""), password)
        except AlreadyRegisteredError:
            return self._form(request, 409, alert=TAKEN)
        return RedirectResponse(LOGIN, 303)

    # --- pages ---

    def _form(self, request: Request, status: int = 200, **values: Any) -> Response:
        common = {
            "kinds": KINDS,
            "fields": FIELDS,
            "entered": {},
            "mistakes": {},
            # Since 01/07/2024 citizens have VNeID (portal-facts.md, C); the guides know both.
            "citizens": self.scene.edition == PUBLISHED,
        }
        return self._page(request, "register.html", status, **(common | values))

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        return self.rendered.TemplateResponse(
            request,
            template,
            {"alert": None} | values,
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )

    def _fault(self, name: str) -> bool:
        return self.scene.faults.active(name, NATIONAL_REGISTRATION) is not None


def _as_account(entered: dict[str, str]) -> Account:
    return Account(
        identity=entered["so-dinh-danh"],
        name=" ".join(entered["ho-ten"].split()),
        phone=entered["so-dien-thoai"],
        birth_date=datetime.strptime(entered["ngay-sinh"], "%d/%m/%Y").date(),
    )


def site(scene: Scene) -> Site:
    registration = Registration(scene)

    async def home(_request: Request) -> Response:
        return RedirectResponse("/register", 302)

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/register", registration.form),
            Route("/register", registration.submit, methods=["POST"]),
            Route("/sendOtp", registration.code),
            Route("/sendOtp", registration.check_code, methods=["POST"]),
            Route("/sendOtp/gui-lai", registration.send_again, methods=["POST"]),
            Route("/password", registration.password),
            Route("/password", registration.set_password, methods=["POST"]),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=NATIONAL_REGISTRATION,
                cookie="JSESSIONID",
            )
        ],
    )
    return Site(NATIONAL_REGISTRATION, app)
