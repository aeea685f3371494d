"""What a visitor has to hand: devices switched on when needed, secrets, codes, a camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeys.camera import DesktopCamera
from journeys.codes import VisitorCodes
from journeys.device import BrowserDevice
from pages.device import Target
from visitors.portrait import portrait
from visitors.secret import Secret, Secrets
from visitors.visitor import Visitor


class Devices(dict[str, BrowserDevice]):
    """A visitor's devices by seat, each switched on when first used.

    Args:
        switch_on: makes the device of a seat.
    """

    def __init__(self, switch_on: Callable[[str], BrowserDevice]) -> None:
        super().__init__()
        self._switch_on = switch_on

    def __missing__(self, seat: str) -> BrowserDevice:
        self[seat] = self._switch_on(seat)
        return self[seat]


def hands_of(who: Visitor | None, devices: Devices, secrets: Secrets) -> dict[str, Any]:
    """What a visitor has to hand, by the name under which verbs ask for it.

    Args:
        who: none where the environment allows no credentials.
        devices: what codes are noted on, and whose screens are photographed and read.
        secrets: remembers what the camera reads.
    """
    hands: dict[str, Any] = {
        **own_secrets(who),
        "codes": VisitorCodes(who.codes if who else {}, lambda: devices["desktop"].trail),
        "camera": lambda: DesktopCamera(devices["desktop"], "vneid", secrets)(),
        "request_code": lambda: _request_code(devices["desktop"]),
    }
    if who is None:
        return hands
    pins = {f"{what}_pin": pin for what, pin in who.pins.items()}
    phone = {"phone": Secret("phone", who.phone)} if who.phone else {}
    own = {"name": who.name, "details": who.details, "picture": portrait()}
    return {**hands, **pins, **phone, **own}


def _request_code(desktop: BrowserDevice) -> str:
    """The code that the sign-in page shows for what is to be confirmed elsewhere."""
    code = desktop.atlas.screens["business"].controls["code"]
    return desktop.read(Target("business", "code", code))


def own_secrets(who: Visitor | None) -> dict[str, Secret]:
    """What a visitor signs in with, by name."""
    if who is None:
        return {}
    own = {"account": who.account, "password": who.password}
    return {**own, "passcode": who.passcode} if who.passcode else own
