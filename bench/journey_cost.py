"""What a walk costs beside a bare Playwright script that clicks the same way on the same browser.

`python -m bench.journey_cost [--rounds N]` walks Lai Châu's password journey in turn as a bare
script, as smoke runs do (no pictures) and as guide runs do (a picture a move), in one browser
against one embedded instance, and prints processor seconds (this process, Playwright's driver and
the browser; the portals left out) with the ratios of their medians. Bounds: 1.25 and 2.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import Browser, sync_playwright

from config.accepted import accepted
from config.environments import Environment, environment
from config.guides import guides
from config.portals import atlases
from journeys.accepting import Acceptances
from journeys.binding import Plan, bind
from journeys.codes import VisitorCodes
from journeys.deadline import Deadline
from journeys.device import BrowserDevice
from journeys.evidence import Evidence, When
from journeys.guard import Guard
from journeys.walking import Walk, walk
from record.outcomes import of_steps
from visitors.secret import Secrets
from visitors.visitor import visitor
from world.world import World, open_world

DESKTOP = {"viewport": {"width": 1280, "height": 800}, "locale": "vi-VN"}
BOUNDS = {"smoke": 1.25, "guide": 2.0}


def bare(browser: Browser, world: World, client: httpx.Client) -> None:
    """The journey as somebody would write it down in ten minutes: clicks, waits, and nothing read."""
    context = browser.new_context(**DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("https://dichvucong.laichau.gov.vn/", wait_until="commit")
    page.get_by_role("link", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Tài khoản Định danh điện tử").click()
    page.locator("#username").fill("000100000001")
    page.locator("#password").fill("Thu-Nghiem-1!")
    before = messages(client)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("#otp-input").first.wait_for()
    while len(sent := messages(client)) == len(before):
        time.sleep(0.05)
    code = "".join(found for found in sent[-1]["text"] if found.isdigit())[:6]
    page.locator("#otp-input").first.press_sequentially(code)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name="Quản lý hồ sơ đã nộp").wait_for()
    context.close()


def messages(client: httpx.Client) -> list[dict[str, str]]:
    """What the visitor's phone has received."""
    answer = client.get("https://sms.staging.test/messages", params={"to": "0900000001"})
    return list(answer.json())


def walked(
    browser: Browser, world: World, client: httpx.Client, plan: Plan, when: When, folder: Path
) -> None:
    """The same journey walked, every claim checked."""
    secrets = Secrets()
    where: Environment = world.environment
    account = where.visitors["citizen"]
    who = visitor("citizen", account, client=client, clock=world.clock, secrets=secrets)
    context = browser.new_context(**DESKTOP)  # type: ignore[arg-type]
    own = {"account": who.account, "password": who.password}
    evidence = Evidence(folder, "bench", when)
    deadline = Deadline(where.limits.journey)
    desktop = BrowserDevice(
        "desktop", context, plan.atlas, Guard(where), where.limits, deadline, own, evidence
    )
    hands = {**own, "codes": VisitorCodes(who.codes, lambda: desktop.trail)}
    accept = Acceptances(accepted().accepted, plan.guide.guide, world.clock.now().date())
    steps = list(walk(plan, Walk({"desktop": desktop}, hands, accept, lambda _host: (None, ""))))
    context.close()
    outcome = of_steps(step.outcome for step in steps)
    assert outcome in ("matches", "accepted"), f"the journey {outcome}; nothing is measured"


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
        0 within the bounds, 1 beyond them.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.journey_cost", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="rounds of each kind (default 12)")
    rounds = parser.parse_args().rounds
    guide = guides()["lai-chau-2024"]
    where = environment("embedded")
    plan = bind(guide, guide.journeys[0], atlases()[guide.portal], where.bounds)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_world(where, None, None, Path(folder)) as world,
        world.names.client(timeout=10) as client,
    ):
        portals = {child.pid for child in psutil.Process().children(recursive=True)}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**world.launch(headed=False))
            pictures = Path(folder)
            kinds: dict[str, Callable[[], None]] = {
                "bare": lambda: bare(browser, world, client),
                "smoke": lambda: walked(browser, world, client, plan, "differences", pictures),
                "guide": lambda: walked(browser, world, client, plan, "every move", pictures),
            }
            spent = measured(kinds, rounds, portals)
            browser.close()
    return report(spent)


def measured(
    kinds: dict[str, Callable[[], None]], rounds: int, portals: set[int]
) -> dict[str, list[float]]:
    """Processor seconds of each kind, round by round in turn; the first round only warms up."""
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(rounds + 1):
        for kind, go in kinds.items():
            before = processor_seconds(portals)
            go()
            settle()
            if number:
                spent[kind].append(processor_seconds(portals) - before)
        print(f"round {number} of {rounds}", file=sys.stderr)
    return spent


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


def report(spent: dict[str, list[float]]) -> int:
    """Print medians and ratios; 1 where a bound is exceeded."""
    medians = {kind: statistics.median(values) for kind, values in spent.items()}
    beyond = False
    for kind, median in medians.items():
        low, high = min(spent[kind]), max(spent[kind])
        print(f"{kind:6} {median:6.3f} s (min {low:.3f}, max {high:.3f})")
    for kind, bound in BOUNDS.items():
        ratio = medians[kind] / medians["bare"]
        beyond |= ratio > bound
        print(f"{kind}/bare {ratio:.2f} (bound {bound})")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
