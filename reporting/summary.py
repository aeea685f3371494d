"""What a head of office needs in a minute: what still holds, what to correct, what is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from config.reporting import UnknownScreen
from record.model import PlannedJourney
from reporting.book import Book, ClaimLine, GuideLine, JourneyLine, MoveLine, StepLine
from reporting.wording import Proposal

OPEN = ("internal", "blocked", "not_reached", "not_checked")


@dataclass(frozen=True)
class Correction:
    """One thing to correct in a guide, with every journey in which it was met.

    Attributes:
        claims: what differs; none where the step could not be done at all.
        fault: why the step could not be done.
    """

    guide: GuideLine
    step: StepLine
    journeys: tuple[JourneyLine, ...]
    move: MoveLine | None
    claims: tuple[ClaimLine, ...]
    instead: tuple[Proposal, ...]
    fault: str | None


def corrections(book: Book) -> list[Correction]:
    """What has to be corrected, once for all journeys that share it, in the guides' order."""
    found: dict[tuple[object, ...], Correction] = {}
    for guide in book.guides:
        for journey in guide.journeys:
            for step in journey.steps:
                for one in _of_step(guide, journey, step):
                    key = _key(one)
                    if key in found:
                        journeys = (*found[key].journeys, journey)
                        one = Correction(**{**vars(found[key]), "journeys": journeys})
                    found[key] = one
    return list(found.values())


def _of_step(guide: GuideLine, journey: JourneyLine, step: StepLine) -> Iterable[Correction]:
    if not step.to_correct:
        return
    failed = step.step.outcome == "failed"
    for move in step.moves:
        stopped = failed and move is step.moves[-1]
        claims = tuple(line for line in move.claims if line.claim.verdict == "differs")
        if claims or stopped:
            screens = tuple(line.instead for line in move.unannounced if line.instead)
            instead = (*screens, *((move.instead,) if move.instead else ()))
            fault = (step.step.reason or "") if stopped else None
            yield Correction(guide, step, (journey,), move, claims, instead, fault)
    if failed and not step.moves:
        yield Correction(guide, step, (journey,), None, (), (), step.step.reason or "")


def _key(one: Correction) -> tuple[object, ...]:
    seen = tuple((line.claim.kind, line.claim.claimed, line.claim.seen) for line in one.claims)
    says = one.move.move.says if one.move else ""
    return (one.guide.name, one.step.step.step, says, seen, one.fault)


def conclusion(guide: GuideLine, missing: Iterable[PlannedJourney] = ()) -> str:
    """`must correct`, `not concluded`, `differs as accepted` or `still true`.

    Args:
        guide: as the run has read it.
        missing: journeys that were planned and have no result.
    """
    if guide.to_correct:
        return "must correct"
    if guide.standings["open"] or any(planned.guide == guide.name for planned in missing):
        return "not concluded"
    if guide.standings["accepted"]:
        return "differs as accepted"
    return "still true" if guide.standings["holds"] else "not concluded"


@dataclass(frozen=True)
class OpenSteps:
    """Steps of one journey without a conclusion, for one reason."""

    guide: GuideLine
    journey: JourneyLine
    outcome: str
    reason: str | None
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class NotShown:
    """What a run does not show, so that nobody reads more into it than there is."""

    steps: tuple[OpenSteps, ...]
    missing: tuple[PlannedJourney, ...]
    screens: tuple[UnknownScreen, ...]
    unchecked: int


def not_shown(book: Book, screens: Iterable[UnknownScreen], systems: set[str]) -> NotShown:
    """What a run does not show.

    Args:
        book: the run.
        screens: all whose real look nobody could see.
        systems: the run's portals with the systems they share.
    """
    walked = {(journey.guide, journey.journey) for journey in book.kept.journeys}
    unchecked = sum(
        line.claim.verdict == "unchecked"
        for guide in book.guides
        for step in guide.steps
        for move in step.moves
        for line in move.claims
    )
    simulated = book.kept.run.simulated
    return NotShown(
        steps=tuple(_open_steps(book)),
        missing=tuple(p for p in book.kept.run.plan if (p.guide, p.journey) not in walked),
        screens=tuple(one for one in screens if simulated and one.portal in systems),
        unchecked=unchecked,
    )


def _open_steps(book: Book) -> Iterator[OpenSteps]:
    for guide in book.guides:
        for journey in guide.journeys:
            steps = [step for step in journey.steps if step.step.outcome in OPEN]
            for why, group in groupby(steps, key=lambda one: (one.step.outcome, one.step.reason)):
                yield OpenSteps(guide, journey, *why, tuple(group))
