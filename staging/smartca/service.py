"""The service's interface for those who want something signed."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from staging.scene import Scene
from staging.signing.callers import from_the_provider
from staging.signing.organisations import Organisations
from staging.signing.transactions import Transactions

_WAITING = "sig_wait_for_user_confirm"


class Service:
    def __init__(
        self, scene: Scene, organisations: Organisations, transactions: Transactions
    ) -> None:
        self._organisations = organisations
        self._transactions = transactions
        ours = "/api/v1/signatures"
        self.routes = [
            Route(f"{ours}/sign", from_the_provider(scene, self._sign), methods=["POST"]),
            Route(f"{ours}/{{id}}/status", from_the_provider(scene, self._status)),
        ]

    async def _sign(self, request: Request) -> Response:
        asked = await request.json()
        organisation = self._organisations.by_tax_code(str(asked["user_id"]))
        if organisation is None:
            return JSONResponse({"status": "user_not_found"})
        begun = self._transactions.begin(organisation, str(asked["data"]), str(asked["text"]))
        return JSONResponse({"status": _WAITING, "transaction_id": begun.id, "code": begun.code})

    async def _status(self, request: Request) -> Response:
        outcome = self._transactions.outcome(request.path_params["id"])
        if outcome is None:
            return JSONResponse({"status": "transaction_not_found"})
        status = _WAITING if outcome.state == "waiting" else outcome.state
        return JSONResponse(
            {
                "status": status,
                "certificate": outcome.certificate,
                "signature": outcome.signature,
            }
        )
