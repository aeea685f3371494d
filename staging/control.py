"""The control interface: for tests only, on a host of its own."""

from json import JSONDecodeError
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from staging import hosts
from staging.editions import EDITIONS
from staging.faults import CATALOGUE, Kind, UnknownFaultError
from staging.national.accounts import NationalAccounts
from staging.national.rights import Rights
from staging.officials.accounts import Officials
from staging.scene import Scene, Site


class Control:
    """Every change answers with the state after it, and is true on the network by then."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.app = Starlette(
            routes=[
                Route("/state", self._state, methods=["GET"]),
                Route("/edition", self._edition, methods=["PUT"]),
                Route("/clock", self._clock, methods=["POST"]),
                Route("/faults", self._faults, methods=["GET"]),
                Route("/faults", self._no_faults, methods=["DELETE"]),
                Route("/faults/{name}", self._fault, methods=["PUT"]),
                Route("/reset", self._reset, methods=["POST"]),
                Route("/registrations", self._registrations, methods=["GET"]),
                Route("/registrations/{identity}", self._unregister, methods=["DELETE"]),
                Route("/rights/{identity}", self._forget_rights, methods=["DELETE"]),
                Route("/profiles/{user}", self._forget_profile, methods=["DELETE"]),
            ],
            exception_handlers={HTTPException: _sentence},
        )

    async def _state(self, _request: Request) -> JSONResponse:
        clock = self._scene.clock
        return JSONResponse(
            {
                "simulated": True,
                "edition": self._scene.edition,
                "now": clock.now().isoformat(),
                "clock_offset": clock.offset,
                "faults": self._scene.faults.all_on(),
            }
        )

    async def _edition(self, request: Request) -> JSONResponse:
        body = await _object(request, {"edition"})
        edition = body.get("edition")
        if edition not in EDITIONS:
            raise HTTPException(422, f"'edition' is one of {', '.join(EDITIONS)}, not {edition!r}.")
        self._scene.edition = edition
        return await self._state(request)

    async def _clock(self, request: Request) -> JSONResponse:
        seconds = (await _object(request, {"advance"})).get("advance")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise HTTPException(422, f"'advance' is a number of seconds >= 0, not {seconds!r}.")
        self._scene.clock.advance(float(seconds))
        return await self._state(request)

    async def _faults(self, _request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "faults": [_described(kind) for kind in CATALOGUE.values()],
                "controls": self._scene.controls(),
            }
        )

    async def _fault(self, request: Request) -> JSONResponse:
        name = request.path_params["name"]
        given = await _object(request, None)
        if "control" in given:
            self._check_control(given)
        try:
            self._scene.faults.set(name, given)
        except UnknownFaultError as unknown:
            raise HTTPException(422, str(unknown)) from unknown
        await self._scene.faults.settled()
        return await self._state(request)

    def _check_control(self, given: dict[str, Any]) -> None:
        by_host = self._scene.controls()
        host, control = given.get("host"), given["control"]
        known = (
            by_host.get(host, []) if host else sorted({c for cs in by_host.values() for c in cs})
        )
        if control not in known:
            where = f"{host} has" if host else "there are"
            raise HTTPException(
                422, f"No control '{control}'; {where} {', '.join(known) or 'none'}."
            )

    async def _no_faults(self, request: Request) -> JSONResponse:
        self._scene.faults.clear()
        await self._scene.faults.settled()
        return await self._state(request)

    async def _reset(self, request: Request) -> JSONResponse:
        self._scene.reset()
        await self._scene.faults.settled()
        return await self._state(request)

    async def _registrations(self, _request: Request) -> JSONResponse:
        accounts = self._scene.shared(NationalAccounts)
        return JSONResponse({"registrations": accounts.registered()})

    async def _unregister(self, request: Request) -> JSONResponse:
        """What a run has registered it removes: with a data folder it would stay for ever."""
        identity = request.path_params["identity"]
        if not self._scene.shared(NationalAccounts).remove(identity):
            raise HTTPException(404, f"No registered account has the identity number {identity}.")
        self._scene.shared(Rights).forget(identity)
        return await self._registrations(request)

    async def _forget_rights(self, request: Request) -> JSONResponse:
        """The rights of one account as published again, whatever the administrator changed."""
        self._scene.shared(Rights).forget(request.path_params["identity"])
        return await self._state(request)

    async def _forget_profile(self, request: Request) -> JSONResponse:
        user = request.path_params["user"]
        if not self._scene.shared(Officials).forget(user):
            raise HTTPException(404, f"The official {user} has changed nothing in the profile.")
        return await self._state(request)


def site(scene: Scene) -> Site:
    return Site(hosts.CONTROL, Control(scene).app)


async def _object(request: Request, known: set[str] | None) -> dict[str, Any]:
    body: Any = {}
    if await request.body():
        try:
            body = await request.json()
        except (JSONDecodeError, UnicodeDecodeError) as error:
            raise HTTPException(422, f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise HTTPException(422, "The body is a JSON object.")
    if known is not None and (unknown := sorted(set(body) - known)):
        raise HTTPException(422, f"Unknown '{unknown[0]}'; known is {', '.join(sorted(known))}.")
    return body


async def _sentence(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


def _described(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "what": kind.what,
        "hosts": list(kind.hosts),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.kind.__name__,
                "what": parameter.what,
                "default": parameter.default,
            }
            for parameter in kind.parameters
        ],
    }
