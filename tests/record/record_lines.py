"""Lines of a record, as short as a test can say them."""

from datetime import datetime, timedelta, timezone

from record.model import AcceptedBy, CheckedClaim, JourneyRecord, MoveRecord, StepRecord, Versions
from record.outcomes import of_steps

ZONE = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)


def claim(verdict="holds", until="2026-12-31", **said):
    accepted = AcceptedBy(who="Ai đó", why="Đã xem", until=until) if verdict == "accepted" else None
    told = {"kind": "control", "origin": "prose", "claimed": "Đăng nhập", "seen": "Đăng nhập"}
    return CheckedClaim(**{**told, **said}, verdict=verdict, accepted=accepted)


def step(outcome="matches", *claims, **said):
    move = MoveRecord(says="", do="home.open", seat="desktop", seconds=0.1, claims=claims)
    return StepRecord(step=said.pop("step", "Bước 1"), outcome=outcome, moves=(move,), **said)


def journey(*steps, **said):
    told = {
        "run": "r",
        "environment": "embedded",
        "edition": "published",
        "simulated": True,
        "portal": "lai-chau",
        "guide": "lai-chau-2024",
        "journey": "citizen-password",
        "title": "Công dân đăng nhập",
        "attempt": 1,
        "started": NOW,
        "seconds": 1.0,
        "versions": Versions(guide="g", portal="p", browser="b", suite="s"),
    }
    outcome = of_steps(found.outcome for found in steps)
    return JourneyRecord(**{**told, **said}, outcome=outcome, steps=steps)
