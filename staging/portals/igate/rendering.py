"""What every page of the family is given: province, menu, who is signed in, the alert to show."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from staging.portals.igate.content import MENU
from staging.portals.igate.provinces import Province
from staging.portals.relying_party import signed_in
from staging.scene import Scene
from staging.templates import templates


class Renderer:
    def __init__(self, scene: Scene, province: Province, folder: Path) -> None:
        self.province = province
        self._templates = templates(
            scene, province.host, folder, controls=("national", "vneid", "officials")
        )

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """Renders a page; an alert that an earlier request left is shown once."""
        common = {
            "province": self.province,
            "menu": MENU,
            "citizen": signed_in(request),
            "alert": request.session.pop("alert", None),
        }
        return self._templates.TemplateResponse(
            request,
            template,
            common | values,
            status_code=status,
            # Signed-in pages must not come back from the browser's memory after a sign-out.
            headers={"Cache-Control": "no-store"},
        )


def leave_alert(request: Request, kind: str, message: str) -> None:
    """Keeps a Bootstrap alert (`danger`, `success`, `warning`) for the next page."""
    request.session["alert"] = {"kind": kind, "message": message}
