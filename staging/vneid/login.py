"""One login, from the portal's request to the answer: who may go on, which screen comes next."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from staging import hosts
from staging.editions import PUBLISHED
from staging.openid.request import OAuthRequest
from staging.people import Person
from staging.scene import Scene
from staging.vneid.accounts import Accounts
from staging.vneid.provider import ISSUER, Provider, SignedInPerson
from staging.vneid.tables import Login, SsoSession

_LOGIN_SECONDS = 30 * 60


class StaleError(Exception):
    """The login was begun in another browser, is over, is too old, or is at another screen."""


@dataclass(frozen=True)
class Answer:
    """What the page is told: the next screen, or where to go, with the session if one began."""

    next: str | None = None
    redirect: str | None = None
    session_cookie: str | None = None


class Logins:
    def __init__(self, scene: Scene, provider: Provider, accounts: Accounts) -> None:
        self._scene = scene
        self._provider = provider
        self._accounts = accounts

    def begin(self, query: str, client_id: str, browser: str) -> Login:
        login = Login(
            csrt=secrets.token_urlsafe(24),
            browser=browser,
            client_id=client_id,
            query=query,
            began=self._scene.clock.timestamp(),
            captcha="".join(secrets.choice("ABCDEFGHKMNPRSTUVXY3456789") for _ in range(5)),
        )
        with Session(self._scene.engine, expire_on_commit=False) as session, session.begin():
            session.add(login)
        return login

    @contextmanager
    def at(self, csrt: str, browser: str, *stages: str) -> Iterator[Login]:
        """The login of this browser, if it is at one of these screens. Changes are kept, also when
        the entry is refused."""
        with Session(self._scene.engine, expire_on_commit=False) as session:
            login = session.get(Login, csrt)
            if (
                login is None
                or login.browser != browser
                or self._scene.clock.timestamp() > login.began + _LOGIN_SECONDS
                or (stages and login.stage not in stages)
            ):
                raise StaleError
            try:
                yield login
            finally:
                session.commit()

    def person(self, login: Login) -> Person:
        person = self._scene.people.by_identity(login.identity or "")
        if person is None:
            raise StaleError
        return person

    def proven(self, login: Login) -> Answer:
        """The citizen has shown who they are; whatever else is asked follows."""
        return self._advance(login, self._more_screens(login))

    def passed(self, login: Login) -> Answer:
        """The screen the login is at has been dealt with."""
        screens = self._more_screens(login)
        seen = screens.index(login.stage) + 1 if login.stage in screens else 0
        return self._advance(login, screens[seen:])

    def refuse(self, login: Login) -> str:
        """The citizen does not want to: the portal is told access_denied."""
        login.stage = "done"
        return self._redirect(login.query, None)

    def answer_at_once(self, query: str, person: Person, sid: str) -> str:
        """For a citizen who is signed in at VNeID already."""
        return self._redirect(query, SignedInPerson(person, sid))

    def _more_screens(self, login: Login) -> list[str]:
        screens = []
        if self._scene.edition != PUBLISHED:
            screens.append("consent")
            if login.channel != "qr":
                # ? after a scan: the app has asked for the same passcode a moment ago.
                screens.append("passcode")
        if self._scene.faults.active("extra-screen", hosts.VNEID):
            screens.append("survey")
        return screens

    def _advance(self, login: Login, screens: list[str]) -> Answer:
        if screens:
            login.stage = screens[0]
            return Answer(next=screens[0])
        person = self.person(login)
        self._accounts.signed_in(person)
        login.stage = "done"
        began = SsoSession(
            cookie=secrets.token_urlsafe(32),
            sid=secrets.token_urlsafe(16),
            identity=person.identity,
            began=self._scene.clock.timestamp(),
        )
        cookie, sid = began.cookie, began.sid
        with Session(self._scene.engine) as session, session.begin():
            session.add(began)
        return Answer(
            redirect=self._redirect(login.query, SignedInPerson(person, sid)), session_cookie=cookie
        )

    def _redirect(self, query: str, granted: SignedInPerson | None) -> str:
        request = OAuthRequest("GET", f"{ISSUER}/auth?{query}", query, {})
        grant = self._provider.get_consent_grant(request, granted)
        response = self._provider.create_authorization_response(request, granted, grant=grant)
        return str(response.headers["location"])
