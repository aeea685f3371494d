"""Accepted differences that people have to look at again: expired, changed, or no longer needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.accepted import Acceptance
from record.model import CheckedClaim, JourneyRecord

Why = Literal["expired", "changed", "not needed"]


@dataclass(frozen=True)
class Reminder:
    """An acceptance to look at again.

    Attributes:
        why: it has expired; what is seen has changed; or the guide holds and needs it no more.
        now: what is seen now, where that has changed.
    """

    entry: Acceptance
    why: Why
    now: str | None = None

    @property
    def pressing(self) -> bool:
        """Whether it no longer covers what is seen."""
        return self.why != "not needed"


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
    found: list[Reminder] = []
    for entry in entries:
        if entry.until < today:
            found.append(Reminder(entry, "expired"))
            continue
        claims = list(_claims(entry, walked))
        if not claims or any(_covers(entry, claim) for claim in claims):
            continue
        differing = next((claim for claim in claims if claim.verdict == "differs"), None)
        if differing is not None:
            found.append(Reminder(entry, "changed", differing.seen))
        elif all(claim.verdict == "holds" for claim in claims):
            found.append(Reminder(entry, "not needed"))
    return found


def _claims(entry: Acceptance, journeys: list[JourneyRecord]) -> Iterator[CheckedClaim]:
    """The checked claims that an acceptance is about."""
    for journey in journeys:
        if journey.guide == entry.guide and entry.journey in (None, journey.journey):
            for step in journey.steps:
                if step.step == entry.step:
                    for move in step.moves:
                        yield from (claim for claim in move.claims if _about(entry, claim))


def _about(entry: Acceptance, claim: CheckedClaim) -> bool:
    return claim.kind == entry.kind and _plain(claim.claimed) == _plain(entry.claimed)


def _covers(entry: Acceptance, claim: CheckedClaim) -> bool:
    """Whether a claim was accepted by this entry, as the walk noted it."""
    by = claim.accepted
    return by is not None and (by.who, by.why, by.until) == (
        entry.who,
        entry.why,
        entry.until.isoformat(),
    )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
