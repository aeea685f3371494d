"""The clock of one running instance. Tests move it instead of waiting."""

import time
from datetime import datetime, timedelta, timezone

# Vietnam has had no daylight saving since 1975: a fixed offset needs no time zone database.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock:
    """Real time plus an offset that only the control interface changes."""

    def __init__(self) -> None:
        self._offset = 0.0

    @property
    def offset(self) -> float:
        return self._offset

    def now(self) -> datetime:
        return datetime.now(VIETNAM) + timedelta(seconds=self._offset)

    def timestamp(self) -> float:
        """Seconds since 1970, for what is stored and compared."""
        return time.time() + self._offset

    def monotonic(self) -> float:
        return time.monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        self._offset += seconds

    def reset(self) -> None:
        self._offset = 0.0
