"""Which differences people have accepted: the same guide, step and claim, and the same thing seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from config.accepted import Acceptance
from record.canonical import same
from record.model import CheckedClaim


class Acceptances:
    """The accepted differences of one guide that count today.

    Args:
        entries: all there are.
        guide: which guide.
        today: an entry counts until its last day, that day included.
    """

    def __init__(self, entries: Iterable[Acceptance], guide: str, today: date) -> None:
        self._entries = [
            entry for entry in entries if entry.guide == guide and entry.until >= today
        ]

    def __call__(self, journey: str, step: str, claim: CheckedClaim) -> Acceptance | None:
        """The entry that accepts a difference; None: nobody has accepted it, or not any more."""
        return next(
            (
                entry
                for entry in self._entries
                if entry.journey in (None, journey)
                and (entry.step, entry.kind) == (step, claim.kind)
                and same(entry.claimed, claim.claimed)
                and same(entry.seen, claim.seen or "")
            ),
            None,
        )
