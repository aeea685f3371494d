"""A host's budget of visits, kept across runs: we watch portals, we do not load them."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable
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
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            visits: dict[str, list[float]] = json.loads(file.read() or "{}")
            since = self._now() - 3600
            recent = [moment for moment in visits.get(host, []) if moment > since]
            allowed = len(recent) < self._per_hour
            visits[host] = [*recent, self._now()] if allowed else recent
            file.truncate(0)
            file.write(json.dumps(visits))
            return allowed
