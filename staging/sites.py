"""All sites of one instance."""

import importlib

from staging import app, control, sms, vneid
from staging.scene import Scene, Site
from staging.vneid import lookalike


def sites(scene: Scene) -> list[Site]:
    return [
        *_portals(scene),
        vneid.site(scene),
        lookalike.site(scene),
        app.site(scene),
        sms.site(scene),
        control.site(scene),
    ]


def _portals(scene: Scene) -> list[Site]:
    # Until both rooms are there; then plain imports.
    found: list[Site] = []
    for room in ("staging.portals", "staging.national"):
        try:
            module = importlib.import_module(room)
        except ModuleNotFoundError as missing:
            if missing.name != room:
                raise
            continue
        if hasattr(module, "sites"):
            found.extend(module.sites(scene))
    return found
