"""Binding a guide's journey to pages: every verb, screen and control resolved before a browser starts."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from dataclasses import dataclass

from config.environments import Bounds
from config.guides import Claim, Destination, Guide, Journey, Move, Site
from config.portals import Atlas, Screen
from config.strict import Mistake, closest
from pages import PAGES
from pages.page import Entrance, Page
from record.words import word

# What a verb may ask of the visitor who walks; the walk supplies these by name.
HANDED = frozenset(
    {
        *("account", "password", "passcode", "phone", "codes", "camera", "request_code", "address"),
        *("name", "smartca_pin", "token_pin", "sim_pin", "details", "picture"),
    }
)

# Claims about what is there before a verb leaves its screen; all others are read where it arrives.
_OF_A_SCREEN = frozenset({"control", "options", "text", "fields", "shown_on", "lifetime"})


@dataclass(frozen=True)
class PlannedMove:
    """A move with its verb resolved.

    Attributes:
        before, after: the claims to look at before the verb leaves its screen, and after it.
        forbidden: why the verb is out of bounds in this environment; None where it is not.
    """

    move: Move
    page: type[Page]
    verb: str
    handed: tuple[str, ...]
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]
    forbidden: str | None

    @property
    def waits(self) -> bool:
        """Whether this move only waits for a page that comes by itself."""
        return self.verb == "arrive"


@dataclass(frozen=True)
class PlannedStep:
    """A step with its moves."""

    step: str
    moves: tuple[PlannedMove, ...]


@dataclass(frozen=True, repr=False)
class Plan:
    """A journey ready to be walked."""

    guide: Guide
    journey: Journey
    atlas: Atlas
    steps: tuple[PlannedStep, ...]

    def __repr__(self) -> str:
        return f"{self.guide.guide}/{self.journey.journey}"


def bind(guide: Guide, journey: Journey, atlas: Atlas, bounds: Bounds) -> Plan:
    """Resolve a journey against the pages and a portal file.

    Args:
        guide: what was published.
        journey: which way through it.
        atlas: what we know of the portal and of the systems it uses.
        bounds: how far a walk may go.

    Returns:
        The plan.

    Raises:
        Mistake: a verb, screen or control is not there, or moves do not follow from each other;
            all of them at once, each with file and line.
    """
    binding = _Binding(guide, journey, atlas, bounds)
    steps = tuple(binding.steps())
    if binding.sentences:
        raise Mistake(binding.sentences)
    return Plan(guide, journey, atlas, steps)


class _Binding:
    """One pass over a journey, collecting mistakes."""

    def __init__(self, guide: Guide, journey: Journey, atlas: Atlas, bounds: Bounds) -> None:
        self.guide = guide
        self.journey = journey
        self.atlas = atlas
        self.bounds = bounds
        self.sentences: list[str] = []
        self._next: dict[str, tuple[type[Page], ...]] = {}

    def steps(self) -> Iterator[PlannedStep]:
        base = ("journeys", self.guide.journeys.index(self.journey), "steps")
        for number, step in enumerate(self.journey.steps):
            moves = [
                self._move(move, (*base, number, "moves", index))
                for index, move in enumerate(step.moves)
            ]
            yield PlannedStep(step.step, tuple(move for move in moves if move))

    def _move(self, move: Move, location: tuple[str | int, ...]) -> PlannedMove | None:
        place = self.guide.place(*location, "do")
        key, verb = move.do.split(".")
        page = PAGES.get(key)
        if page is None or key not in self.atlas.screens:
            known = [known for known in PAGES if known in self.atlas.screens]
            self._mistake(place, f"“{key}” is no screen of this portal", key, known)
            return None
        method = getattr(page, verb, None)
        if not getattr(method, "is_verb", False):
            verbs = [name for name, found in inspect.getmembers(page) if _is_verb(found)]
            self._mistake(place, f"“{key}” has no verb “{verb}”", verb, verbs)
            return None
        assert method is not None
        self._follows(place, page, verb)
        hints = typing.get_type_hints(method)
        result = hints.pop("return", None)
        self._next[page.seat] = tuple(_pages_in(result, page))
        handed = tuple(name for name in inspect.signature(method).parameters if name != "self")
        assert set(handed) <= HANDED, f"{page.__name__}.{verb} asks for what no walk hands it"
        leaves = not any(found is page for found in self._next[page.seat])
        before, after = self._claims(move, page, leaves, location)
        forbidden = None
        if getattr(method, "types_secret", False) and not self.bounds.credentials:
            forbidden = word("read-only")
        return PlannedMove(move, page, verb, handed, before, after, forbidden)

    def _follows(self, place: str, page: type[Page], verb: str) -> None:
        """A move begins on the page that the one before led to, or comes in by an entrance."""
        if issubclass(page, Entrance) and verb in ("open", "arrive", "launch", "log_in_again"):
            return
        came = self._next.get(page.seat, ())
        if page not in came:
            keys = " or ".join(f"“{found.key}”" for found in came) or "no page"
            self.sentences.append(
                f"{place}: the move before leads to {keys}, not to “{page.key}”; "
                f"put “{page.key}.arrive” in between or mend the order"
            )

    def _claims(
        self, move: Move, page: type[Page], leaves: bool, location: tuple[str | int, ...]
    ) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
        before: list[Claim] = []
        after: list[Claim] = []
        for index, claim in enumerate(move.claims):
            place = self.guide.place(*location, "claims", index)
            screen = self._screen_of(claim, page, place)
            here = screen == page.key and leaves and claim.kind in _OF_A_SCREEN
            (before if here else after).append(claim)
        return tuple(before), tuple(after)

    def _screen_of(self, claim: Claim, page: type[Page], place: str) -> str:
        """The screen that a claim is about, where there is one; what it names must be known."""
        match claim.claimed:
            case Destination(screen=named) if named not in self.atlas.screens:
                self._mistake(place, f"“{named}” is no known screen", named, [*self.atlas.screens])
            case Site(system=named) if named not in (known := self._systems()):
                self._mistake(place, f"“{named}” is no system of this portal", named, known)
        if claim.of is None and claim.kind not in ("options", "shown_on", "lifetime"):
            return page.key if claim.kind == "control" else ""
        key, _, thing = (claim.of or page.key).partition(".")
        screen = self.atlas.screens.get(key)
        if screen is None:
            self._mistake(place, f"“{key}” is no known screen", key, [*self.atlas.screens])
        else:
            self._find(claim.kind, place, key, thing, screen)
        return key

    def _find(self, kind: str, place: str, key: str, thing: str, screen: Screen) -> None:
        """What a claim is about must be there to be looked at: a group, a control, or the screen."""
        if kind == "lifetime":
            thing = "countdown"
        if kind == "options" and thing not in screen.groups:
            self._mistake(place, f"screen “{key}” has no group “{thing}”", thing, [*screen.groups])
        elif kind in ("control", "shown_on", "lifetime") and thing not in screen.controls:
            what = f"screen “{key}” has no control “{thing}”"
            self._mistake(place, what, thing, [*screen.controls])
        elif kind in ("text", "fields") and thing:
            self.sentences.append(f"{place}: “{kind}” is about a whole screen; write of: {key}")

    def _systems(self) -> list[str]:
        return [system.portal for system in self.atlas.systems]

    def _mistake(self, place: str, what: str, word: str, known: list[str]) -> None:
        self.sentences.append(f"{place}: {what}; {closest(word, known)}")


def _is_verb(found: object) -> bool:
    return bool(getattr(found, "is_verb", False))


def _pages_in(result: object, page: type[Page]) -> Iterator[type[Page]]:
    """The pages that a verb's return annotation promises."""
    if result is typing.Self:
        yield page
    elif isinstance(result, type) and issubclass(result, Page):
        yield result
    for argument in typing.get_args(result):
        yield from _pages_in(argument, page)
