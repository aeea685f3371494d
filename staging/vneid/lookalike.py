"""A look-alike of VNeID's page on a host of somebody else's. It keeps nothing of what is typed."""

import uuid
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from staging import hosts
from staging.assets import Assets
from staging.scene import Scene, Site
from staging.templates import templates
from staging.vneid.accounts import WRONG_PASSWORD
from staging.vneid.captcha import captcha_image
from staging.vneid.qr import qr_image

_HERE = Path(__file__).parent


class Lookalike:
    def __init__(self, scene: Scene) -> None:
        self._templates = templates(scene, hosts.LOOKALIKE, _HERE / "templates")
        self.app = Starlette(
            routes=[
                Route("/auth", self._page),
                Route("/", self._page),
                Route("/login-actions/cancel", self._away),
                Route("/login-actions/{action}", self._refuse, methods=["POST"]),
                Mount("/static", Assets(_HERE / "static")),
            ]
        )

    async def _page(self, request: Request) -> Response:
        payload = str(uuid.uuid4())
        return self._templates.TemplateResponse(
            request,
            "sign-in.html",
            {
                "csrt": payload,
                "portal": "",
                "qr_id": payload,
                "qr_image": qr_image(payload),
                "captcha_image": captcha_image("XXXXX"),
            },
        )

    async def _refuse(self, request: Request) -> Response:
        if request.path_params["action"] == "qr-status":
            return JSONResponse({"status": "shown"})
        return JSONResponse({"message": WRONG_PASSWORD}, 400)

    async def _away(self, _request: Request) -> Response:
        return RedirectResponse("/", 302)


def site(scene: Scene) -> Site:
    return Site(hosts.LOOKALIKE, Lookalike(scene).app)
