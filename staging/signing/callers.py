"""Who may ask a signing service: the national provider, by a secret both know."""

import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from staging.scene import Scene

Handler = Callable[[Request], Awaitable[Response]]


def from_the_provider(scene: Scene, handle: Handler) -> Handler:
    async def checked(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        expected = f"Bearer {scene.secret('signing-services')}"
        if not hmac.compare_digest(given.encode(), expected.encode()):
            return JSONResponse({"error": "unauthorized"}, 401)
        return await handle(request)

    return checked
