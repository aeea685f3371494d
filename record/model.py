"""The record of a walk, which suite, monitor and reports all read: one line a journey."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA = 1

Verdict = Literal["holds", "accepted", "differs", "unchecked"]
Outcome = Literal[
    "internal",  # we are broken
    "failed",  # the step could not be done: the portal does not work, or the thing is gone
    "blocked",  # captcha, firewall page or our own guard: a person is needed; no outage
    "drifted",  # it could be done, but a claim differs, or an unannounced screen came
    "accepted",  # differs only as accepted
    "matches",
    "not_reached",
    "not_checked",  # out of bounds in this environment
]
Component = Literal[
    "portal", "VNeID", "national provider", "SMS", "signing service", "network", "ourselves"
]


class Line(BaseModel):
    """A part of the record; keys may be added by later versions and are then left alone here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Box(Line):
    """Where a control stood on the picture, in CSS pixels from the viewport's top left."""

    x: float
    y: float
    width: float
    height: float


class ControlSeen(Line):
    """The control a move touched, with its name as read off the element."""

    name: str
    box: Box | None


class AcceptedBy(Line):
    """Who accepted a difference, why, and until when (a date)."""

    who: str
    why: str
    until: str


class CheckedClaim(Line):
    """A claim with its verdict and what was seen."""

    kind: str
    origin: str
    claimed: str
    seen: str | None
    verdict: Verdict
    accepted: AcceptedBy | None = None


class Picture(Line):
    """A picture, raw; numbering, marking and masking happen when a report is drawn.

    Attributes:
        personal: where personal data stand, as far as the places of the system in front tell.
        screen: the screen in front, by its key; none where nobody could say which it is, so that
            personal data may stand on it elsewhere too.
    """

    file: str
    seat: str
    width: int
    height: int
    personal: tuple[Box, ...] = ()
    address: str | None = None
    screen: str | None = None
    control: ControlSeen | None = None
    unannounced: str | None = None


class MoveRecord(Line):
    """What happened in one move."""

    says: str
    do: str
    seat: str
    address: str | None = None
    seconds: float
    control: ControlSeen | None = None
    pictures: tuple[Picture, ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    unannounced: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()


# Faults of the account or of what belongs to it, not of a portal: no outage, and a machine must not
# try the same again.
OF_THE_ACCOUNT = frozenset(
    {
        "rejected credentials", "account locked", "level too low", "app not allowed", "no account",
        "passcode wrong", "pin wrong", "pin locked", "token locked", "no smartca account",
        "sim not registered", "certificate expired", "certificate not valid", "certificate unknown",
    }
)  # fmt: skip


class Fault(Line):
    """Why a step could not be done."""

    component: Component
    kind: str
    message: str


class StepRecord(Line):
    """What happened in one step of the guide."""

    step: str
    outcome: Outcome
    reason: str | None = None
    seconds: float = 0.0
    fault: Fault | None = None
    moves: tuple[MoveRecord, ...] = ()
    proposals: tuple[str, ...] = ()


class Versions(Line):
    """What was compared with what: hashes of guide and portal file, browser, suite."""

    guide: str
    portal: str
    browser: str
    suite: str


class JourneyRecord(Line):
    """One journey walked once."""

    schema_: int = SCHEMA
    run: str
    environment: str
    edition: str | None
    simulated: bool
    portal: str
    guide: str
    journey: str
    title: str
    attempt: int
    outcome: Outcome
    started: datetime
    seconds: float
    steps: tuple[StepRecord, ...]
    versions: Versions
    trace: str | None = None

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        alias_generator=lambda name: "schema" if name == "schema_" else name,
        populate_by_name=True,
    )


class PlannedJourney(Line):
    """A journey that a run is to walk."""

    portal: str
    guide: str
    journey: str


class Run(Line):
    """A run: its plan at the start, its end when it comes.

    Attributes:
        who: who started it; none in records older than this.
    """

    run: str
    environment: str
    edition: str | None
    simulated: bool
    judge: Literal["guide", "portal"]
    started: datetime
    plan: tuple[PlannedJourney, ...]
    who: str | None = None
    ended: datetime | None = None
    exit_code: int | None = None
