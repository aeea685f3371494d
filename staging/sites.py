"""All sites of one instance."""

from staging import (
    app,
    control,
    national,
    officials,
    portals,
    sim,
    smartca,
    sms,
    token_agent,
    vneid,
)
from staging.scene import Scene, Site
from staging.signing import publication
from staging.vneid import lookalike


def sites(scene: Scene) -> list[Site]:
    return [
        *portals.sites(scene),
        *national.sites(scene),
        officials.site(scene),
        vneid.site(scene),
        lookalike.site(scene),
        app.site(scene),
        smartca.site(scene),
        sim.site(scene),
        *token_agent.sites(scene),
        publication.site(scene),
        sms.site(scene),
        control.site(scene),
    ]
