"""From a journey's record to a check: what the monitor keeps of it and what the rules are told."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from monitoring import causes
from monitoring.state import Seen
from record.judge import judge
from record.model import Fault, JourneyRecord, Outcome, StepRecord


@dataclass(frozen=True)
class Check:
    """One journey walked once, as the monitor sees it.

    Attributes:
        journey: “guide/journey”.
        at: when it ended, seconds since the epoch.
        cause: see monitoring.causes.
        confirmed: a failure that fresh contexts have seen as well; anything else is confirmed.
        steps: (step, outcome, seconds) in their order.
        drifts: differences from the guide, a sentence each.
    """

    run: str
    portal: str
    journey: str
    title: str
    attempt: int
    at: float
    seconds: float
    outcome: Outcome
    cause: str | None
    simulated: bool
    confirmed: bool = True
    seen: Seen | None = None
    steps: tuple[tuple[str, str, float], ...] = ()
    drifts: tuple[str, ...] = ()

    def latest(self) -> dict[str, Any]:
        """What is kept of the latest check of a journey."""
        return {
            "run": self.run, "at": self.at, "outcome": self.outcome, "cause": self.cause,
            "seconds": self.seconds, "steps": self.steps, "drifts": self.drifts,
            "simulated": self.simulated, "seen": asdict(self.seen) if self.seen else None,
        }  # fmt: skip


def of_record(record: JourneyRecord, folder: str, attempt: int, account: str) -> Check:
    """A check from a journey's record.

    Args:
        record: as the run wrote it.
        folder: where the run's evidence lies, from the monitor's folder.
        attempt: 1, or more for a confirmation.
        account: who walked, as account_id makes it.
    """
    failed = next((step for step in record.steps if step.outcome == record.outcome), None)
    fault = failed.fault if failed else None
    cause = causes.cause_of(record.outcome, record.portal, fault, account)
    journey = f"{record.guide}/{record.journey}"
    ended = record.started.timestamp() + record.seconds
    findings = judge([record], "portal", datetime.fromtimestamp(ended, record.started.tzinfo))
    drifts = [f"{one.step}: {one.sentence}" for one in findings if one.outcome == "drifted"]
    return Check(
        run=record.run, portal=record.portal, journey=journey, title=record.title, attempt=attempt,
        at=ended, seconds=record.seconds, outcome=record.outcome, cause=cause,
        simulated=record.simulated,
        confirmed=attempt > 1 or not is_to_be_confirmed(record.outcome, cause),
        seen=None if cause in (causes.OK, None) else _seen(journey, failed, fault, folder),
        steps=tuple((step.step, step.outcome, step.seconds) for step in record.steps),
        drifts=tuple(drifts),
    )  # fmt: skip


def not_seen(
    run: str, portal: str, journey: str, at: float, why: str, simulated: bool, attempt: int = 1,
    said: str = "",
) -> Check:  # fmt: skip
    """A journey that was planned and of which no result came: our own fault.

    Args:
        why: one of monitoring.words.OURS; `said`: what goes into its words.
    """
    return Check(
        run=run, portal=portal, journey=journey, title="", attempt=attempt, at=at, seconds=0.0,
        outcome="internal", cause=causes.OURSELVES, simulated=simulated,
        seen=Seen(journey, "ourselves", why, said),
    )  # fmt: skip


def is_to_be_confirmed(outcome: Outcome, cause: str | None) -> bool:
    """Whether an outcome counts only once fresh contexts have seen it too.

    Refused credentials count at once: trying them again would be the harm.
    """
    return outcome == "failed" and causes.refused_account(cause) is None


def account_id(account: str) -> str:
    """A test account's name for leases and lists, which gives the account itself not away."""
    return hashlib.sha256(account.encode()).hexdigest()[:10]


def _seen(journey: str, step: StepRecord | None, fault: Fault | None, folder: str) -> Seen:
    moves = step.moves if step else ()
    pictures = [picture.file for move in moves for picture in move.pictures]
    return Seen(
        journey=journey,
        component=fault.component if fault else "ourselves",
        kind=fault.kind if fault else "internal",
        message=fault.message if fault else ((step and step.reason) or ""),
        step=step.step if step else "",
        says=moves[-1].says if moves else "",
        picture=f"{folder}/{pictures[-1]}" if pictures else "",
    )
