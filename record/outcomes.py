"""The order of outcomes: how claims make a step's outcome, and steps a journey's."""

from __future__ import annotations

from collections.abc import Iterable

from record.model import CheckedClaim, Outcome

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


def of_steps(outcomes: Iterable[Outcome]) -> Outcome:
    """A journey's outcome: the first in order that one of its steps has; not_checked if none was."""
    seen = set(outcomes)
    return next((outcome for outcome in ORDER if outcome in seen), "not_checked")
