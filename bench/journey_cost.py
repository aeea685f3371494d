"""What a walk costs beside a bare Playwright script that clicks the same way on the same browser.

`python -m bench.journey_cost [--rounds N] [--journey NAME …]` walks each journey in turn as a bare
script (bench/bare.py), as smoke runs do (no pictures) and as guide runs do (a picture a move), in one
browser against one embedded instance, and prints processor seconds (this process, Playwright's driver
and the browser; the portals left out) with the ratios of their medians. Bounds: 1.25 and 2.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench import bare
from bench.bare import PageOf
from config.accepted import accepted
from config.environments import Environment, environment
from config.guides import guides
from config.portals import atlases
from journeys.accepting import Acceptances
from journeys.binding import Plan, bind
from journeys.deadline import Deadline
from journeys.device import BrowserDevice
from journeys.evidence import Evidence, When
from journeys.guard import Guard
from journeys.hands import Devices, hands_of, own_secrets
from journeys.reading import teach
from journeys.walking import Walk, walk
from record.outcomes import of_steps
from suites.plugins.visits import SEATS
from visitors.secret import Secrets
from visitors.visitor import visitor
from world.world import World, open_world

BOUNDS = {"smoke": 1.25, "guide": 2.0}


@dataclass(frozen=True)
class Measured:
    """A journey, and the bare script beside it."""

    guide: str
    bare: Callable[[PageOf, httpx.Client], None]


JOURNEYS = {
    "citizen-password": Measured("lai-chau-2024", bare.citizen_password),
    "organisation-smartca": Measured("lai-chau-2024", bare.organisation_smartca),
    "organisation-usb": Measured("lai-chau-2024", bare.organisation_usb),
    "organisation-sim": Measured("lai-chau-2024", bare.organisation_sim),
    "citizen-registration": Measured("lai-chau-2020", bare.citizen_registration),
    "official-profile": Measured("hung-yen-2023", bare.official_profile),
}


@dataclass(frozen=True)
class Place:
    """Where everything is measured: one browser, one embedded instance."""

    world: World
    browser: Browser
    client: httpx.Client
    folder: Path

    @contextmanager
    def contexts(self) -> Iterator[Callable[[str], BrowserContext]]:
        """Make the context of a seat; all are closed at the end."""
        with ExitStack() as held:

            def make(seat: str) -> BrowserContext:
                context = self.browser.new_context(**SEATS[seat], locale="vi-VN")
                held.callback(context.close)
                return context

            yield make

    def scripted(self, script: Callable[[PageOf, httpx.Client], None]) -> None:
        """A journey by its bare script."""
        with self.contexts() as context_of:
            script(lambda seat: context_of(seat).new_page(), self.client)

    def walked(self, plan: Plan, when: When) -> None:
        """The same journey walked, every claim checked."""
        where = self.world.environment
        role, clock = plan.journey.visitor, self.world.clock
        account, secrets = where.visitors[role], Secrets()
        who = visitor(role, account, client=self.client, clock=clock, secrets=secrets)
        own, guard, evidence = own_secrets(who), Guard(where), Evidence(self.folder, "bench", when)
        deadline = Deadline(where.limits.journey)
        with self.contexts() as context_of:
            devices = Devices(
                lambda seat: BrowserDevice(
                    seat, context_of(seat), plan.atlas, guard, where.limits, deadline, own, evidence
                )
            )
            hands = hands_of(who, devices, secrets)
            accept = Acceptances(accepted().accepted, plan.guide.guide, clock.now().date())
            steps = list(walk(plan, Walk(devices, hands, accept, lambda _host: (None, ""))))
        outcome = of_steps(step.outcome for step in steps)
        assert outcome in ("matches", "accepted"), f"{plan!r} {outcome}; nothing is measured"

    def take_back(self, role: str) -> None:
        """What the journey has left, so that it can be gone again."""
        account = self.world.environment.visitors[role]
        assert self.world.control is not None
        for what in account.leaves:
            self.world.control.take_back(what, account.account)


def processor_seconds(leaving_out: set[int]) -> float:
    """Processor time of this process and all below it so far, dead children included."""
    total = 0.0
    own = psutil.Process()
    for process in [own, *own.children(recursive=True)]:
        if process.pid in leaving_out:
            continue
        try:
            spent = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += spent.user + spent.system
        if process.pid != own.pid:
            total += spent.children_user + spent.children_system
    return total


def main() -> int:
    """Measure and print.

    Returns:
        0 within the bounds, 1 where any journey is beyond them.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.journey_cost", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="rounds of each kind (default 12)")
    parser.add_argument(
        "--journey", action="append", choices=JOURNEYS, help="only this one; may be given again"
    )
    options = parser.parse_args()
    beyond = False
    with (
        tempfile.TemporaryDirectory() as folder,
        open_world(environment("embedded"), None, None, Path(folder)) as world,
        world.names.client(timeout=10) as client,
    ):
        portals = {child.pid for child in psutil.Process().children(recursive=True)}
        with sync_playwright() as playwright:
            teach(playwright)
            browser = playwright.chromium.launch(**world.launch(headed=False))
            place = Place(world, browser, client, Path(folder))
            for name in options.journey or JOURNEYS:
                beyond |= report(name, measured(name, place, options.rounds, portals))
            browser.close()
    return 1 if beyond else 0


def measured(name: str, place: Place, rounds: int, portals: set[int]) -> dict[str, list[float]]:
    """Processor seconds of each kind, round by round in turn; the first round only warms up."""
    plan = plan_of(name, place.world.environment)
    kinds: dict[str, Callable[[], None]] = {
        "bare": lambda: place.scripted(JOURNEYS[name].bare),
        "smoke": lambda: place.walked(plan, "differences"),
        "guide": lambda: place.walked(plan, "every move"),
    }
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(rounds + 1):
        for kind, go in kinds.items():
            place.take_back(plan.journey.visitor)
            before = processor_seconds(portals)
            go()
            settle()
            if number:
                spent[kind].append(processor_seconds(portals) - before)
        print(f"{name}: round {number} of {rounds}", file=sys.stderr)
    return spent


def plan_of(name: str, where: Environment) -> Plan:
    """The journey of that name, ready to be walked."""
    guide = guides()[JOURNEYS[name].guide]
    journey = next(found for found in guide.journeys if found.journey == name)
    return bind(guide, journey, atlases()[guide.portal], where.bounds)


def settle(still: float = 0.5, limit: float = 10.0) -> None:
    """Wait until the browser has buried the processes of the closed page, in seconds.

    Their time is counted only when they have ended; otherwise it falls to the next measurement.
    """
    end = time.monotonic() + limit
    known: set[int] = set()
    since = time.monotonic()
    while time.monotonic() < min(since + still, end):
        now = {child.pid for child in psutil.Process().children(recursive=True)}
        if now != known:
            known, since = now, time.monotonic()
        time.sleep(0.05)


def report(name: str, spent: dict[str, list[float]]) -> bool:
    """Print medians and ratios; whether a bound is exceeded."""
    medians = {kind: statistics.median(values) for kind, values in spent.items()}
    beyond = False
    print(name)
    for kind, median in medians.items():
        low, high = min(spent[kind]), max(spent[kind])
        print(f"  {kind:6} {median:6.3f} s (min {low:.3f}, max {high:.3f})")
    for kind, bound in BOUNDS.items():
        ratio = medians[kind] / medians["bare"]
        beyond |= ratio > bound
        print(f"  {kind}/bare {ratio:.2f} (bound {bound})")
    return beyond


if __name__ == "__main__":
    sys.exit(main())
