"""The last checks of a journey: what enters them, when they are too bad, when they are good again."""

from __future__ import annotations

from monitoring import causes
from monitoring.state import JourneyState, Observed


def opens(cause: str, journey: JourneyState, failures: int, of: int) -> bool:
    """Whether the last checks are enough for an incident; m = `failures` of n = `of`."""
    if causes.kind_of(cause) == "account":
        return True  # put aside at once: there will be no second attempt
    if causes.is_down(cause):
        return sum(one != causes.OK for one in journey.worked[-of:]) >= failures
    return journey.looked[-of:].count(cause) >= failures


def is_over(cause: str, journey: JourneyState, enough: int, elsewhere: bool) -> bool:
    """Whether a journey has recovered from a cause.

    Args:
        cause: of the incident.
        journey: its last checks.
        enough: how many in a row it takes.
        elsewhere: it is part of another incident of downtime, which people are told of.
    """
    kind = causes.kind_of(cause)
    if kind == "ourselves":
        last = journey.looked[-enough:]
    elif causes.is_down(cause):
        last = journey.worked[-enough:]
        if not elsewhere:
            return len(last) == enough and all(one == causes.OK for one in last)
    else:
        last = tuple(one for one in journey.looked if one != causes.OURSELVES)[-enough:]
    return len(last) == enough and cause not in last


def remembered(before: JourneyState, event: Observed, depth: int) -> JourneyState:
    """The journey with one more check; the very same value where nothing changes."""
    cause = event.cause or ""
    looked = (*before.looked, cause)[-depth:]
    tells = cause == causes.OK or causes.is_down(cause)
    worked = (*before.worked, cause)[-depth:] if tells else before.worked
    failing, blamed = before.failing_since, before.blamed_since
    if cause == causes.OK:
        failing = blamed = None
    else:
        if failing is None and causes.is_down(cause):
            failing = event.at
        if blamed is None or before.looked[-1:] != (cause,):
            blamed = event.at
    after = JourneyState(before.portal, looked, worked, failing, blamed)
    return before if after == before else after


def since(cause: str, journey: JourneyState, elsewhere: bool) -> float | None:
    """When what a new incident is about began for a journey whose last check blames its cause.

    Args:
        cause: of the incident.
        journey: its last checks.
        elsewhere: it is part of another incident of downtime, to which what came before belongs.
    """
    if causes.is_down(cause) and not elsewhere:
        return journey.failing_since
    return journey.blamed_since
