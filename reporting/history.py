"""Since when something has been so: the runs before, read back until one says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from record.model import CheckedClaim, JourneyRecord, StepRecord
from reporting.runs import KeptRun, earlier

Key = tuple[str, ...]
State = tuple[str | None, ...]


@dataclass(frozen=True)
class Since:
    """When something began to be as it is.

    Attributes:
        when: the start of the first run in an unbroken row that found it so.
        run: that run's name.
        first_kept: no earlier run is kept that says otherwise: it may have been so for longer.
        before: what the run before saw, where there is one.
    """

    when: datetime
    run: str
    first_kept: bool
    before: str | None


class History:
    """What earlier runs say of the steps and claims of one run.

    Args:
        kept: the run that is reported.
        at_most: how many earlier runs are read.
    """

    def __init__(self, kept: KeptRun, at_most: int) -> None:
        self._states: list[tuple[KeptRun, dict[Key, State]]] = []
        for run in (kept, *earlier(kept, at_most)):
            try:
                self._states.append((run, _states(run.journeys)))
            except ValueError:
                continue  # a record that cannot be read says nothing; `verify` names it

    def of_step(self, journey: JourneyRecord, step: StepRecord) -> Since:
        """Since when a step has had its outcome."""
        return self._since(_step_key(journey, step))

    def of_claim(self, journey: JourneyRecord, step: StepRecord, claim: CheckedClaim) -> Since:
        """Since when a claim has had its verdict, with the same thing seen."""
        return self._since(_claim_key(journey, step, claim))

    def _since(self, key: Key) -> Since:
        run, states = self._states[0]
        now, first = states[key], run
        for run, states in self._states[1:]:
            if key not in states:
                if _came_without(key, states):
                    return Since(first.run.started, first.run.run, False, None)
                continue  # not walked as far as here: it says nothing of this one
            if states[key] != now:
                return Since(first.run.started, first.run.run, False, states[key][-1])
            first = run
        return Since(first.run.started, first.run.run, True, None)


def _came_without(key: Key, states: dict[Key, State]) -> bool:
    """Whether the step was done and an unannounced screen did not come."""
    done = states.get(key[:3], (None,))[0] in ("matches", "accepted", "drifted")
    return done and key[3:4] == ("unannounced",)


def _states(journeys: Iterable[JourneyRecord]) -> dict[Key, State]:
    states: dict[Key, State] = {}
    for journey in journeys:
        states[journey.guide, journey.journey] = (journey.outcome,)
        for step in journey.steps:
            states[_step_key(journey, step)] = (step.outcome,)
            for move in step.moves:
                for claim in move.claims:
                    # "accepted" and "differs" are one state: accepting changes nothing that is seen.
                    holds = claim.verdict if claim.verdict in ("holds", "unchecked") else "differs"
                    states[_claim_key(journey, step, claim)] = (holds, claim.seen)
    return states


def _step_key(journey: JourneyRecord, step: StepRecord) -> Key:
    return (journey.guide, journey.journey, step.step)


def _claim_key(journey: JourneyRecord, step: StepRecord, claim: CheckedClaim) -> Key:
    seen = claim.seen or "" if claim.kind == "unannounced" else ""
    return (journey.guide, journey.journey, step.step, claim.kind, claim.claimed, seen)
