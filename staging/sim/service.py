"""The operator's service: asked for a signature, it asks the SIM, and says how far it is."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from staging.scene import Scene
from staging.signing.callers import from_the_provider
from staging.signing.organisations import Organisations
from staging.signing.transactions import Transactions

# ETSI TS 102 204, status codes.
_UNKNOWN_CLIENT = "105"
_STATUS = {
    "waiting": "504",
    "signed": "502",
    "rejected": "401",
    "expired": "208",
    "pin_locked": "402",
}


class Service:
    def __init__(
        self, scene: Scene, organisations: Organisations, transactions: Transactions
    ) -> None:
        self._organisations = organisations
        self._transactions = transactions
        ours = "/api/mss/signature"
        self.routes = [
            Route(ours, from_the_provider(scene, self._sign), methods=["POST"]),
            Route(f"{ours}/{{id}}", from_the_provider(scene, self._status)),
        ]

    async def _sign(self, request: Request) -> Response:
        asked = await request.json()
        organisation = self._organisations.by_phone(str(asked["MSISDN"]))
        if organisation is None:
            return JSONResponse({"StatusCode": _UNKNOWN_CLIENT})
        begun = self._transactions.begin(organisation, str(asked["data"]), str(asked["text"]))
        return JSONResponse(
            {"StatusCode": _STATUS["waiting"], "MSSP_TransID": begun.id, "code": begun.code}
        )

    async def _status(self, request: Request) -> Response:
        outcome = self._transactions.outcome(request.path_params["id"])
        status = _UNKNOWN_CLIENT if outcome is None else _STATUS[outcome.state]
        answer = {"StatusCode": status}
        if outcome is not None and outcome.state == "signed":
            answer |= {"certificate": outcome.certificate, "signature": outcome.signature}
        return JSONResponse(answer)
