"""Logins under way, each known by its `sessionDataKey`, and how they end."""

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session
from starlette.requests import Request

from staging import hosts
from staging.national.identity_provider.oauth import OAuthServer, Subject
from staging.national.identity_provider.tables import NationalLogin
from staging.scene import Scene
from staging.signing.organisations import Organisation

_LOGIN_SECONDS = 15 * 60  # ? how long the real key lives
_CHALLENGE_SECONDS = 5 * 60  # ?


class StaleError(Exception):
    """The key is unknown, used up, too old, or another browser's: this ends at retry.do."""


class Logins:
    def __init__(self, scene: Scene, oauth: OAuthServer) -> None:
        self.scene = scene
        self.oauth = oauth

    def begin(self, request: Request, client_id: str) -> str:
        browser = request.session.setdefault("browser", secrets.token_urlsafe(16))
        login = NationalLogin(
            key=str(uuid4()),
            browser=browser,
            client_id=client_id,
            query=request.url.query,
            began=self.scene.clock.timestamp(),
        )
        key = login.key
        with Session(self.scene.engine) as session, session.begin():
            session.add(login)
        return key

    @contextmanager
    def of(self, request: Request, key: str) -> Iterator[NationalLogin]:
        """The login of this browser under this key; changes are kept, also when it is refused."""
        with Session(self.scene.engine, expire_on_commit=False) as session:
            login = session.get(NationalLogin, key)
            if (
                login is None
                or login.browser != request.session.get("browser")
                or self.scene.clock.timestamp() > login.began + _LOGIN_SECONDS
            ):
                raise StaleError
            try:
                yield login
            finally:
                session.commit()

    def challenge(self, login: NationalLogin) -> bytes:
        """What is to be signed now; one that was asked for before is worth nothing any more.

        It names the provider and the login, so that a signature given elsewhere never fits.
        """
        random = secrets.token_hex(32)
        text = f"{hosts.NATIONAL_IDP}|{login.key}|{random}".encode()
        login.challenge = base64.b64encode(text).decode()
        login.challenge_ends = self.scene.clock.timestamp() + _CHALLENGE_SECONDS
        return text

    def take_challenge(self, login: NationalLogin) -> bytes:
        """Good for one try, whatever comes of it, also where several try at once.

        Whoever has waited for a signing service since the login was read may find it taken, or
        find that another was asked for meanwhile.
        """
        challenge = login.challenge
        if challenge is None:
            raise StaleError
        self._claim(login, NationalLogin.challenge == challenge, challenge=None)
        if self.scene.clock.timestamp() > login.challenge_ends:
            raise StaleError
        return base64.b64decode(challenge)

    def finish(self, request: Request, login: NationalLogin, subject: Subject) -> str:
        """Answers the portal; the key is used up. The address to go to."""
        self._use_up(login)
        request.session["signed_in"] = {"sid": subject.sid, "sub": subject.sub}
        return self.oauth.answer(login.query, subject)

    def refuse(self, login: NationalLogin) -> str:
        """The person did not want to, or may not: the portal is told access_denied."""
        self._use_up(login)
        return self.oauth.answer(login.query, None)

    def _use_up(self, login: NationalLogin) -> None:
        used_up = {"began": float("-inf"), "challenge": None}
        self._claim(login, NationalLogin.began == login.began, **used_up)

    def _claim(
        self, login: NationalLogin, unchanged: ColumnElement[bool], **values: float | None
    ) -> None:
        """Of several that have read the same login, one changes it; for the others it is stale."""
        change = update(NationalLogin).where(NationalLogin.key == login.key, unchanged)
        with self.scene.engine.begin() as connection:
            if connection.execute(change.values(**values)).rowcount != 1:
                raise StaleError


def as_subject(organisation: Organisation) -> Subject:
    return Subject(
        sub=organisation.tax_code,
        sid=secrets.token_urlsafe(16),
        name=organisation.name,
        kind="organisation",
        more={"phone_number": organisation.phone},
    )
