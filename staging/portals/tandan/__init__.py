"""The TANDAN family (Thanh Hóa): a single-page application in front of a small JSON interface.

portal-facts.md, "Thanh Hóa (TANDAN)". The real one is React with antd; here a small script
fills templates, which is enough for what a visitor meets: no navigation at Đăng nhập, a modal,
a callback page that waits, localStorage, toasts.
"""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import THANH_HOA
from staging.portals import captcha
from staging.portals.back_channel import back_channel_logout
from staging.portals.closing import ClosedFrontDoor
from staging.portals.relying_party import NATIONAL_PROVIDER, RelyingParty
from staging.portals.sessions import PortalSessions
from staging.portals.tandan.pages import VIEWS, Pages
from staging.portals.tandan.sign_in import SignIn
from staging.scene import Scene, Site
from staging.templates import templates

FOLDER = Path(__file__).parent


def site(scene: Scene) -> Site:
    address = f"https://{THANH_HOA}"
    party = RelyingParty(scene, "thanh-hoa", f"{address}/ssovneid/callback", f"{address}/")
    rendered = templates(
        scene, THANH_HOA, FOLDER / "templates", controls=("national", "vneid", "officials")
    )
    national = RelyingParty(
        scene, "thanh-hoa", f"{address}/sso/callback", f"{address}/", NATIONAL_PROVIDER
    )
    pages = Pages(scene, rendered, (party, national))
    sign_in = SignIn(scene, rendered, party, national)
    app = Starlette(
        routes=[
            *(Route(path, pages.shell) for path in VIEWS),
            Route("/ssovneid/login", sign_in.to_vneid),
            Route("/ssovneid/callback", sign_in.back_from_vneid),
            Route(
                "/ssovneid/logout", back_channel_logout(scene, party, THANH_HOA), methods=["POST"]
            ),
            Route("/sso/login", sign_in.to_national_provider),
            Route("/sso/callback", sign_in.back_from_national_provider),
            Route("/sso/logout", back_channel_logout(scene, national, THANH_HOA), methods=["POST"]),
            Route("/api/session", sign_in.session),
            Route("/api/logout", sign_in.sign_out, methods=["POST"]),
            Route("/api/captcha", sign_in.answer_captcha, methods=["POST"]),
            Route("/api/officials/login", sign_in.officials, methods=["POST"]),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(ClosedFrontDoor, scene=scene),
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=THANH_HOA,
                cookie="ASP.NET_SessionId",
            ),
        ],
        exception_handlers={404: pages.not_found},
    )
    return Site(THANH_HOA, app)
