"""The guide report as data: what a run says of every guide, journey, step, move and claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from config.guides import Basis, Guide
from record.model import (
    CheckedClaim,
    JourneyRecord,
    MoveRecord,
    Outcome,
    StepRecord,
    Versions,
)
from record.outcomes import compared
from reporting.difference import Part, side_by_side
from reporting.history import History, Since
from reporting.runs import KeptRun
from reporting.wording import Proposal, Wordsmith

TO_CORRECT: tuple[Outcome, ...] = ("drifted", "failed")

Standing = Literal["to correct", "open", "accepted", "holds", "walked"]


def standing(taken: Sequence[StepRecord]) -> Standing:
    """What is said of one published step.

    Args:
        taken: the step in every journey that has it; one that was not reached or not checked in
            some of them is told by the others.
    """
    outcomes = {step.outcome for step in taken}
    if outcomes & {*TO_CORRECT}:
        return "to correct"
    if outcomes & {"internal", "blocked"} or outcomes <= {"not_reached", "not_checked"}:
        return "open"
    if "accepted" in outcomes:
        return "accepted"
    return "holds" if any(map(compared, taken)) else "walked"


@dataclass(frozen=True)
class ClaimLine:
    """One claim: claimed and seen side by side, and since when it has been so.

    Attributes:
        instead: what to write where it differs.
        screen: of a screen not announced, accepted or not, the sentence that tells of it.
    """

    claim: CheckedClaim
    claimed: tuple[Part, ...]
    seen: tuple[Part, ...]
    since: Since
    instead: Proposal | None
    screen: Proposal | None


@dataclass(frozen=True)
class MoveLine:
    """One move: the guide's words, its claims and what was seen."""

    move: MoveRecord
    claims: tuple[ClaimLine, ...]
    instead: Proposal | None

    @property
    def announced(self) -> tuple[ClaimLine, ...]:
        """Its claims without the screens that came unannounced."""
        return tuple(line for line in self.claims if line.claim.kind != "unannounced")

    @property
    def unannounced(self) -> tuple[ClaimLine, ...]:
        """The screens that came though the guide does not announce them, accepted or not."""
        return tuple(line for line in self.claims if line.claim.kind == "unannounced")


@dataclass(frozen=True)
class StepLine:
    """One step of the guide."""

    step: StepRecord
    words: tuple[str, ...]
    moves: tuple[MoveLine, ...]
    since: Since

    @property
    def to_correct(self) -> bool:
        """Whether the guide has to be corrected here."""
        return self.step.outcome in TO_CORRECT

    @property
    def differences(self) -> tuple[ClaimLine, ...]:
        """Its claims that differ and are not accepted."""
        return tuple(
            line for move in self.moves for line in move.claims if line.claim.verdict == "differs"
        )


@dataclass(frozen=True)
class JourneyLine:
    """One journey."""

    journey: JourneyRecord
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class GuideLine:
    """One guide: its journeys, the legal basis it cites, and what was compared with what."""

    name: str
    title: str
    portal: str
    source: str
    published: str
    legal_basis: tuple[Basis, ...]
    versions: Versions
    journeys: tuple[JourneyLine, ...]

    @property
    def steps(self) -> list[StepLine]:
        """All its steps."""
        return [step for journey in self.journeys for step in journey.steps]

    @cached_property
    def standings(self) -> Counter[Standing]:
        """How many of its published steps stand how; one that journeys share is counted once."""
        published: dict[tuple[object, ...], list[StepRecord]] = {}
        for step in self.steps:
            published.setdefault((step.step.step, step.words), []).append(step.step)
        return Counter(standing(taken) for taken in published.values())

    @property
    def to_correct(self) -> bool:
        """Whether any of its steps has to be corrected."""
        return self.standings["to correct"] > 0


@dataclass(frozen=True)
class Book:
    """One run as auditors read it."""

    kept: KeptRun
    guides: tuple[GuideLine, ...]

    @cached_property
    def standings(self) -> Counter[Standing]:
        """How many published steps stand how."""
        return sum((guide.standings for guide in self.guides), Counter())


