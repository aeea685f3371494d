"""Since when something has been so: the runs before, read back until one says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from record import file
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
        self._dated = _dated(kept, earlier(kept, at_most))

    def of_step(self, journey: JourneyRecord, step: StepRecord) -> Since:
        """Since when a step has had its outcome."""
        return self._dated[_step_key(journey, step)]

    def of_claim(self, journey: JourneyRecord, step: StepRecord, claim: CheckedClaim) -> Since:
        """Since when a claim has had its verdict, with the same thing seen."""
        return self._dated[_claim_key(journey, step, claim)]


def _dated(kept: KeptRun, before: Iterable[KeptRun]) -> dict[Key, Since]:
    """Since when everything in a run has been so.

    Of the runs before, the newest first, one is held at a time, however many are read.
    """
    now = _states(kept.journeys)
    first = dict.fromkeys(now, kept.run)  # of the unbroken row, as far as it has been read back
    found: dict[Key, Since] = {}
    for other in before:
        try:
            states = _states(file.journeys(other.folder))
        except ValueError:
            continue  # a record that cannot be read says nothing; `verify` names it
        for key in [*first]:
            if key in states and states[key] == now[key]:
                first[key] = other.run
            elif key in states or _came_without(key, states):
                start, was = first.pop(key), states.get(key, (None,))[-1]
                found[key] = Since(start.started, start.run, False, was)
            # else it was not walked as far as here, which says nothing of this one
    rest = {key: Since(run.started, run.run, True, None) for key, run in first.items()}
    return found | rest


def _came_without(key: Key, states: dict[Key, State]) -> bool:
    """Whether the step was done and an unannounced screen did not come."""
    done = states.get(key[:3], (None,))[0] in ("matches", "accepted", "drifted")
    return done and key[3:4] == ("unannounced",)


def _states(journeys: Iterable[JourneyRecord]) -> dict[Key, State]:
    """What a run found; of several attempts at a journey, the last counts."""
    last = {(journey.guide, journey.journey): _of_journey(journey) for journey in journeys}
    return {key: state for states in last.values() for key, state in states.items()}


def _of_journey(journey: JourneyRecord) -> dict[Key, State]:
    states: dict[Key, State] = {}
    for step in journey.steps:
        states[_step_key(journey, step)] = (step.outcome,)
        for move in step.moves:
            for claim in move.claims:
                states[_claim_key(journey, step, claim)] = _state(claim)
    return states


def _state(claim: CheckedClaim) -> State:
    """“accepted” and “differs” are one state: accepting changes nothing that is seen.

    What holds is one state too, in whatever words it was seen: a countdown never says the same.
    """
    if claim.verdict == "holds":
        return ("holds", claim.claimed)
    return ("unchecked" if claim.verdict == "unchecked" else "differs", claim.seen)


def _step_key(journey: JourneyRecord, step: StepRecord) -> Key:
    return (journey.guide, journey.journey, step.step)


def _claim_key(journey: JourneyRecord, step: StepRecord, claim: CheckedClaim) -> Key:
    seen = claim.seen or "" if claim.kind == "unannounced" else ""
    return (journey.guide, journey.journey, step.step, claim.kind, claim.claimed, seen)
