"""The national portal: front door, identity provider, registration, subsystems.

portal-facts.md, "National portal" and "National registration".
"""

from staging.national import front_door, identity_provider, registration, subsystems
from staging.scene import Scene, Site


def sites(scene: Scene) -> list[Site]:
    return [
        front_door.site(scene),
        identity_provider.site(scene),
        registration.site(scene),
        *subsystems.sites(scene),
    ]
