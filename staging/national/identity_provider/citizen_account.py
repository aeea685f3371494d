"""The provider's own form for an account that the national portal has given to a citizen.

LC-2020 ends with such an account, and officials use it in the subsystems. The choice of account
kind does not lead here: since 01/07/2024 citizens have VNeID (portal-facts.md, graded C). How the
form looked: ?
"""

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from staging.national.accounts import Account, AccountRefusedError, NationalAccounts
from staging.national.identity_provider.choice import PAGES, RETRY, Choice
from staging.national.identity_provider.logins import Logins, StaleError
from staging.national.identity_provider.oauth import Subject
from staging.scene import Scene


class CitizenAccount:
    def __init__(self, scene: Scene, logins: Logins, choice: Choice) -> None:
        self.accounts = scene.shared(NationalAccounts)
        self.logins = logins
        self.choice = choice

    def routes(self) -> list[Route]:
        return [
            Route(f"{PAGES}/citizen.do", self.form),
            Route(f"{PAGES}/citizen.do", self.sign_in, methods=["POST"]),
        ]

    async def form(self, request: Request) -> Response:
        return self._page(request)

    async def sign_in(self, request: Request) -> Response:
        form = await request.form()
        user = str(form.get("username", "")).strip()
        try:
            account = self.accounts.with_password(user, str(form.get("password", "")))
        except AccountRefusedError as refused:
            return self._page(request, 400, mistake=str(refused), user=user)
        try:
            with self.logins.of(request, request.query_params.get("sessionDataKey", "")) as login:
                onward = self.logins.finish(request, login, _as_subject(account))
        except StaleError:
            onward = RETRY
        return RedirectResponse(onward, 303)

    def _page(self, request: Request, status: int = 200, **values: str) -> Response:
        try:
            with self.logins.of(request, request.query_params.get("sessionDataKey", "")) as login:
                portal = self.logins.oauth.clients[login.client_id].name
        except StaleError:
            return RedirectResponse(RETRY, 302)
        return self.choice.page(request, "citizen.html", status, portal=portal, **values)


def _as_subject(account: Account) -> Subject:
    return Subject(
        sub=account.identity,
        sid=secrets.token_urlsafe(16),
        name=account.name,
        kind="citizen",
        more={
            "birthdate": account.birth_date.isoformat(),
            "phone_number": account.phone,
            "level": 1,
        },
    )
