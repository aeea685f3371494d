"""Codes computed from a shared secret and the time (RFC 6238), with pyotp."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyotp

from visitors.codes import Clock, Mark, Received, Unusable
from visitors.secret import Secret, Secrets

INTERVAL = 30  # seconds of one window (RFC 6238, section 4.1)
LEAST = 3.0  # seconds of a window that must be left: typing and sending take time


class Windows:
    """Which windows have been used: none is used twice, by this process or any other.

    A verifier must refuse a code it has accepted before (RFC 6238, section 5.2). Each window used
    is an empty file, made so that only one can make it; old ones are swept away.

    Args:
        folder: where they lie; whoever shares an account shares the folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(tempfile.gettempdir()) / f"guidewatch-windows-{os.getuid()}"

    def take(self, secret: Secret, window: int) -> bool:
        """Use a window; False if somebody has.

        Raises:
            Unusable: the folder cannot be written.
        """
        # A shared secret of 112 bits and more cannot be found again from its hash.
        account = hashlib.sha256(secret.reveal().encode()).hexdigest()[:24]
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in self._folder.glob(f"{account}-*"):
                if int(old.name.rpartition("-")[2]) < window - 10:
                    old.unlink(missing_ok=True)
            (self._folder / f"{account}-{window}").touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return False
        except OSError as error:
            raise Unusable(
                f"used one-time codes cannot be noted in {self._folder} ({error.strerror}); "
                "make the folder writable or set TMPDIR"
            ) from None
        return True


class Totp:
    """The code of the present window, each used once.

    Args:
        secret: the shared secret, base32.
        clock: of the portals; where tests move it, the code moves with it.
        secrets: remembers the codes.
        windows: which ones have been used.
        within: seconds that waiting for a fresh window may take in all.
        wait: lets seconds pass on the portals' clock.

    Raises:
        Unusable: the secret is not base32 of at least 112 bits.
    """

    def __init__(
        self,
        secret: Secret,
        clock: Clock,
        secrets: Secrets,
        windows: Windows,
        within: float = 60.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._secret = secret
        self._clock = clock
        self._secrets = secrets
        self._windows = windows
        self._within = within
        self._wait = wait
        try:
            self._totp = pyotp.TOTP(secret.reveal().replace(" ", ""), interval=INTERVAL)
            self._totp.at(0)
        except ValueError:  # binascii.Error is one
            raise Unusable(
                "a totp secret is not base32 of at least 112 bits (23 characters); "
                "copy it again from where the account was set up"
            ) from None

    def request_mark(self) -> Mark:
        """Nothing is sent: a mark only starts the clock."""
        return Mark(0, self._seconds())

    def code(self, after: Mark) -> Received:
        """The code of a window that nobody has used and that lasts three seconds more.

        It is computed after any waiting, not before.

        Raises:
            Unusable: no such window came within the limit.
        """
        waited = 0.0
        while True:
            now = self._seconds()
            window, gone = divmod(now, INTERVAL)
            left = INTERVAL - gone
            if left >= LEAST and self._windows.take(self._secret, int(window)):
                code = self._secrets.new("code", self._totp.at(int(now)))
                return Received(code, len(code.reveal()), None, max(0.0, now - after.at))
            if waited + left > self._within:
                raise Unusable(
                    f"no unused window for a one-time code within {self._within:g} seconds"
                )
            self._wait(left)
            waited += left

    def _seconds(self) -> float:
        return self._clock.now().timestamp()
