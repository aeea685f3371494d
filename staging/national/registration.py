"""dangky.dichvucong.gov.vn: registration of an account on the national portal.

First pass: the first page and its form. LC-2020, appendix II: tick "công dân -> Thuê bao di
động", fill in the form (fields with * are required), Đăng ký.
"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import NATIONAL_REGISTRATION
from staging.national.registration_form import FIELDS, KINDS, mistakes
from staging.national.rendering import FOLDER, national_templates
from staging.scene import Scene, Site

# Graded C in portal-facts.md, "National registration".
WRONG = "Thông tin vừa nhập không chính xác, yêu cầu nhập lại."


def site(scene: Scene) -> Site:
    rendered = national_templates(
        scene,
        NATIONAL_REGISTRATION,
        "registration",
        controls=tuple(method.control for kind in KINDS for method in kind.methods)
        + tuple(kind.control for kind in KINDS),
    )

    def page(request: Request, status: int = 200, **values: object) -> Response:
        return rendered.TemplateResponse(
            request,
            "register.html",
            {"kinds": KINDS, "fields": FIELDS, "entered": {}, "mistakes": {}, "alert": None}
            | values,
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )

    async def register(request: Request) -> Response:
        return page(request)

    async def submit(request: Request) -> Response:
        form = await request.form()
        entered = {name: str(value).strip() for name, value in form.items()}
        added = scene.faults.active("field-added", NATIONAL_REGISTRATION)
        found = mistakes(entered, scene.clock.now().date(), added_field=added is not None)
        if found:
            return page(request, 422, entered=entered, mistakes=found, alert=WRONG)
        return rendered.TemplateResponse(request, "not_yet.html")

    async def home(_request: Request) -> Response:
        return RedirectResponse("/register", 302)

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/register", register),
            Route("/register", submit, methods=["POST"]),
            Mount("/static", Assets(FOLDER / "static")),
        ]
    )
    return Site(NATIONAL_REGISTRATION, app)
