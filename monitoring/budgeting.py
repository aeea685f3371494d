"""What walks cost the hosts they come to, and whether the budgets allow what is planned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from config.environments import Environment
from config.monitor import Monitor
from monitoring import leases
from monitoring.planning import Watched
from monitoring.store import Store
from monitoring.when import HOUR

RESERVED = 2  # visits: the walk, and its confirmation, which must not fail for want of one
CADENCES = tuple(60.0 * minutes for minutes in (5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440))


def reserve(
    store: Store, one: Watched, monitor: Monitor, environment: Environment, now: float
) -> bool:
    """Take the visits of one walk and its confirmation; whether the budgets of all hosts allow it.

    Raises:
        NoStore: the store cannot be used.
    """
    return leases.spend(store, _limits(one, monitor, environment), now, RESERVED)


def give_back(store: Store, one: Watched, reserved: float, visits: int = 1) -> None:
    """Give back visits that were not needed, to the time at which they were reserved.

    Raises:
        NoStore: the store cannot be used.
    """
    leases.give_back(store, _hosts(one), reserved, visits)


def beyond(plan: Sequence[Watched], monitor: Monitor, environment: Environment) -> Iterator[str]:
    """Where the cadence would be stopped by a budget again and again: a sentence a host.

    Args:
        plan: what is to be walked.
        monitor: its cadence, read from its file.
        environment: its bound.
    """
    for host in sorted({host for one in plan for host in _hosts(one)}):
        coming = [one for one in plan if host in _hosts(one)]
        limits = (_limits(one, monitor, environment)[host] for one in coming)
        limit = min((each for each in limits if each is not None), default=None)
        cadences = [monitor.every(one.portal, one.journey) for one in coming]
        needed = sum(_needed(every) for every in cadences)
        if limit is None or needed <= limit:
            continue
        longer = [
            every
            for every in CADENCES
            if sum(_needed(max(every, own)) for own in cadences) <= limit
        ]
        remedy = f"set “every” to {longer[0] / 60:g}m" if longer else "watch fewer of them"
        yield (
            f"{monitor.place('cadence', 'every')}: {len(coming)} journeys come to {host}, which "
            f"takes up to {needed} visits an hour, and {limit} are allowed; {remedy}, or raise "
            f"{_whose(limit, environment)}"
        )


def _hosts(one: Watched) -> list[str]:
    return [one.host, *(host for host, _ in one.shared)]


def _limits(one: Watched, monitor: Monitor, environment: Environment) -> dict[str, int | None]:
    """The environment's bound holds for every host, the monitor's own for the portal's."""
    bound = environment.bounds.visits_per_hour
    own = monitor.cadence.visits_per_hour
    limits: dict[str, int | None] = {host: bound for host, _ in one.shared}
    limits[one.host] = own if bound is None else min(own, bound)
    return limits


def _needed(every: float) -> int:
    """Visits that one journey must be allowed: those that still count, and what the next reserves."""
    return math.ceil((HOUR + leases.SLICE) / every) - 1 + RESERVED


def _whose(limit: int, environment: Environment) -> str:
    if limit == environment.bounds.visits_per_hour:
        return f"visits_per_hour of the environment “{environment.environment}”"
    return "cadence.visits_per_hour"
