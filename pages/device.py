"""What a page is given to act with. Only a device presses and types, so no page gets past its guard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from config.portals import Atlas, Control


@dataclass(frozen=True)
class Target:
    """A control of a screen, to be pressed, filled or read."""

    screen: str
    key: str
    control: Control

    @property
    def name(self) -> tuple[str, str]:
        """Screen and key, which name a control."""
        return self.screen, self.key


class Secret(Protocol):
    """Something that may only be typed by `type_secret`."""

    kind: str

    def reveal(self) -> str: ...


class Codes(Protocol):
    """Where a visitor's one-time codes come from, by the channel that the screen names."""

    def mark(self) -> None:
        """Remember now: a code asked for from here on is newer than any before."""

    def receive(self, channel: str) -> Secret:
        """The newest code since the mark.

        Raises:
            Broken: no code came in time.
        """


Details = Mapping[str, Secret | None]
"""What goes into the fields of a form, by their keys; None: a field that is to be left empty."""


class Picture(Protocol):
    """A file that is attached to a form; `kind` is what the browser says that it is."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> bytes: ...


Camera = Callable[[], Secret]
"""The phone's look at the desktop: reads the login QR code off a picture of it."""


RequestCode = Callable[[], str]
"""A look at the desktop: the code of the request that is to be confirmed elsewhere."""


class Device(Protocol):
    """A desktop or a phone in a visitor's hands."""

    @property
    def atlas(self) -> Atlas: ...
    def go(self, address: str) -> None: ...
    def press(self, target: Target) -> None: ...
    def tick(self, target: Target) -> None: ...
    def choose(self, target: Target, words: str) -> None: ...
    def enter(self, target: Target, entry: Secret | None) -> None: ...
    def select(self, target: Target, entry: Secret | None) -> None: ...
    def attach(self, target: Target, picture: Picture) -> None: ...
    def type_secret(self, target: Target, secret: Secret) -> None: ...
    def type_code(self, target: Target, secret: Secret) -> None: ...
    def read(self, target: Target) -> str: ...
    def glance(self, target: Target) -> None: ...
    def sees(self, target: Target) -> bool: ...
    def count(self, target: Target) -> int: ...
    def wait_out(self, target: Target, words: str | None = None) -> None: ...
    def arrive(self, *screens: str) -> str: ...
