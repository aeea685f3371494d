"""The phone's look at the desktop: a picture of the screen, and the login QR code on it."""

from __future__ import annotations

from playwright.sync_api import FloatRect

from journeys.bounded import count
from journeys.device import BrowserDevice
from pages.errors import Broken
from pages.finding import locate
from visitors.qr import QrCode, read
from visitors.secret import Secret, Secrets


class DesktopCamera:
    """Takes a picture of the desktop and reads the login QR code off it, as a phone does.

    Other QR codes may be on the screen (a portal's Zalo pop-up); the login code is the one that
    stands where VNeID shows it.

    Args:
        desktop: whose screen is photographed.
        screen: the key of the screen that shows the login code.
        secrets: told what was read, since the code is a token while it lives.
    """

    def __init__(self, desktop: BrowserDevice, screen: str, secrets: Secrets) -> None:
        self._desktop = desktop
        self._screen = screen
        self._secrets = secrets

    def __call__(self) -> Secret:
        """What the login QR code says.

        Raises:
            Broken: there is none, or it cannot be read.
        """
        page = self._desktop.page
        place = self._desktop.atlas.screens[self._screen].controls["qr"].place
        places = locate(page, place)
        shown = places.first.bounding_box() if count(places) else None
        picture = self._desktop.photograph()
        scale = page.locator(":root").evaluate("() => devicePixelRatio")
        for code in read(picture):
            if shown is not None and _within(code, shown, scale):
                return self._secrets.new("payload", code.text)
        raise Broken("qr unreadable", self._desktop.atlas.screens[self._screen].name)


def _within(code: QrCode, shown: FloatRect, scale: float) -> bool:
    """Whether the middle of a code that was read lies where the login code is shown."""
    x = (code.box.x + code.box.width / 2) / scale - shown["x"]
    y = (code.box.y + code.box.height / 2) / scale - shown["y"]
    return bool(0 <= x <= shown["width"] and 0 <= y <= shown["height"])
