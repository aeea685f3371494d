"""Portals, checks by the handful, and a clock that only tests move."""

from __future__ import annotations

from config.monitor import Channel
from monitoring.checks import Check
from monitoring.state import Seen

JOURNEYS = {
    "lai-chau-2024/citizen": "lai-chau",
    "hung-yen-2023/citizen": "hung-yen",
    "thanh-hoa-2024/citizen": "thanh-hoa",
}
CHANNELS = (
    Channel(channel="duty-mail", tells=("duty",), url="json://127.0.0.1"),
    Channel(channel="team", tells=("quality", "operator"), url="json://127.0.0.1"),
    Channel(channel="second", tells=("escalation",), url="json://127.0.0.1"),
)


class Hand:
    """A clock that stands still until it is moved (seconds)."""

    def __init__(self, at: float = 1_800_000_000.0) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at

    def move(self, seconds: float) -> float:
        self.at += seconds
        return self.at


def check(run: str, journey: str, at: float, cause: str | None = "ok", **values: object) -> Check:
    """A check; a failure unless its cause is ok."""
    portal = JOURNEYS.get(journey, journey.partition("/")[0])
    outcome = "matches" if cause == "ok" else "failed"
    component = (cause or "").partition(":")[2]
    seen = Seen(journey, component, "connect", "ERR_CONNECTION_REFUSED", "Bước 4", "chọn Đăng nhập")
    given: dict[str, object] = {
        "run": run,
        "portal": portal,
        "journey": journey,
        "title": "Công dân đăng nhập",
        "attempt": 1,
        "at": at,
        "seconds": 2.5,
        "outcome": outcome,
        "cause": cause,
        "simulated": True,
        "seen": None if cause == "ok" else seen,
        "steps": (("Bước 1", "matches", 1.0), ("Bước 4", outcome, 1.5)),
    }
    return Check(**{**given, **values})  # type: ignore[arg-type]
