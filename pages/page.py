"""What all pages share: a screen of the portal file, a device, and verbs that return the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal, Self, TypeVar, overload

from config.portals import Screen
from pages.device import Device, Target

Seat = Literal["desktop", "phone", "token"]
"""`token`: the windows of the signing program, in front of the browser on the same desk."""
Verb = TypeVar("Verb", bound=Callable[..., Any])


class Page:
    """One screen, as a visitor meets it.

    A subclass names its screen's key in the portal file and has verbs; where its controls are and
    what they are called is data, so that a new province needs no Python.
    """

    key: ClassVar[str]
    seat: ClassVar[Seat] = "desktop"

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def screen(self) -> Screen:
        """What the portal file knows of this screen."""
        return self.device.atlas.screens[self.key]

    def control(self, key: str) -> Target:
        """A control of this screen, not yet looked for."""
        return Target(self.key, key, self.screen.controls[key])


def verb(method: Verb) -> Verb:
    """Mark a method as something that a guide's move can `do`."""
    method.is_verb = True  # type: ignore[attr-defined]
    return method


def credential(method: Verb) -> Verb:
    """Mark a verb that types a secret: where an environment allows none, the walk stops before it."""
    method.types_secret = True  # type: ignore[attr-defined]
    return method


First = TypeVar("First", bound=Page)
Second = TypeVar("Second", bound=Page)


@overload
def arrive(device: Device, first: type[First], /) -> First: ...
@overload
def arrive(device: Device, first: type[First], second: type[Second], /) -> First | Second: ...


def arrive(device: Device, *pages: type[Page]) -> Page:
    """Wait until one of the pages is there.

    Returns:
        The page that came.

    Raises:
        Stopped: none came; as what, says the kind of error.
    """
    came = device.arrive(*(page.key for page in pages))
    return next(page for page in pages if page.key == came)(device)


class Entrance(Page):
    """A page that a visitor can come to by an address, or that comes by itself."""

    @verb
    def open(self, address: str) -> Self:
        """Open the address as the guide gives it.

        Args:
            address: the guide's own words; without a scheme, https is meant, as in a browser.
        """
        self.device.go(address if "://" in address else f"https://{address}")
        return arrive(self.device, type(self))

    @verb
    def arrive(self) -> Self:
        """Wait for the page to come by itself."""
        return arrive(self.device, type(self))