def book(kept: KeptRun, guides: dict[str, Guide], history: History, wordsmith: Wordsmith) -> Book:
    """Read one run.

    Args:
        kept: the run.
        guides: what was published, for words of steps that were not walked, and for legal basis.
        history: what earlier runs say.
        wordsmith: who proposes what to write instead.

    Raises:
        ValueError: a line of the record cannot be read.
    """
    by_guide: dict[str, list[JourneyRecord]] = {}
    for journey in kept.journeys:
        by_guide.setdefault(journey.guide, []).append(journey)
    reader = _Reader(kept.folder, history, wordsmith)
    lines = [reader.guide(name, found, guides.get(name)) for name, found in by_guide.items()]
    return Book(kept, tuple(lines))


class _Reader:
    """Turns records into lines."""

    def __init__(self, folder: Path, history: History, wordsmith: Wordsmith) -> None:
        self._folder = folder
        self._history = history
        self._wordsmith = wordsmith

    def guide(
        self, name: str, journeys: Iterable[JourneyRecord], published: Guide | None
    ) -> GuideLine:
        lines = tuple(self._journey(journey, published) for journey in journeys)
        first = lines[0].journey
        return GuideLine(
            name=name,
            title=published.title if published else name,
            portal=first.portal,
            source=published.source if published else "",
            published=published.published if published else "",
            legal_basis=published.legal_basis if published else (),
            versions=first.versions,
            journeys=lines,
        )

    def _journey(self, journey: JourneyRecord, published: Guide | None) -> JourneyLine:
        words = _words_of_steps(journey, published)
        steps = tuple(self._step(journey, step, words) for step in journey.steps)
        return JourneyLine(journey, steps)

    def _step(
        self, journey: JourneyRecord, step: StepRecord, words: dict[str, tuple[str, ...]]
    ) -> StepLine:
        walked = tuple(move.says for move in step.moves)
        moves = [self._move(journey, step, move) for move in step.moves]
        if moves and step.fault and not (moves[-1].instead and moves[-1].instead.pieces):
            instead = self._wordsmith.after_fault(moves[-1].move, step.fault)
            moves[-1] = replace(moves[-1], instead=instead)
        return StepLine(
            step=step,
            words=words.get(step.step) or walked,
            moves=tuple(moves),
            since=self._history.of_step(journey, step),
        )

    def _move(self, journey: JourneyRecord, step: StepRecord, move: MoveRecord) -> MoveLine:
        claims = tuple(self._claim(journey, step, move, claim) for claim in move.claims)
        differing = [line.claim for line in claims if line.claim.verdict == "differs"]
        instead = self._wordsmith.instead(journey.portal, move, differing)
        return MoveLine(move, claims, instead)

    def _claim(
        self, journey: JourneyRecord, step: StepRecord, move: MoveRecord, claim: CheckedClaim
    ) -> ClaimLine:
        screen = None
        if claim.kind == "unannounced":
            screen = self._wordsmith.screen(journey.portal, claim)
        instead = None
        if claim.verdict == "differs":
            instead = screen or self._wordsmith.instead(journey.portal, move, [claim])
        claimed, seen = side_by_side(claim.claimed, claim.seen or "")
        if claim.verdict in ("holds", "unchecked"):
            claimed = tuple(Part(part.words, False) for part in claimed)
            seen = tuple(Part(part.words, False) for part in seen)
        since = self._history.of_claim(journey, step, claim)
        return ClaimLine(claim, claimed, seen, since, instead, screen)


def _words_of_steps(journey: JourneyRecord, published: Guide | None) -> dict[str, tuple[str, ...]]:
    """The guide's words of each step: of those too that were not walked."""
    if published is None:
        return {}
    return {
        step.step: tuple(move.says for move in step.moves)
        for found in published.journeys
        if found.journey == journey.journey
        for step in found.steps
    }
