"""A host's budget of visits, kept across runs: we watch portals, we do not load them."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class VisitBudget:
    """Visits to each host within the last hour, in one file that all runs on this machine share.

    Args:
        path: the file.
        per_hour: how many visits a host may get.
        now: seconds since the epoch.
    """

    def __init__(self, path: Path, per_hour: int, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._per_hour = per_hour
        self._now = now

    def spend(self, host: str) -> bool:
        """Take one visit to a host from its budget.

        Returns:
            False when the budget of this hour is spent; then nothing is taken.

        Raises:
            OSError: the file cannot be written; without a count no visit is allowed.
        """
        with self._visits() as visits:
            allowed = len(visits.get(host, [])) < self._per_hour
            if allowed:
                visits[host] = [*visits.get(host, []), self._now()]
            return allowed

    def has_room(self, host: str) -> bool:
        """Whether a host may be visited once more within this hour; nothing is taken."""
        with self._visits() as visits:
            return len(visits.get(host, [])) < self._per_hour

    @contextmanager
    def _visits(self) -> Iterator[dict[str, list[float]]]:
        """The moments of the last hour's visits by host; nobody else changes them meanwhile."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            since = self._now() - 3600
            kept: dict[str, list[float]] = json.loads(file.read() or "{}")
            visits = {
                host: [moment for moment in moments if moment > since]
                for host, moments in kept.items()
            }
            yield visits
            file.truncate(0)
            file.write(json.dumps(visits))
