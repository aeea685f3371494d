"""The business sign-in: a page with three tabs, each a way of signing a challenge.

portal-facts.md: the tabs' names are graded C, the HTML is not known (?). SmartCA and the SIM sign
elsewhere: the page asks here how far it is, as the real one polls its transaction.
"""

import base64
from binascii import Error as NotBase64Error
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from staging.national.identity_provider.choice import PAGES, RETRY, Choice
from staging.national.identity_provider.logins import Logins, StaleError, as_subject
from staging.national.identity_provider.remote_signing import RemoteSigning, SigningServiceError
from staging.national.identity_provider.tables import NationalLogin
from staging.scene import NOVEMBER_2026, Scene
from staging.signing.certificates import Certificates
from staging.signing.checking import EXPIRED, NOT_VALID, ExpiredError, NotAcceptedError, holder

Answer = dict[str, Any]
Handler = Callable[[Request, FormData, NationalLogin], Awaitable[Answer]]


class Business:
    def __init__(self, scene: Scene, logins: Logins, choice: Choice) -> None:
        self.scene = scene
        self.logins = logins
        self.choice = choice
        self.certificates = scene.shared(Certificates)
        self.remote = RemoteSigning(scene)

    def routes(self) -> list[Route]:
        return [
            Route(f"{PAGES}/business.do", self.page),
            self._action("/commonauth/usb/challenge", self._usb_challenge),
            self._action("/commonauth/usb", self._usb_signed),
            self._action("/commonauth/smartca", self._smartca),
            self._action("/commonauth/smartca/status", self._smartca_status),
            self._action("/commonauth/sim", self._sim),
            self._action("/commonauth/sim/status", self._sim_status),
        ]

    async def page(self, request: Request) -> Response:
        key = request.query_params.get("sessionDataKey", "")
        try:
            with self.logins.of(request, key):
                if self.scene.edition == NOVEMBER_2026:
                    raise StaleError
                return self.choice.page(request, "business.html", key=key)
        except StaleError:
            return RedirectResponse(RETRY, 302)

    def _action(self, path: str, handle: Handler) -> Route:
        async def answer(request: Request) -> Response:
            form = await request.form()
            try:
                with self.logins.of(request, str(form.get("sessionDataKey", ""))) as login:
                    if self.scene.edition == NOVEMBER_2026:
                        raise StaleError
                    found = await handle(request, form, login)
            except (NotAcceptedError, SigningServiceError) as refused:
                return JSONResponse({"message": str(refused)}, 400)
            except StaleError:
                return JSONResponse({"redirect": RETRY}, 410)
            return JSONResponse(found)

        return Route(path, answer, methods=["POST"])

    async def _usb_challenge(
        self, _request: Request, _form: FormData, login: NationalLogin
    ) -> Answer:
        challenge = self.logins.challenge(login)
        return {"challenge": base64.b64encode(challenge).decode()}

    async def _usb_signed(self, request: Request, form: FormData, login: NationalLogin) -> Answer:
        try:
            certificate = base64.b64decode(str(form.get("certificate", "")), validate=True)
            signature = base64.b64decode(str(form.get("signature", "")), validate=True)
        except NotBase64Error as error:
            raise NotAcceptedError(NOT_VALID) from error
        return await self._let_in(request, login, certificate, signature)

    async def _smartca(self, _request: Request, form: FormData, login: NationalLogin) -> Answer:
        user = str(form.get("user", "")).strip()
        begun = await self.remote.begin_smartca(user, self.logins.challenge(login))
        login.transaction = begun.transaction
        return {"waiting": True, "code": begun.code}

    async def _smartca_status(
        self, request: Request, _form: FormData, login: NationalLogin
    ) -> Answer:
        signed = await self.remote.smartca_signature(login.transaction or "")
        return {"waiting": True} if signed is None else await self._let_in(request, login, *signed)

    async def _sim(self, _request: Request, form: FormData, login: NationalLogin) -> Answer:
        phone = str(form.get("phone", "")).strip()
        begun = await self.remote.begin_sim(phone, self.logins.challenge(login))
        login.transaction = begun.transaction
        return {"waiting": True, "code": begun.code}

    async def _sim_status(self, request: Request, _form: FormData, login: NationalLogin) -> Answer:
        signed = await self.remote.sim_signature(login.transaction or "")
        if signed is None:
            return {"waiting": True}
        return await self._let_in(request, login, *signed, expired=EXPIRED)

    async def _let_in(
        self,
        request: Request,
        login: NationalLogin,
        certificate: bytes,
        signature: bytes,
        expired: str = NOT_VALID,  # the SIM has a sentence of its own
    ) -> Answer:
        challenge = self.logins.take_challenge(login)
        try:
            organisation = await holder(self.certificates, certificate, signature, challenge)
        except ExpiredError as error:
            raise NotAcceptedError(expired) from error
        return {"redirect": self.logins.finish(request, login, as_subject(organisation))}
