"""The living guide as data: the published steps in their order, put right where they no longer hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from record.model import Picture
from reporting.book import ClaimLine, GuideLine, JourneyLine, MoveLine, StepLine
from reporting.wording import Piece, Proposal

Standing = Literal["kept", "proposed", "added", "accepted"]


@dataclass(frozen=True)
class Figure:
    """A picture of today.

    Attributes:
        number: of the figure in the guide.
        mark: the number beside the control, which is its line's.
    """

    number: int
    mark: int
    picture: Picture


@dataclass(frozen=True)
class Line:
    """One thing to do.

    Attributes:
        number: within its step.
        words: the published words, or the proposed ones with what is changed marked; with notes
            about the guide's pictures.
        standing: `kept` as published, `proposed` instead, or for a screen not announced `added`, and
            `accepted` where people have accepted that it comes.
        asides: what the screen says where that differs as accepted.
    """

    number: int
    words: Proposal
    standing: Standing
    asides: tuple[ClaimLine, ...]
    figure: Figure | None

    @property
    def label(self) -> str | None:
        """The key of the words that it is marked with."""
        labels = {"proposed": "proposed", "added": "added screen", "accepted": "accepted screen"}
        return labels.get(self.standing)


@dataclass(frozen=True)
class Step:
    """One step: its lines, and why it could not be done or not be verified."""

    name: str
    lines: tuple[Line, ...]
    obstacle: Literal["cannot be done", "not verified"] | None
    reason: str | None


@dataclass(frozen=True)
class Section:
    """One way through the guide.

    Attributes:
        repeats: steps that are the same as in an earlier section, with that section's number.
    """

    number: int
    journey: JourneyLine
    repeats: tuple[tuple[str, int], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LivingGuide:
    """One guide made anew from a run."""

    guide: GuideLine
    sections: tuple[Section, ...]

    @property
    def figures(self) -> list[Figure]:
        """Every picture in it."""
        return [
            line.figure
            for section in self.sections
            for step in section.steps
            for line in step.lines
            if line.figure
        ]

    @property
    def proposals(self) -> int:
        """How many lines are proposed or added."""
        lines = [line for section in self.sections for step in section.steps for line in step.lines]
        return sum(
            line.standing in ("proposed", "added") or bool(line.words.notes) for line in lines
        )


def living_guide(guide: GuideLine) -> LivingGuide:
    """Make a guide anew.

    Steps that several journeys share are written once, as the published guides do.
    """
    writer = _Writer()
    sections: list[Section] = []
    for number, journey in enumerate(guide.journeys, 1):
        sections.append(writer.section(number, journey))
    return LivingGuide(guide, tuple(sections))


class _Writer:
    """Writes sections, counting figures and remembering what was written."""

    def __init__(self) -> None:
        self._figures = 0
        self._written: dict[tuple[object, ...], int] = {}

    def section(self, number: int, journey: JourneyLine) -> Section:
        repeats: list[tuple[str, int]] = []
        steps: list[Step] = []
        for step in journey.steps:
            key = _content(step)
            if not steps and key in self._written:
                repeats.append((step.step.step, self._written[key]))
                continue
            self._written.setdefault(key, number)
            steps.append(self._step(step))
        return Section(number, journey, tuple(repeats), tuple(steps))

    def _step(self, step: StepLine) -> Step:
        lines: list[Line] = []
        for move in step.moves:
            lines += [
                self._screen(len(lines) + number, move, screen)
                for number, screen in enumerate(move.unannounced, 1)
            ]
            lines.append(self._line(len(lines) + 1, move))
        walked = len(step.moves)
        for words in step.words[walked:]:
            lines.append(Line(len(lines) + 1, _as_published(words), "kept", (), None))
        outcome = step.step.outcome
        obstacle: Literal["cannot be done", "not verified"] | None = None
        if outcome == "failed":
            obstacle = "cannot be done"
        elif outcome in ("blocked", "internal", "not_reached", "not_checked"):
            obstacle = "not verified"
        return Step(step.step.step, tuple(lines), obstacle, step.step.reason)

    def _screen(self, number: int, move: MoveLine, screen: ClaimLine) -> Line:
        figure = self._figure(_picture_of(move, screen), number)
        told = screen.screen or Proposal(())
        if screen.claim.verdict == "accepted":
            return Line(number, _as_published(told.sentence), "accepted", (), figure)
        return Line(number, told, "added", (), figure)

    def _line(self, number: int, move: MoveLine) -> Line:
        proposed = move.instead is not None and bool(move.instead.pieces)
        words = _as_published(move.move.says)
        if move.instead is not None:
            words = move.instead if proposed else replace(words, notes=move.instead.notes)
        asides = tuple(line for line in move.announced if line.claim.verdict == "accepted")
        own = next((one for one in _coverable(move) if one.unannounced is None), None)
        figure = self._figure(own, number)
        return Line(number, words, "proposed" if proposed else "kept", asides, figure)

    def _figure(self, picture: Picture | None, mark: int) -> Figure | None:
        if picture is None:
            return None
        self._figures += 1
        return Figure(self._figures, mark, picture)


def _picture_of(move: MoveLine, screen: ClaimLine) -> Picture | None:
    """The picture of a screen that came unannounced."""
    return next((one for one in _coverable(move) if one.unannounced == screen.claim.seen), None)


def _coverable(move: MoveLine) -> Iterator[Picture]:
    """The pictures of known screens: on others nobody can say where personal data stand."""
    return (picture for picture in move.move.pictures if picture.screen is not None)


def _as_published(words: str) -> Proposal:
    return Proposal((Piece(words, "kept"),))


def _content(step: StepLine) -> tuple[object, ...]:
    """What makes two steps the same: name, words, and what became of them."""
    return (step.step.step, step.words, step.step.outcome, *_seen(step))


def _seen(step: StepLine) -> Iterator[object]:
    for move in step.moves:
        for line in move.claims:
            if line.claim.verdict in ("differs", "accepted"):
                yield (line.claim.kind, line.claim.seen)
