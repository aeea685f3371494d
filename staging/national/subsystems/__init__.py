"""The national portal's subsystems: pakn, csdl and quantri (LC-2020, dispatch).

The dispatch says that they exist at their addresses, and who gets in: a top-level administrator
grants rights subsystem by subsystem. How any of them looks is in no document: the screens are
invented (?).
"""

from staging.national.subsystems.catalogue import HOSTS
from staging.national.subsystems.pages import site
from staging.scene import Scene, Site


def sites(scene: Scene) -> list[Site]:
    return [site(scene, host, client_id) for host, client_id in HOSTS.items()]


__all__ = ["sites"]
