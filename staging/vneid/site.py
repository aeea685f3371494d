"""VNeID's addresses."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from staging import hosts
from staging.assets import Assets
from staging.scene import Scene, Site
from staging.vneid.accounts import Accounts
from staging.vneid.entry import Entry
from staging.vneid.login import Logins
from staging.vneid.oidc import OidcEndpoints
from staging.vneid.provider import Provider
from staging.vneid.sign_in import SignIn
from staging.vneid.sign_out import SignOut

STATIC = Path(__file__).parent / "static"


def site(scene: Scene) -> Site:
    provider = Provider(scene)
    accounts = Accounts(scene)
    logins = Logins(scene, provider, accounts)
    sign_out = SignOut(scene, provider)
    app = Starlette(
        routes=[
            *Entry(scene, provider, logins).routes,
            *SignIn(scene, logins, accounts).routes,
            *OidcEndpoints(scene, provider, sign_out).routes,
            Mount("/static", Assets(STATIC)),
        ]
    )
    return Site(hosts.VNEID, app)
