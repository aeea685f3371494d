"""Thanh Hóa's way to VNeID and back, and the session that the page's script asks for."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from staging.hosts import THANH_HOA
from staging.portals import captcha
from staging.portals.relying_party import (
    DeniedAtProviderError,
    LoginError,
    ProviderUnreachableError,
    RelyingParty,
    end_session_of,
    signed_in,
)
from staging.scene import Scene

# The first and the last are graded C in portal-facts.md; the second is not known (?).
DENIED = "Đăng nhập VNeID thất bại. Vui lòng thử lại"
UNREACHABLE = "Không kết nối được tới Hệ thống định danh và xác thực điện tử. Vui lòng thử lại sau"
FAILED = "Đăng nhập không thành công. Vui lòng liên hệ quản trị"

NO_STORE = {"Cache-Control": "no-store"}


class SignIn:
    def __init__(
        self,
        scene: Scene,
        rendered: Jinja2Templates,
        party: RelyingParty,
        national: RelyingParty,
    ) -> None:
        self.scene = scene
        self.rendered = rendered
        self.party = party
        self.national = national

    async def to_vneid(self, request: Request) -> Response:
        return await self.party.begin(request)

    async def to_national_provider(self, request: Request) -> Response:
        return await self.national.begin(request)

    async def back_from_vneid(self, request: Request) -> Response:
        return await self._back_from(self.party, request)

    async def back_from_national_provider(self, request: Request) -> Response:
        return await self._back_from(self.national, request)

    async def _back_from(self, party: RelyingParty, request: Request) -> Response:
        """Not a redirect: a page that writes to localStorage and moves on after 2,000 ms (C)."""
        try:
            citizen = await party.finish(request)
        except LoginError as failure:
            return self._page(request, "callback_failed.html", message=_message(failure))
        survey = self.scene.faults.active("extra-screen", THANH_HOA)
        return self._page(
            request,
            "callback.html",
            user={"name": citizen.name, "identity": citizen.sub},
            onward="/khao-sat" if survey else "/",
        )

    async def session(self, request: Request) -> Response:
        citizen = signed_in(request)
        user = None
        if citizen:
            user = {
                "name": citizen["name"],
                "identity": citizen["sub"],
                "birthdate": citizen["birthdate"],
                "phone": citizen["phone_number"],
            }
        return JSONResponse({"user": user}, headers=NO_STORE)

    async def sign_out(self, request: Request) -> Response:
        """Tells the script where to go; the script goes there after 1,000 ms (C)."""
        survives = self.scene.faults.active("session-survives-sign-out", THANH_HOA)
        parties = (self.party, self.national)
        response = await end_session_of(parties, request, survives=survives is not None)
        return JSONResponse({"next": response.headers["location"]}, headers=NO_STORE)

    async def answer_captcha(self, request: Request) -> Response:
        answer = await request.json()
        right = captcha.check(request, str(answer.get("captcha", "")))
        return JSONResponse({"right": right}, headers=NO_STORE)

    async def officials(self, _request: Request) -> Response:
        """Officials are not people of this world yet: every entry is refused."""
        return JSONResponse({"message": FAILED}, 401, headers=NO_STORE)

    def _page(self, request: Request, template: str, **values: object) -> Response:
        return self.rendered.TemplateResponse(request, template, dict(values), headers=NO_STORE)


def _message(failure: LoginError) -> str:
    if isinstance(failure, DeniedAtProviderError):
        return DENIED
    return UNREACHABLE if isinstance(failure, ProviderUnreachableError) else FAILED
