"""The citizen's side: login page, the way to VNeID and back, account, sign-out."""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from staging.portals import captcha
from staging.portals.igate.content import PROCEDURES, procedure_with
from staging.portals.igate.provinces import Province
from staging.portals.igate.rendering import Renderer, leave_alert
from staging.portals.relying_party import (
    DeniedAtProviderError,
    LoginError,
    ProviderUnreachableError,
    RelyingParty,
    end_session_of,
    signed_in,
)
from staging.portals.return_address import local_path
from staging.portals.zalo import zalo_code
from staging.scene import Scene

LOGIN = "/dich-vu-cong/cong-dan/dang-nhap"
ACCOUNT = "/dich-vu-cong/cong-dan"

# The first is graded C in portal-facts.md; the other two are not known (?).
DENIED = "Đăng nhập VNeID thất bại. Vui lòng thử lại"
UNREACHABLE = (
    "Không kết nối được tới Hệ thống định danh và xác thực điện tử (VNeID). "
    "Vui lòng thử lại sau ít phút."
)
NOT_VERIFIED = "Phiên đăng nhập không hợp lệ hoặc đã hết hạn. Vui lòng đăng nhập lại."


class CitizenPages:
    def __init__(
        self,
        scene: Scene,
        province: Province,
        renderer: Renderer,
        party: RelyingParty,
        national: RelyingParty,
    ) -> None:
        self.scene = scene
        self.province = province
        self.renderer = renderer
        self.party = party
        self.national = national

    async def login(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("return-url"))
        if signed_in(request):
            return RedirectResponse(wanted or ACCOUNT, 302)
        if self._fault("captcha-before-login") and not captcha.solved(request):
            return self.renderer.page(request, "captcha.html", return_url=wanted)
        # Hưng Yên's screen moves on by itself, but not over a message that has to be read.
        moves_on = self.province.login_moves_on and "alert" not in request.session
        return self.renderer.page(
            request,
            "login_moves_on.html" if moves_on else "login.html",
            return_url=wanted,
            query=_query(wanted),
            zalo=zalo_code(self.province.host) if self._fault("second-qr") else None,
        )

    async def answer_captcha(self, request: Request) -> Response:
        form = await request.form()
        if not captcha.check(request, str(form.get("captcha", ""))):
            leave_alert(request, "danger", "Mã xác nhận không đúng. Vui lòng nhập lại.")
        wanted = local_path(str(form.get("return-url", "")))
        return RedirectResponse(LOGIN + _query(wanted), 303)

    async def to_vneid(self, request: Request) -> Response:
        self._remember_where_to(request)
        return await self.party.begin(request)

    async def to_national_provider(self, request: Request) -> Response:
        self._remember_where_to(request)
        return await self.national.begin(request)

    def _remember_where_to(self, request: Request) -> None:
        request.session["return_url"] = local_path(request.query_params.get("return-url"))

    async def back_from_vneid(self, request: Request) -> Response:
        return await self._back_from(self.party, request)

    async def back_from_national_provider(self, request: Request) -> Response:
        return await self._back_from(self.national, request)

    async def _back_from(self, party: RelyingParty, request: Request) -> Response:
        try:
            await party.finish(request)
        except LoginError as failure:
            leave_alert(request, "danger", _message(failure))
            return RedirectResponse(LOGIN + _query(request.session.get("return_url")), 302)
        target = request.session.pop("return_url", None) or ACCOUNT
        if self._fault("extra-screen"):
            return RedirectResponse(f"/dich-vu-cong/khao-sat?tiep-tuc={quote(target)}", 302)
        return RedirectResponse(target, 302)

    async def survey(self, request: Request) -> Response:
        """A screen in between that no guide announces; what is answered is thrown away."""
        target = local_path(request.query_params.get("tiep-tuc")) or ACCOUNT
        if request.method == "POST":
            leave_alert(request, "success", "Cảm ơn Ông/Bà đã tham gia đánh giá.")
            return RedirectResponse(target, 303)
        return self._guarded(request, "survey.html", target=target)

    async def account(self, request: Request) -> Response:
        citizen = signed_in(request)
        person = self.scene.people.by_identity(citizen["sub"]) if citizen else None
        return self._guarded(request, "account.html", tab="account", person=person)

    async def files(self, request: Request) -> Response:
        return self._guarded(request, "files.html", tab="files")

    async def documents(self, request: Request) -> Response:
        return self._guarded(request, "documents.html", tab="documents")

    async def submit(self, request: Request) -> Response:
        procedure = procedure_with(request.query_params.get("ma", "")) or PROCEDURES[0]
        return self._guarded(request, "submit.html", procedure=procedure)

    async def sign_out(self, request: Request) -> Response:
        survives = self._fault("session-survives-sign-out")
        return await end_session_of((self.party, self.national), request, survives=survives)

    async def officials_login(self, request: Request) -> Response:
        """Officials are not people of this world yet: every entry is refused, as unknown."""
        if request.method == "POST":
            leave_alert(request, "danger", "Tên đăng nhập hoặc mật khẩu không đúng.")
        return self.renderer.page(request, "officials.html")

    def _guarded(self, request: Request, template: str, **values: Any) -> Response:
        """A page for signed-in citizens; others go to the login and come back to it."""
        if not signed_in(request):
            wanted = request.url.path
            if request.url.query:
                wanted += f"?{request.url.query}"
            return RedirectResponse(LOGIN + _query(wanted), 302)
        return self.renderer.page(request, template, **values)

    def _fault(self, name: str) -> bool:
        return self.scene.faults.active(name, self.province.host) is not None


def _query(return_url: str | None) -> str:
    return f"?return-url={quote(return_url)}" if return_url else ""


def _message(failure: LoginError) -> str:
    if isinstance(failure, DeniedAtProviderError):
        return DENIED
    return UNREACHABLE if isinstance(failure, ProviderUnreachableError) else NOT_VERIFIED
