"""The inbox over HTTP: JSON for programs, a page for a person."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from staging import hosts
from staging.scene import Scene, Site
from staging.sms.messages import arrived
from staging.templates import templates


class Inbox:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._templates = templates(scene, hosts.SMS, Path(__file__).parent / "templates")
        self.app = Starlette(routes=[Route("/", self._person), Route("/messages", self._program)])

    async def _program(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            return JSONResponse({"error": f"'after' is the id of a message, not {after!r}."}, 422)
        messages = arrived(self._scene, request.query_params.get("to"), int(after))
        return JSONResponse(
            [
                {
                    "id": m.id,
                    "to": m.to,
                    "at": m.at.isoformat(timespec="milliseconds"),
                    "text": m.text,
                }
                for m in messages
            ],
            headers={"Cache-Control": "no-store"},
        )

    async def _person(self, request: Request) -> Response:
        messages = arrived(self._scene, request.query_params.get("to"))
        return self._templates.TemplateResponse(
            request,
            "inbox.html",
            {
                "messages": messages[::-1],
                "people": list(self._scene.people),
                "to": request.query_params.get("to", ""),
            },
        )


def site(scene: Scene) -> Site:
    return Site(hosts.SMS, Inbox(scene).app)
