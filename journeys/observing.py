"""Looking at what a move's claims are about, so that they can be checked; nothing more is read."""

from __future__ import annotations

from collections.abc import Iterable

from config.guides import Claim
from journeys.bounded import LIMIT, read_all
from journeys.device import BrowserDevice
from journeys.reading import read
from journeys.trail import FormSeen, OptionsSeen, Seen, Text, Touched
from pages.device import Target
from pages.finding import locate


def observe(device: BrowserDevice, screen: str, claims: Iterable[Claim]) -> None:
    """Add to the device's trail what the claims need.

    Args:
        device: whose screen is looked at.
        screen: the key of the screen that is there.
        claims: what will be checked.
    """
    for claim in claims:
        key, _, thing = (claim.of or screen).partition(".")
        if claim.kind == "control" and thing:
            _look_for(device, key, thing)
        elif claim.kind == "fields":
            _read_form(device, key)
        elif claim.kind == "options":
            _read_options(device, key, thing)
        elif claim.kind == "text":
            _read_text(device, key)
        elif claim.kind == "lifetime":
            _look_for(device, key, "countdown")
        elif claim.kind == "shown_on":
            _look_for(device, key, thing)


def _look_for(device: BrowserDevice, screen: str, key: str) -> None:
    """Look at a control once a move, however many claims name it."""
    events: list[Seen | Touched] = [*device.trail.of(Seen), *device.trail.of(Touched)]
    if not any((event.screen, event.control) == (screen, key) for event in events):
        device.glance(Target(screen, key, device.atlas.screens[screen].controls[key]))


def _read_text(device: BrowserDevice, screen: str) -> None:
    """Read the words of a screen once a move, however many claims are about them."""
    if not any(text.screen == screen for text in device.trail.of(Text)):
        device.trail.add(Text(screen, device.page.locator("body").inner_text()))


def _read_form(device: BrowserDevice, screen: str) -> None:
    place = device.atlas.screens[screen].form
    root = locate(device.page, place).first if place else device.page.locator("body")
    fields = read(root, "form", LIMIT * 1000)
    device.trail.add(FormSeen(screen, tuple((name, required) for name, required in fields)))


def _read_options(device: BrowserDevice, screen: str, group: str) -> None:
    place = device.atlas.screens[screen].groups[group]
    names = read_all(locate(device.page, place), "name")
    device.trail.add(OptionsSeen(screen, group, tuple(names)))
