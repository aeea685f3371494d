"""How reports are drawn, what the gate asks, how long evidence is kept: one file, `reporting.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from config.strict import CONFIG, File, Strict, load

RuleName = Literal[
    "journeys",  # something was walked at all
    "ended",  # the run came to its end
    "fresh",  # and not too long ago
    "plan",  # plan and record agree
    "guides",  # every guide, journey and portal is present
    "judge",  # no finding fails the run
    "accepted",  # no acceptance has expired, or accepts what is no longer seen
    "reasons",  # no step left unwalked without a reason
    "whole",  # every line of the record can be read, and holds the guide's steps
    "pictures",  # every picture is there
    "allure",  # Allure results agree in number
    "sealed",  # the run's manifest is there and true
]

Kind = Literal[
    "pictures",  # of a sealed run, and so on
    "traces",
    "allure",
    "browser",
    "record",
    "unsealed",  # a run that was never sealed, as a whole
    "published",  # reports, as they were drawn
]


class Rule(Strict):
    """One rule of the gate; `tell` prints its figure and never fails the run."""

    rule: RuleName
    otherwise: Literal["fail", "tell"] = "fail"


class Gate(Strict):
    """What a run must show to pass."""

    judge: Literal["guide", "portal"] = "guide"
    fresh_within_hours: float = Field(default=26, gt=0)
    rules: tuple[Rule, ...] = Field(min_length=1)


class Keep(Strict):
    """How long one kind of evidence, or of what was drawn from it, is kept."""

    kind: Kind
    days: int = Field(gt=0)


class History(Strict):
    """How far back “since when” is looked for."""

    runs: int = Field(default=60, gt=0)


class Pictures(Strict):
    """How many pictures a report carries in itself; those of differences come first."""

    at_most: int = Field(default=400, ge=0, description="in one report")


class UnknownScreen(Strict):
    """A screen whose real look nobody could see: the embedded portal guesses it.

    Attributes:
        portal: the system it belongs to, as its portal file is named.
    """

    portal: str
    screen: str
    why: str


class Wording(Strict):
    """How wording is proposed: for a claim `{seen}` and `{claimed}` are put in (of digits and
    lifetimes `{amount}`, of a delivery `{way}` and `{words}`), for a fault `{address}` and `{message}`.

    Attributes:
        put: what takes the place of the words claimed, where they stand in the guide's sentence.
        add: a sentence to add where they do not; about a picture of the guide, a note to whoever
            is responsible for it.
    """

    put: str | None = None
    add: str


class Reporting(File):
    """The whole of `reporting.yaml`."""

    gate: Gate
    history: History = History()
    pictures: Pictures = Pictures()
    keep: tuple[Keep, ...] = ()
    wording: dict[str, Wording] = Field(description="by kind of claim")
    wording_of_faults: dict[str, Wording] = Field(default={}, description="by kind of fault")
    unknown_screens: tuple[UnknownScreen, ...] = ()


def reporting(path: Path = CONFIG / "reporting.yaml") -> Reporting:
    """The configuration of reports, gate and evidence.

    Raises:
        Mistake: the file is wrong.
    """
    return load(path, Reporting)
