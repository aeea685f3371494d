"""stub"""

from starlette.applications import Starlette

from staging import hosts
from staging.scene import Scene, Site


def site(scene: Scene) -> Site:
    return Site(hosts.APP, Starlette())
