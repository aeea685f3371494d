"""Login codes: sent by SMS, or shown by the app (RFC 6238)."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from staging import sms
from staging.clock import VIETNAM
from staging.editions import PUBLISHED
from staging.people import Person
from staging.scene import Scene
from staging.vneid.accounts import Accounts, RefusedError
from staging.vneid.tables import Login, UsedWindow

_DIGITS = 6
_SECONDS = 180.0  # three minutes (portal-facts.md, graded C; HY-2023)
EXPIRED = "Mã OTP đã hết hiệu lực."  # graded C
WRONG = "Mã OTP không chính xác."  # ? wording


@dataclass(frozen=True)
class AskedCode:
    channel: str
    expires: datetime
    seconds: float
    digits: int


class Codes:
    def __init__(self, scene: Scene, accounts: Accounts) -> None:
        self._scene = scene
        self._accounts = accounts

    def default_channel(self) -> str:
        """SMS as the guides have it; since about October 2024 the app (portal-facts.md, C)."""
        return "sms" if self._scene.edition == PUBLISHED else "app"

    def ask(self, login: Login, person: Person, channel: str) -> AskedCode:
        """A new code; an older one of the same login is worth nothing from now on."""
        seconds = self._seconds()
        login.stage, login.channel = "code", channel
        login.code_expires = self._scene.clock.timestamp() + seconds
        login.code = self._send(person, seconds) if channel == "sms" else None
        expires = datetime.fromtimestamp(login.code_expires, VIETNAM)
        return AskedCode(channel, expires, seconds, self._digits())

    def check(self, login: Login, person: Person, entered: str) -> None:
        """Used up when right; refuses, and counts, when wrong."""
        self._accounts.check_not_locked(person)
        if self._scene.clock.timestamp() >= login.code_expires:
            raise RefusedError(EXPIRED)
        if not self._matches(login, person, entered):
            self._accounts.wrong_entry(person, WRONG)
        login.code, login.code_expires = None, 0.0

    def forget(self, login: Login) -> None:
        login.stage, login.code, login.code_expires = "sign-in", None, 0.0

    def shown_by_app(self, person: Person) -> tuple[str, int]:
        """The code and for how many seconds it stays on the screen."""
        totp = pyotp.TOTP(person.totp_secret, digits=self._digits())
        now = self._scene.clock.timestamp()
        return totp.at(int(now)), int(totp.interval - now % totp.interval)

    def _matches(self, login: Login, person: Person, entered: str) -> bool:
        if login.channel == "app":
            return self._is_of_a_fresh_window(person, entered)
        return hmac.compare_digest(entered.encode(), (login.code or "").encode())

    def _is_of_a_fresh_window(self, person: Person, entered: str) -> bool:
        """A window early or late is let through; none up to the last one used (RFC 6238, 5.2)."""
        totp = pyotp.TOTP(person.totp_secret, digits=self._digits())
        now = int(self._scene.clock.timestamp()) // totp.interval
        with Session(self._scene.engine) as session, session.begin():
            used = session.get(UsedWindow, person.identity)
            since = now - 1 if used is None else max(now - 1, used.window + 1)
            for window in range(since, now + 2):
                if hmac.compare_digest(entered.encode(), totp.generate_otp(window).encode()):
                    session.merge(UsedWindow(identity=person.identity, window=window))
                    return True
        return False

    def _send(self, person: Person, seconds: float) -> str:
        code = "".join(secrets.choice("0123456789") for _ in range(self._digits()))
        lives = f"{seconds / 60:g} phút" if seconds >= 60 else f"{seconds:g} giây"
        sms.send(
            self._scene,
            person.phone,
            f"VNeID: Mã OTP đăng nhập của bạn là {code}. Mã có hiệu lực trong {lives}. "
            "Không cung cấp mã này cho bất kỳ ai.",
        )
        return code

    def _digits(self) -> int:
        changed = self._scene.faults.active("otp-digits")
        return int(changed["digits"]) if changed else _DIGITS

    def _seconds(self) -> float:
        changed = self._scene.faults.active("otp-lifetime")
        return float(changed["seconds"]) if changed else _SECONDS
