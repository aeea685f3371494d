"""Accepted differences that people have to look at again: expired, changed, or no longer needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.accepted import Acceptance
from record.canonical import same
from record.model import CheckedClaim, JourneyRecord, StepRecord
from record.words import word
from reporting.phrases import phrase

Why = Literal["expired", "changed", "not needed", "gone"]

WALKED = ("matches", "accepted", "drifted")  # to the end of the step


@dataclass(frozen=True)
class Reminder:
    """An acceptance to look at again.

    Attributes:
        why: it has expired; what is seen has changed; the guide holds and needs it no more; or the
            screen that the guide does not announce comes no more.
        now: what is seen now, where that has changed.
    """

    entry: Acceptance
    why: Why
    now: str | None = None

    @property
    def pressing(self) -> bool:
        """Whether it no longer covers what is seen."""
        return self.why in ("expired", "changed")

    def told(self, language: str) -> str:
        """In one sentence for people: what was accepted, and why to look at it again."""
        one = self.entry
        kind = word(one.kind, language)
        values = {"guide": one.guide, "step": one.step, "kind": kind, "seen": one.seen}
        entry = phrase("acceptance entry", language, **values, who=one.who, why=one.why)
        until = f"{one.until:%d/%m/%Y}"
        why = phrase(f"acceptance {self.why}", language, until=until, now=self.now or "")
        return f"{entry}. {why}"


def reminders(
    entries: Iterable[Acceptance], journeys: Iterable[JourneyRecord], today: date
) -> list[Reminder]:
    """Which acceptances a run asks to look at again.

    One that the run says nothing of (its step was not walked) is left alone unless it has expired.

    Args:
        entries: all acceptances.
        journeys: what was walked.
        today: the day on which they are asked.
    """
    walked = list(journeys)
    asked = (_asked_again(entry, list(_steps(entry, walked)), today) for entry in entries)
    return [found for found in asked if found is not None]


def _asked_again(entry: Acceptance, steps: list[StepRecord], today: date) -> Reminder | None:
    if entry.until < today:
        return Reminder(entry, "expired")
    if entry.kind == "unannounced":
        return Reminder(entry, "gone") if _comes_no_more(entry, steps) else None
    claims = [claim for step in steps for claim in _claims(step) if _about(entry, claim)]
    for claim in claims:  # one journey that is covered does not speak for the others
        if claim.verdict == "differs" and not same(claim.seen or "", entry.seen):
            return Reminder(entry, "changed", claim.seen)
    if claims and all(claim.verdict == "holds" for claim in claims):
        return Reminder(entry, "not needed")
    return None


def _comes_no_more(entry: Acceptance, steps: list[StepRecord]) -> bool:
    """Whether every such step was walked to its end, and the screen did not come."""
    walked = bool(steps) and all(step.outcome in WALKED for step in steps)
    claims = [claim for step in steps for claim in _claims(step) if claim.kind == entry.kind]
    return walked and not any(same(claim.seen or "", entry.seen) for claim in claims)


def _steps(entry: Acceptance, journeys: list[JourneyRecord]) -> Iterator[StepRecord]:
    """The steps that an acceptance is about, in every journey that it is for."""
    for journey in journeys:
        if journey.guide == entry.guide and entry.journey in (None, journey.journey):
            yield from (step for step in journey.steps if step.step == entry.step)


def _claims(step: StepRecord) -> Iterator[CheckedClaim]:
    return (claim for move in step.moves for claim in move.claims)


def _about(entry: Acceptance, claim: CheckedClaim) -> bool:
    return claim.kind == entry.kind and same(claim.claimed, entry.claimed)
