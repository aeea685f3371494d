"""`judge`: from a record to findings, pass or fail. Suite, gate and monitor ask this one function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from record.model import CheckedClaim, JourneyRecord, PlannedJourney, StepRecord
from record.words import of_fault, word

Policy = Literal["guide", "portal"]


@dataclass(frozen=True)
class Finding:
    """One thing to tell about a journey.

    Attributes:
        fails: whether it fails the run under the policy asked for; otherwise it is a note.
    """

    guide: str
    journey: str
    step: str
    outcome: str
    sentence: str
    fails: bool


def judge(
    record: Sequence[JourneyRecord],
    policy: Policy,
    now: datetime,
    plan: Iterable[PlannedJourney] = (),
) -> list[Finding]:
    """Say of a record what is wrong with it.

    Args:
        record: the journeys; of several attempts at one, the last counts.
        policy: `guide` is strict on the guide (a drift fails), `portal` only on the portal (a note).
        now: an acceptance that has expired by then no longer counts.
        plan: what was to be walked; planned and not seen is `internal`.

    Returns:
        The findings in the order of the record; the run passes when none of them fails it.
    """
    last = {(journey.guide, journey.journey): journey for journey in record}
    findings = [found for journey in last.values() for found in _of_journey(journey, policy, now)]
    findings += [
        Finding(planned.guide, planned.journey, "", "internal", word("planned, not seen"), True)
        for planned in plan
        if (planned.guide, planned.journey) not in last
    ]
    return findings


def passes(findings: Iterable[Finding]) -> bool:
    """Whether none of the findings fails the run."""
    return not any(finding.fails for finding in findings)


def expired(claim: CheckedClaim, now: datetime) -> bool:
    """Whether a difference was accepted only until a day that has passed."""
    return claim.accepted is not None and now.date().isoformat() > claim.accepted.until


def _of_journey(journey: JourneyRecord, policy: Policy, now: datetime) -> Iterator[Finding]:
    for step in journey.steps:
        for outcome, sentence in _of_step(step, now):
            fails = outcome in ("internal", "failed", "blocked") or (
                outcome == "drifted" and policy == "guide"
            )
            yield Finding(journey.guide, journey.journey, step.step, outcome, sentence, fails)


def _of_step(step: StepRecord, now: datetime) -> Iterator[tuple[str, str]]:
    if step.outcome in ("internal", "failed", "blocked"):
        why = of_fault(step.fault) if step.fault else (step.reason or "")
        yield step.outcome, why
    for move in step.moves:
        for claim in move.claims:
            if claim.verdict == "differs" or (claim.verdict == "accepted" and expired(claim, now)):
                yield "drifted", difference(claim)
            elif claim.verdict == "accepted":
                yield "accepted", difference(claim)


def difference(claim: CheckedClaim) -> str:
    """A difference in one clause, for tables and messages."""
    if claim.kind == "unannounced":
        return f"{word('unannounced')}: “{claim.seen}”"
    return (
        f"{word(claim.kind)}: {word('guide says')} “{claim.claimed}”, {word('seen')} “{claim.seen}”"
    )
