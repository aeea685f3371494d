"""The provincial portals: two families, the login with VNeID shared by both."""

from staging.portals import igate, tandan
from staging.portals.igate.provinces import HUNG_YEN, LAI_CHAU
from staging.scene import Scene, Site


def sites(scene: Scene) -> list[Site]:
    return [
        igate.site(scene, LAI_CHAU),
        igate.site(scene, HUNG_YEN),
        tandan.site(scene),
        *(igate.site(scene, province) for province in scene.provinces),
    ]
