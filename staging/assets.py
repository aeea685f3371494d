"""Style sheets and scripts: read once, served from memory, kept by the browser."""

import hashlib
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send


class Assets:
    """An ASGI application for `Mount("/static", Assets(folder))`."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _response(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        mounted_at = scope.get("root_path", "")
        name = scope["path"].removeprefix(mounted_at).lstrip("/")
        response: Response = self._files.get(name) or PlainTextResponse("Not Found", 404)
        if response.headers.get("etag") and (
            request.headers.get("if-none-match") == response.headers["etag"]
        ):
            response = Response(status_code=304, headers={"etag": response.headers["etag"]})
        await response(scope, receive, send)


def _response(path: Path) -> Response:
    body = path.read_bytes()
    return Response(
        body,
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        headers={
            "Cache-Control": "public, max-age=3600",
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        },
    )
