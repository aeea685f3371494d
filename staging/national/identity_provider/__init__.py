"""xacthuc.dichvucong.gov.vn: the national portal's identity provider.

portal-facts.md, "National portal: identity provider". It is a client of VNeID for citizens and a
provider for the portals; organisations sign a challenge with their certificate.
"""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from staging.assets import Assets
from staging.hosts import NATIONAL_IDP
from staging.national.identity_provider.business import Business
from staging.national.identity_provider.choice import Choice
from staging.national.identity_provider.citizen_account import CitizenAccount
from staging.national.identity_provider.logins import Logins
from staging.national.identity_provider.oauth import ISSUER, OAuthServer
from staging.national.identity_provider.sign_out import SignOut
from staging.national.rendering import FOLDER, national_templates
from staging.openid.request import OAuthRequest
from staging.portals import captcha
from staging.portals.relying_party import RelyingParty
from staging.portals.sessions import PortalSessions
from staging.scene import Scene, Site


def site(scene: Scene) -> Site:
    oauth = OAuthServer(scene)
    logins = Logins(scene, oauth)
    vneid = RelyingParty(scene, "national-idp", f"{ISSUER}/commonauth", f"{ISSUER}/")
    rendered = national_templates(scene, NATIONAL_IDP, "identity_provider")
    choice = Choice(scene, logins, vneid, rendered)

    async def token(request: Request) -> Response:
        encoded = (await request.body()).decode()
        asked = OAuthRequest("POST", f"{ISSUER}/oauth2/token", encoded, request.headers)
        answer: Response = oauth.create_token_response(asked)
        return answer

    async def jwks(_request: Request) -> Response:
        return JSONResponse(oauth.jwks())

    app = Starlette(
        routes=[
            *choice.routes(),
            *Business(scene, logins, choice).routes(),
            *CitizenAccount(scene, logins, choice).routes(),
            *SignOut(scene, oauth, vneid).routes(),
            Route("/oauth2/token", token, methods=["POST"]),
            Route("/oauth2/jwks", jwks),
            Route("/captcha.png", captcha.picture),
            Mount("/static", Assets(FOLDER / "static")),
        ],
        middleware=[
            Middleware(
                PortalSessions,
                engine=scene.engine,
                clock=scene.clock,
                host=NATIONAL_IDP,
                cookie="commonAuthId",
            )
        ],
    )
    return Site(NATIONAL_IDP, app)
