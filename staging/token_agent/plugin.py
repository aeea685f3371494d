"""The plugin's WebSocket: one JSON in, one string out, `<result>*<callback name>`.

portal-facts.md, graded C: requests with functionID, funcCallback, args and domain; the plugin check
(7), get certificate (0), sign CMS (4), sign hash (9). Sign CMS is answered as not supported: the
sign-in page has a hash signed, and nothing here asks for more. The results are JSON with Status and
Error, as the page's alert has them; the other names in them: ?
"""

import asyncio
import base64
import json
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from staging.scene import Scene
from staging.token_agent.softhsm import NoSoftHsmError
from staging.token_agent.tokens import TokenError, Tokens, cancelled
from staging.token_agent.windows import Windows

CHECK = 7
GET_CERTIFICATE = 0
SIGN_HASH = 9


class Plugin:
    def __init__(self, scene: Scene, tokens: Tokens, windows: Windows) -> None:
        self._scene = scene
        self._tokens = tokens
        self._windows = windows
        self.app = Starlette(routes=[WebSocketRoute("/plugin", self._talk)])

    async def _talk(self, socket: WebSocket) -> None:
        await socket.accept()
        origin = urlsplit(socket.headers.get("origin", "")).hostname or ""
        answering: set[asyncio.Task[None]] = set()
        try:
            while True:
                text = await socket.receive_text()
                # On the side, so that a page that goes away closes the windows it has opened.
                task = asyncio.create_task(self._answer(socket, origin, text))
                answering.add(task)
                task.add_done_callback(answering.discard)
        except WebSocketDisconnect:
            for task in list(answering):
                task.cancel()

    async def _answer(self, socket: WebSocket, origin: str, text: str) -> None:
        try:
            asked = json.loads(text)
            function, callback = asked["functionID"], str(asked["funcCallback"])
            args = [str(one) for one in asked["args"]]
        except (ValueError, KeyError, TypeError):
            return  # ? what the real plugin does with a request it cannot read
        if function == CHECK:
            result = "1"
        else:
            result = json.dumps(await self._result(function, args, origin), ensure_ascii=False)
        await socket.send_text(f"{result}*{callback}")

    async def _result(self, function: int, args: list[str], origin: str) -> dict[str, Any]:
        try:
            if function == GET_CERTIFICATE:
                return await self._certificate(origin)
            if function == SIGN_HASH:
                return await self._sign(args, origin)
        except TokenError as error:
            return {"Status": error.status, "Error": error.error}
        except NoSoftHsmError as missing:
            return {"Status": 8, "Error": str(missing)}
        return {"Status": 9, "Error": "Chức năng không được hỗ trợ"}

    async def _certificate(self, origin: str) -> dict[str, Any]:
        choices = await asyncio.to_thread(self._tokens.certificates)
        with self._windows.show("certificate", origin, choices) as window:
            serial = await window.answered()
        if serial is None:
            raise cancelled()
        chosen = self._tokens.with_serial(serial)
        data = base64.b64encode(chosen.der).decode()
        return {"Status": 0, "Error": "", "Data": data, "Serial": chosen.serial}

    async def _sign(self, args: list[str], origin: str) -> dict[str, Any]:
        if len(args) < 2:
            return {"Status": 9, "Error": "Thiếu tham số"}
        chosen = await asyncio.to_thread(self._tokens.with_serial, args[1])
        self._tokens.check_not_locked(chosen.token)
        with self._windows.show("pin", origin, [chosen]) as window:
            pin = await window.answered()
        if pin is None:
            raise cancelled()
        digest = base64.b64decode(args[0])
        signature = await asyncio.to_thread(self._tokens.sign, chosen.serial, digest, pin)
        return {"Status": 0, "Error": "", "Data": base64.b64encode(signature).decode()}
