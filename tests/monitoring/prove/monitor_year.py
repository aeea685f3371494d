"""A year of 34 portals, generated: isolated failures, outages of portals and of VNeID."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.checks import Check
from monitoring.state import Seen

PORTALS = tuple(f"tinh-{number:02}" for number in range(1, 35))
EVERY = 300.0
START = 1_767_200_400.0  # 1 January 2026, Vietnam's time
ROUNDS = 365 * 24 * 12


@dataclass(frozen=True)
class Outage:
    """What is really down, from a round on, for so many rounds; `portal` none: VNeID."""

    portal: str | None
    first: int
    last: int


def outages(seed: int, rounds: int) -> list[Outage]:
    """Real outages, at least 4 hours apart on each portal, those of VNeID apart from all."""
    chance = random.Random(seed)
    found: list[Outage] = []
    busy: dict[str, list[tuple[int, int]]] = {portal: [] for portal in PORTALS}

    def free(portal: str, first: int, last: int) -> bool:
        return all(last + 48 < begin or first > end + 48 for begin, end in busy[portal])

    wanted: list[str | None] = [None] * max(1, rounds * 8 // ROUNDS)
    wanted += [portal for portal in PORTALS for _ in range(max(1, rounds * 12 // ROUNDS))]
    for portal in wanted:
        first = chance.randrange(10, rounds - 80)
        last = first + chance.randrange(2, 60)
        hit = PORTALS if portal is None else (portal,)
        if all(free(one, first, last) for one in hit):
            found.append(Outage(portal, first, last))
            for one in hit:
                busy[one].append((first, last))
    return sorted(found, key=lambda one: one.first)


def rounds(seed: int, count: int, real: list[Outage]) -> Iterator[tuple[float, list[Check]]]:
    """Each round's time and checks; isolated failures are at least three checks from any other."""
    chance = random.Random(seed + 1)
    down: dict[str, dict[int, str]] = {portal: {} for portal in PORTALS}
    for outage in real:
        for portal in PORTALS if outage.portal is None else (outage.portal,):
            cause = "system:VNeID" if outage.portal is None else f"portal:{portal}"
            for number in range(outage.first, outage.last + 1):
                down[portal][number] = cause
    alone = dict.fromkeys(PORTALS, -10)
    for number in range(count):
        at = START + number * EVERY
        checks = []
        for portal in PORTALS:
            cause = down[portal].get(number, "ok")
            if cause == "ok" and chance.random() < 0.004 and number - alone[portal] > 6:
                near = any(other in down[portal] for other in range(number - 4, number + 5))
                if not near:
                    cause, alone[portal] = f"portal:{portal}", number
            checks.append(_check(portal, number, at, cause, chance.uniform(2.0, 6.0)))
        yield at, checks


def _check(portal: str, number: int, at: float, cause: str, seconds: float) -> Check:
    journey = f"{portal}-2024/citizen-password"
    well = cause == "ok"
    return Check(
        run=f"y{number}", portal=portal, journey=journey, title="Công dân đăng nhập", attempt=1,
        at=at, seconds=seconds, outcome="matches" if well else "failed", cause=cause,
        simulated=True,
        seen=None if well else Seen(journey, cause.partition(":")[2], "timeout", "…", "Bước 4"),
        steps=(("Bước 1", "matches", 1.0), ("Bước 4", "matches" if well else "failed", 2.0)),
    )  # fmt: skip
