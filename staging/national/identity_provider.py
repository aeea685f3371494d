"""xacthuc.dichvucong.gov.vn, first pass: the choice of account kind, without a way on.

What it shows is the real page's; choosing ends at the provider's own error page until the
login through it is built.
"""

from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import NATIONAL_IDP
from staging.national.rendering import FOLDER, national_templates
from staging.scene import PUBLISHED, Scene, Site


def site(scene: Scene) -> Site:
    rendered = national_templates(scene, NATIONAL_IDP, "identity_provider")

    async def authorize(_request: Request) -> Response:
        key = uuid4()
        return RedirectResponse(f"/authenticationendpoint/login.do?sessionDataKey={key}", 302)

    async def login(request: Request) -> Response:
        third_card = scene.edition != PUBLISHED
        return rendered.TemplateResponse(request, "login.html", {"third_card": third_card})

    async def common_auth(_request: Request) -> Response:
        return RedirectResponse("/authenticationendpoint/retry.do", 302)

    async def retry(request: Request) -> Response:
        return rendered.TemplateResponse(request, "retry.html")

    app = Starlette(
        routes=[
            Route("/oauth2/authorize", authorize),
            Route("/authenticationendpoint/login.do", login),
            Route("/commonauth", common_auth),
            Route("/authenticationendpoint/retry.do", retry),
            Mount("/static", Assets(FOLDER / "static")),
        ]
    )
    return Site(NATIONAL_IDP, app)
