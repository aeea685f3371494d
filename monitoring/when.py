"""Times: seconds since the epoch inside, Vietnam's time wherever a person reads them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

# No daylight saving since 1975; a fixed offset needs no time zone database.
ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
HOUR = 3600
DAY = 86400

Clock = Callable[[], float]
now: Clock = time.time


def local(at: float) -> datetime:
    """A moment in Vietnam's time."""
    return datetime.fromtimestamp(at, ZONE)


def shown(at: float) -> str:
    """A moment as people read it: 22/11/2026 05:14."""
    return f"{local(at):%d/%m/%Y %H:%M}"


def begin_of_day(at: float) -> float:
    """Midnight in Vietnam before a moment."""
    return at - (at + 7 * HOUR) % DAY


def begin_of_hour(at: float) -> float:
    """The full hour before a moment."""
    return at - at % HOUR


def lasting(seconds: float, language: str = "vi") -> str:
    """A length of time in the two largest units."""
    units = (("ngày", "d"), ("giờ", "h"), ("phút", "min"), ("giây", "s"))
    parts = []
    rest = max(0, round(seconds))
    for size, names in zip((DAY, HOUR, 60, 1), units, strict=True):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {names[1] if language == 'en' else names[0]}")
    return " ".join(parts[:2]) or ("0 s" if language == "en" else "0 giây")
