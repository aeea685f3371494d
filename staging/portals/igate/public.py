"""The pages anybody sees: home, news, procedures, the pages of the menu."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from staging.portals.igate.chart import Chart
from staging.portals.igate.content import PAGES, procedures_named
from staging.portals.igate.rendering import Renderer
from staging.portals.relying_party import RelyingParty


class PublicPages:
    def __init__(self, renderer: Renderer, parties: tuple[RelyingParty, ...]) -> None:
        self.renderer = renderer
        self.parties = parties
        self.province = renderer.province
        self.chart = Chart(self.province.by_month)

    def routes(self) -> list[Route]:
        return [
            Route("/tin-tuc/{slug}", self.news),
            Route("/tim-kiem", self.search),
            Route("/thu-tuc-hanh-chinh", self.procedures),
            Route("/dich-vu-cong-truc-tuyen", self.procedures),
            Route("/tra-cuu-ho-so", self.look_up),
            Route("/thong-ke", self.statistics),
            *(Route(path, self.plain) for path in PAGES),
        ]

    async def home(self, request: Request) -> Response:
        for party in self.parties:
            if await party.came_back_signed_out(request):
                return RedirectResponse("/", 302)
        return self.renderer.page(request, "home.html", chart=self.chart)

    async def statistics(self, request: Request) -> Response:
        return self.renderer.page(request, "statistics.html", chart=self.chart)

    async def news(self, request: Request) -> Response:
        slug = request.path_params["slug"]
        item = next((item for item in self.province.news if item.slug == slug), None)
        if item is None:
            return self._missing(request)
        return self.renderer.page(request, "news.html", item=item)

    async def search(self, request: Request) -> Response:
        """The search box of the home page leads to the list of procedures."""
        words = request.query_params.get("tu-khoa", "")
        return RedirectResponse(f"/thu-tuc-hanh-chinh?tu-khoa={quote(words)}", 302)

    async def procedures(self, request: Request) -> Response:
        words = request.query_params.get("tu-khoa", "")
        return self.renderer.page(
            request,
            "procedures.html",
            heading="Dịch vụ công trực tuyến"
            if request.url.path == "/dich-vu-cong-truc-tuyen"
            else "Thủ tục hành chính",
            words=words,
            procedures=procedures_named(words),
        )

    async def look_up(self, request: Request) -> Response:
        return self.renderer.page(
            request, "look_up.html", number=request.query_params.get("ma-ho-so", "").strip()
        )

    async def plain(self, request: Request) -> Response:
        heading, paragraphs = PAGES[request.url.path]
        return self.renderer.page(request, "plain.html", heading=heading, paragraphs=paragraphs)

    async def not_found(self, request: Request, _error: Exception) -> Response:
        return self._missing(request)

    def _missing(self, request: Request) -> Response:
        return self.renderer.page(
            request,
            "plain.html",
            status=404,
            heading="Không tìm thấy trang",
            paragraphs=("Trang Ông/Bà yêu cầu không tồn tại hoặc đã được chuyển đi.",),
        )
