"""The time of an environment: what the portals call now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

# No daylight saving since 1975: a fixed offset needs no time zone database, which a fresh machine
# may lack.
ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def _no_offset() -> float:
    return 0.0


class Clock:
    """Now, at the portals.

    Args:
        offset: seconds that the portals' clock is ahead of the real one; asked each time, because
            tests move it.
    """

    def __init__(self, offset: Callable[[], float] = _no_offset) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The present moment in Vietnam's zone."""
        return datetime.now(ZONE) + timedelta(seconds=self._offset())
