"""The iGate family: server-rendered portals with a login page of their own and `return-url`.

portal-facts.md, "Lai Châu, Hưng Yên (iGate 1)".
"""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.portals import captcha
from staging.portals.back_channel import back_channel_logout
from staging.portals.closing import ClosedFrontDoor
from staging.portals.igate.citizen import CitizenPages
from staging.portals.igate.provinces import Province
from staging.portals.igate.public import PublicPages
from staging.portals.igate.rendering import Renderer
from staging.portals.relying_party import NATIONAL_PROVIDER, RelyingParty
from staging.portals.sessions import PortalSessions
from staging.scene import Scene, Site

FOLDER = Path(__file__).parent
LOGIN = "/dich-vu-cong/cong-dan/dang-nhap"
ACCOUNT = "/dich-vu-cong/cong-dan"


def site(scene: Scene, province: Province) -> Site:
    address = f"https://{province.host}"
    party = RelyingParty(scene, province.client_id, f"{address}{LOGIN}/vneid", f"{address}/")
    national = RelyingParty(
        scene, province.client_id, f"{address}{LOGIN}/dvcqg", f"{address}/", NATIONAL_PROVIDER
    )
    renderer = Renderer(scene, province, FOLDER / "templates")
    public = PublicPages(renderer, (party, national))
    citizen = CitizenPages(scene, province, renderer, party, national)
    app = Starlette(
        routes=[
            Route("/", public.home),
            *public.routes(),
            Route(LOGIN, citizen.login),
            Route(LOGIN, citizen.answer_captcha, methods=["POST"]),
            Route(f"{LOGIN}/chuyen-huong/vneid", citizen.to_vneid),
            Route(f"{LOGIN}/chuyen-huong/dvcqg", citizen.to_national_provider),
            Route(f"{LOGIN}/vneid", citizen.back_from_vneid),
            Route(f"{LOGIN}/dvcqg", citizen.back_from_national_provider),
            Route(ACCOUNT, citizen.account),
            Route(f"{ACCOUNT}/ho-so", citizen.files),
            Route(f"{ACCOUNT}/kho-du-lieu", citizen.documents),
            Route("/dich-vu-cong/nop-ho-so", citizen.submit),
            Route("/dich-vu-cong/khao-sat", citizen.survey, methods=["GET", "POST"]),
            Route(f"{ACCOUNT}/dang-xuat", citizen.sign_out),
            Route(
                f"{ACCOUNT}/dang-xuat/vneid",
                back_channel_logout(scene, party, province.host),
                methods=["POST"],
            ),
            Route(
                f"{ACCOUNT}/dang-xuat/dvcqg",
                back_channel_logout(scene, national, province.host),
                methods=["POST"],
            ),
            Route(
                "/dich-vu-cong/can-bo/dang-nhap", citizen.officials_login, methods=["GET", "POST"]
            ),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(ClosedFrontDoor, scene=scene),
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=province.host,
                cookie="PHPSESSID",
            ),
        ],
        exception_handlers={404: public.not_found},
    )
    return Site(province.host, app)
