"""How long a journey may take in all, whatever its devices wait for."""

from __future__ import annotations

import time

from record.words import clause


class OurDeadline(Exception):
    """The journey took longer than we allow it: our limit, not the portal's fault.

    Args:
        seconds: the limit.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(clause("own limit", seconds=seconds))


class Deadline:
    """One limit for all devices of a visit; it runs from here.

    Args:
        seconds: how long.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def cut(self, limit: float) -> float:
        """A limit in seconds, cut to what is left.

        Raises:
            OurDeadline: nothing is left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise OurDeadline(self._seconds)
        return min(limit, left)
