"""What we know of the portals today: addresses, screens, controls and the ways to them.

Quality engineers change these files when a portal changes. They hold no claim: a control's name as
seen is always read off the element itself; the names known here only help to recognise it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from config.strict import CONFIG, File, Mistake, Strict, load

Landmark = Literal[
    "banner", "navigation", "main", "contentinfo", "form", "search", "dialog", "alertdialog"
]

Component = Literal["portal", "VNeID", "national provider", "SMS", "signing service"]
Blamed = Component | Literal["ourselves"]


class Place(Strict):
    """A stable way to an element: where it stands, where it leads, what it is for. All given parts hold."""

    landmark: Landmark | None = None
    role: str | None = None
    leads_to: str | None = Field(default=None, description="the end of a link's path")
    purpose: str | None = Field(default=None, description="the field's autocomplete purpose (HTML)")
    id: str | None = None
    alt: str | None = None
    element: str | None = Field(default=None, description="a bare tag where the portal has no role")
    attribute: str | None = Field(default=None, description="an attribute, or attribute=value")
    submits: bool = Field(default=False, description="the button that sends its form")
    text: str | None = Field(default=None, description="words it holds; for signs and headings")
    nth: int | None = Field(default=None, description="which one in reading order, from 0")

    @model_validator(mode="after")
    def _is_a_way(self) -> Place:
        if not any(
            (
                *(self.role, self.leads_to, self.purpose, self.id, self.alt, self.element),
                *(self.attribute, self.submits, self.text),
            )
        ):
            raise ValueError("a place needs more than a landmark; add a role, an id, …")
        return self


class Control(Strict):
    """Something a visitor presses, fills or reads."""

    place: Place
    names: tuple[str, ...] = Field(default=(), description="names known for it, newest first")
    because: str = Field(description="why this is a stable way to it")
    holds_secret: bool = Field(default=False, description="hidden in every picture (a QR code)")


class Message(Strict):
    """What a portal says when it refuses, and what that means."""

    says: str
    kind: str
    component: Blamed | None = Field(
        default=None, description="whose fault it is, where one system speaks of another"
    )


class Deed(Strict):
    """One thing done to get past a screen that may come in between: exactly one of these."""

    press: str | None = None
    tick: str | None = None
    enter: str | None = None
    with_: str | None = Field(
        default=None, alias="with", description="which of the visitor's secrets"
    )

    @model_validator(mode="after")
    def _is_one_deed(self) -> Deed:
        if sum(part is not None for part in (self.press, self.tick, self.enter)) != 1:
            raise ValueError("a deed is one of press, tick, enter")
        if (self.enter is None) != (self.with_ is None):
            raise ValueError("enter needs with: the name of the visitor's secret")
        return self


class Screen(Strict):
    """One screen of a system."""

    name: str
    address: str | None = None
    sign: str = Field(description="the control that says “this screen is here”")
    controls: dict[str, Control] = {}
    groups: dict[str, Place] = Field(default={}, description="where things are offered together")
    form: Place | None = Field(default=None, description="where the fields of its form stand")
    personal: tuple[Place, ...] = Field(
        default=(), description="where personal data stand; covered when a report is drawn"
    )
    signed_in: bool | None = Field(default=None, description="what this screen shows of a session")
    before: tuple[str, ...] = Field(
        default=(), description="screens before which this one may come though no guide says so"
    )
    deal: tuple[Deed, ...] = ()

    @model_validator(mode="after")
    def _names_its_own_controls(self) -> Screen:
        named = [self.sign]
        named += [deed.press or deed.tick or deed.enter or "" for deed in self.deal]
        for key in named:
            if key not in self.controls:
                raise ValueError(f"there is no control “{key}” on this screen; add it or mend it")
        return self


class Portal(File):
    """One system: a province's portal, or one that many share (VNeID and its app)."""

    portal: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    component: Component = "portal"
    home: str | None = None
    hosts: tuple[str, ...] = Field(min_length=1)
    uses: tuple[str, ...] = ()
    refusal: Place | None = Field(default=None, description="where it says that it refuses")
    messages: tuple[Message, ...] = ()
    screens: dict[str, Screen]


class Trouble(Strict):
    """A page that is not the portal's: a firewall's, a maintenance notice, a captcha."""

    says: str | None = None
    place: Place | None = None
    kind: str
    outcome: Literal["failed", "blocked"]


class Troubles(File):
    """All pages known not to be a portal's own."""

    troubles: tuple[Trouble, ...]


class Atlas:
    """A portal with the shared systems it uses: every screen a journey can meet, by its key."""

    def __init__(self, portal: Portal, shared: tuple[Portal, ...], troubles: Troubles) -> None:
        self.portal = portal
        self.systems = (portal, *shared)
        self.troubles = troubles.troubles
        sentences = [
            f"{system.place('screens', key)}: “{key}” is a screen of “{other.portal}” as well; rename one"
            for index, system in enumerate(self.systems)
            for other in self.systems[:index]
            for key in system.screens
            if key in other.screens
        ]
        if sentences:
            raise Mistake(sentences)

    @cached_property
    def screens(self) -> dict[str, Screen]:
        """Every screen by its key."""
        return {key: screen for system in self.systems for key, screen in system.screens.items()}

    def system_of(self, screen: str) -> Portal:
        """The system that a screen belongs to."""
        return next(system for system in self.systems if screen in system.screens)

    def system_at(self, host: str) -> Portal | None:
        """The system that answers at a host; None for a host that nobody here knows."""
        return next((system for system in self.systems if host in system.hosts), None)

    def before(self, screen: str) -> dict[str, Screen]:
        """The known screens that may come before one though no guide says so."""
        return {key: found for key, found in self.screens.items() if screen in found.before}


def atlases(folder: Path = CONFIG / "portals") -> dict[str, Atlas]:
    """The atlas of every portal in a folder that has a home of its own.

    Raises:
        Mistake: any portal file is wrong, or uses one that is not there; all mistakes at once.
    """
    found, sentences = read_atlases(folder)
    if sentences:
        raise Mistake(sentences)
    return found


def read_atlases(folder: Path = CONFIG / "portals") -> tuple[dict[str, Atlas], list[str]]:
    """The atlases of a folder as far as they can be made, and every mistake in the way of the others."""
    systems, sentences = _systems(folder)
    try:
        troubles = load(folder / "troubles.yaml", Troubles)
    except Mistake as mistake:
        sentences += mistake.sentences
        troubles = Troubles(troubles=())
    found: dict[str, Atlas] = {}
    for name, system in systems.items():
        missing = [used for used in system.uses if used not in systems]
        sentences += [
            f"{system.place('uses', system.uses.index(used))}: there is no portal file “{used}”, "
            "or it is wrong; add it or mend it"
            for used in missing
        ]
        if not system.home or missing:
            continue
        try:
            found[name] = Atlas(system, tuple(systems[used] for used in system.uses), troubles)
        except Mistake as mistake:
            sentences += mistake.sentences
    return found, sentences


def _systems(folder: Path) -> tuple[dict[str, Portal], list[str]]:
    systems: dict[str, Portal] = {}
    sentences: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "troubles.yaml":
            continue
        try:
            system = load(path, Portal)
        except Mistake as mistake:
            sentences += mistake.sentences
            continue
        if system.portal in systems:
            place = system.place("portal")
            sentences.append(f"{place}: a second portal file “{system.portal}”; rename one")
        systems[system.portal] = system
    return systems, sentences
