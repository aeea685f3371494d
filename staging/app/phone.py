"""One phone with the app: what it has read, and the three ways it goes on (guide-facts.md).

LC-2024: confirm, passcode. TH-2024: confirm, notice, close. HY-2023: notice, close, which also logs
out of the app. Which one is VNeID's setting for portal and edition (vneid/clients.yaml).
"""

import secrets
from types import TracebackType
from typing import Self

from sqlalchemy import delete
from sqlalchemy.orm import Session

from staging.app.tables import AppSession
from staging.people import Person
from staging.scene import Scene
from staging.vneid.accounts import NOT_ALLOWED_ON_WEB, Accounts, RefusedError
from staging.vneid.clients import Client, PhoneFlow, load_clients
from staging.vneid.codes import Codes
from staging.vneid.qr import QrCodes

# ? All wordings.
_PASSCODE_WRONG = "Passcode không chính xác. Vui lòng nhập lại."
_SIGNED_IN = "Xác nhận đăng nhập thành công."
_REFUSED = "Bạn đã từ chối yêu cầu đăng nhập."


class LoggedOutError(Exception):
    """The app is not logged in on this phone, or not any more."""


class Phones:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.accounts = Accounts(scene)
        self.codes = Codes(scene, self.accounts)
        self.qr_codes = QrCodes(scene)
        self.clients = load_clients(scene)

    def log_in(self, identity: str, password: str) -> str:
        person = self.accounts.with_password(identity, password)
        cookie = secrets.token_urlsafe(32)
        with Session(self.scene.engine) as session, session.begin():
            session.add(AppSession(cookie=cookie, identity=person.identity))
        return cookie

    def log_out(self, cookie: str) -> None:
        with Session(self.scene.engine) as session, session.begin():
            session.execute(delete(AppSession).where(AppSession.cookie == cookie))

    def of(self, cookie: str) -> "Phone":
        return Phone(self, cookie)


class Phone:
    """To be used in a `with`: what has changed by its end is kept."""

    def __init__(self, phones: Phones, cookie: str) -> None:
        self._phones = phones
        self._session = Session(phones.scene.engine)
        found = self._session.get(AppSession, cookie)
        person = phones.scene.people.by_identity(found.identity) if found else None
        if found is None or person is None:
            self._session.close()
            raise LoggedOutError
        self._state = found
        self.person: Person = person

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.commit()
        self._session.close()

    @property
    def screen(self) -> str:
        return self._state.screen

    @property
    def flow(self) -> PhoneFlow:
        return self._client.phone_flow(self._phones.scene.edition)

    @property
    def portal_name(self) -> str:
        return self._client.name

    def take_message(self) -> str | None:
        message, self._state.message = self._state.message, None
        return message

    def scan(self, payload: str) -> str:
        """The address of the screen that follows; refuses what is no usable login code."""
        if not self.person.app_allowed:
            raise RefusedError(NOT_ALLOWED_ON_WEB)
        self._phones.accounts.check_not_locked(self.person)
        self._phones.accounts.check_level(self.person)
        payload = payload.strip()
        login = self._phones.qr_codes.scan(payload, self.person)
        self._state.qr, self._state.client_id = payload, login.client_id
        if self.flow == "notice-and-log-out":
            return self._approve("notice")
        self._state.screen = "confirm"
        return "/yeu-cau-dang-nhap"

    def decide(self, *, confirmed: bool) -> str:
        if self.screen != "confirm":
            return "/"
        if not confirmed:
            self._decide(approved=False)
            return self._home(_REFUSED)
        if self.flow == "confirm-and-notice":
            return self._approve("notice")
        self._state.screen = "passcode"
        return "/passcode"

    def enter_passcode(self, passcode: str) -> str:
        if self.screen != "passcode":
            return "/"
        self._phones.accounts.check_not_locked(self.person)
        if passcode != self.person.passcode:
            self._phones.accounts.wrong_entry(self.person, _PASSCODE_WRONG)
        return self._approve("home")

    def close_notice(self) -> str:
        if self.screen != "notice":
            return "/"
        if self.flow == "notice-and-log-out":
            self._session.delete(self._state)
            return "/dang-nhap"
        self._home(None)
        return "/"

    def _approve(self, screen: str) -> str:
        self._decide(approved=True)
        if screen == "home":
            return self._home(_SIGNED_IN)
        self._state.screen = screen
        return "/thong-bao"

    def _decide(self, *, approved: bool) -> None:
        try:
            self._phones.qr_codes.decide(self._state.qr or "", self.person, approved=approved)
        except RefusedError:
            self._home(None)
            raise

    def _home(self, message: str | None) -> str:
        self._state.screen, self._state.message = "home", message
        return "/"

    @property
    def _client(self) -> Client:
        return self._phones.clients[self._state.client_id or ""]
