"""The shell of the single-page application: one document for every address."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from staging.hosts import THANH_HOA
from staging.portals.relying_party import RelyingParty
from staging.portals.tandan.content import FIGURES, NEWS, SERVICES
from staging.portals.zalo import zalo_code
from staging.scene import JUNE_2025, Scene

# Address → the view that the script shows; addresses are not known beyond the callback (?).
VIEWS = {
    "/": "home",
    "/gioi-thieu": "about",
    "/thu-tuc-hanh-chinh": "services",
    "/tra-cuu-ho-so": "look-up",
    "/ho-so-ca-nhan": "profile",
    "/nop-ho-so": "submit",
    "/khao-sat": "survey",
    "/dang-nhap-cong-chuc": "officials",
}


class Pages:
    def __init__(
        self, scene: Scene, rendered: Jinja2Templates, parties: tuple[RelyingParty, ...]
    ) -> None:
        self.scene = scene
        self.rendered = rendered
        self.parties = parties

    async def shell(self, request: Request) -> Response:
        for party in self.parties:
            if await party.came_back_signed_out(request):
                return RedirectResponse("/", 302)
        return self._document(request, 200)

    async def not_found(self, request: Request, _error: Exception) -> Response:
        return self._document(request, 404)

    def _document(self, request: Request, status: int) -> Response:
        newer = self.scene.edition == JUNE_2025
        pop_up = newer or self.scene.faults.active("second-qr", THANH_HOA) is not None
        return self.rendered.TemplateResponse(
            request,
            "index.html",
            {
                "views": VIEWS,
                "services": SERVICES,
                "news": NEWS,
                "figures": FIGURES,
                "newer_cards": newer,
                "zalo": zalo_code(THANH_HOA) if pop_up else None,
            },
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )
