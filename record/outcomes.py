"""The order of outcomes: how claims make a step's outcome, and steps a journey's."""

from __future__ import annotations

from collections.abc import Iterable

from record.model import CheckedClaim, Outcome, StepRecord

ORDER: tuple[Outcome, ...] = ("internal", "failed", "blocked", "drifted", "accepted", "matches")


def of_claims(claims: Iterable[CheckedClaim]) -> Outcome:
    """The outcome of a step that could be done, from the verdicts of its claims.

    A step that claims nothing has matched by being done; one of whose claims none could be looked at
    has not been checked.
    """
    verdicts = {claim.verdict for claim in claims}
    if "differs" in verdicts:
        return "drifted"
    if "accepted" in verdicts:
        return "accepted"
    return "not_checked" if verdicts == {"unchecked"} else "matches"


def compared(step: StepRecord) -> bool:
    """Whether anything that the guide says of a step was seen and holds; else it was only done."""
    return any(claim.verdict == "holds" for move in step.moves for claim in move.claims)


def told(step: StepRecord) -> str:
    """The key of the word that tells a step's outcome; a match of nothing with nothing has its own."""
    return "walked" if step.outcome == "matches" and not compared(step) else step.outcome


def of_steps(outcomes: Iterable[Outcome]) -> Outcome:
    """A journey's outcome: the first in order that one of its steps has; not_checked if none was."""
    seen = set(outcomes)
    return next((outcome for outcome in ORDER if outcome in seen), "not_checked")
