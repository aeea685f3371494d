"""What one walk costs: a visit to the portal and to each shared system on its way."""

from __future__ import annotations

from config.environments import Environment
from config.monitor import Monitor
from monitoring import leases
from monitoring.planning import Watched
from monitoring.store import Store


def spend_on(
    store: Store, one: Watched, monitor: Monitor, environment: Environment, now: float
) -> bool:
    """Spend the visits of one walk, or none; whether the budgets of all its hosts allow it.

    The environment's bound holds for every host, the monitor's own for the portal's.

    Raises:
        NoStore: the store cannot be used.
    """
    bound = environment.bounds.visits_per_hour
    own = monitor.cadence.visits_per_hour
    limits: dict[str, int | None] = {host: bound for host, _ in one.shared}
    limits[one.host] = own if bound is None else min(own, bound)
    return leases.spend(store, limits, now)
