"""Visits: a visitor with desktop and phone, and the walk of a journey."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from config.accepted import Acceptance
from config.portals import Atlas
from config.strict import Mistake
from journeys.binding import Plan
from journeys.camera import DesktopCamera
from journeys.canonical import same
from journeys.codes import VisitorCodes
from journeys.device import BrowserDevice
from journeys.evidence import Evidence, When
from journeys.guard import Guard
from journeys.walking import Walk, walk
from record.model import CheckedClaim, JourneyRecord, StepRecord, Versions
from record.outcomes import of_steps
from suites.plugins.options import Selection
from suites.plugins.results import RUN_FOLDER
from visitors.secret import Secrets
from visitors.totp import Windows
from visitors.visitor import Visitor, visitor
from world.world import World

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@dataclass
class Visit:
    """A visitor with their devices; regression tests act through its pages directly.

    Attributes:
        devices: by seat, made when first used.
        hands: what verbs may ask for.
    """

    who: Visitor
    atlas: Atlas
    hands: dict[str, Any]
    devices: dict[str, BrowserDevice] = field(default_factory=dict)

    @property
    def desktop(self) -> BrowserDevice:
        """The visitor's desktop."""
        return self.devices["desktop"]

    @property
    def phone(self) -> BrowserDevice:
        """The visitor's phone."""
        return self.devices["phone"]


@pytest.fixture(scope="session")
def secrets() -> Secrets:
    """Every secret that this worker meets, for the scrubber."""
    return Secrets()


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext],
    selection: Selection,
    world: World,
    client: httpx.Client,
    secrets: Secrets,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Visit]:
    """Make a visitor with fresh devices; they are closed when the test is over."""
    own_clock: dict[str, Any] = {}
    if world.control is not None and selection.embedded is None:
        # The embedded portals are this worker's own: so are the windows of their codes, and the
        # next window is reached by moving their clock.
        own_clock["windows"] = Windows(tmp_path_factory.getbasetemp() / "windows")
        own_clock["wait"] = world.control.advance_clock

    def make(portal: str, role: str = "citizen", when: When = "differences") -> Visit:
        account = selection.environment.visitors.get(role)
        if account is None:
            raise Mistake(
                [
                    f"{selection.environment.place('visitors')}: there is no visitor “{role}”; "
                    "add one, or leave this journey out"
                ]
            )
        who = visitor(role, account, client=client, clock=world.clock, secrets=secrets, **own_clock)
        atlas = selection.atlases[portal]
        evidence = Evidence(request.config.stash[RUN_FOLDER], _prefix(request.node), when)
        guard = Guard(selection.environment)
        own = {"account": who.account, "password": who.password}
        if who.passcode:
            own["passcode"] = who.passcode
        limits = selection.environment.limits
        devices = _Devices(
            lambda seat: BrowserDevice(
                seat,
                new_context(**(PHONE if seat == "phone" else DESKTOP)),
                atlas,
                guard,
                limits,
                own,
                evidence,
            )
        )
        hands: dict[str, Any] = dict(own)
        hands["codes"] = VisitorCodes(who.codes, lambda: devices["desktop"].trail)
        hands["camera"] = lambda: DesktopCamera(devices["desktop"], "vneid", secrets)()
        return Visit(who, atlas, hands, devices)

    return make


class _Devices(dict[str, BrowserDevice]):
    """A visitor's devices, each switched on when first used."""

    def __init__(self, switch_on: Callable[[str], BrowserDevice]) -> None:
        super().__init__()
        self._switch_on = switch_on

    def __missing__(self, seat: str) -> BrowserDevice:
        self[seat] = self._switch_on(seat)
        return self[seat]


@pytest.fixture
def walk_journey(
    visit: Callable[..., Visit],
    selection: Selection,
    world: World,
    browser: Browser,
    request: pytest.FixtureRequest,
) -> Callable[..., JourneyRecord]:
    """Walk a journey and record it; the record goes to the run's folder as the test ends."""

    def go(plan: Plan, when: When = "differences") -> JourneyRecord:
        started, clock = datetime.now().astimezone(), time.monotonic()
        made = visit(plan.guide.portal, plan.journey.visitor, when)
        accept = _Acceptances(selection, plan, world.clock.now())
        steps: list[StepRecord] = list(
            walk(plan, Walk(made.devices, made.hands, accept, lambda host: _probe(world, host)))
        )
        record = JourneyRecord(
            run=request.config.stash[RUN_FOLDER].name,
            environment=selection.environment.environment,
            edition=world.edition,
            simulated=world.simulated,
            portal=plan.guide.portal,
            guide=plan.guide.guide,
            journey=plan.journey.journey,
            title=plan.journey.title,
            attempt=getattr(request.node, "execution_count", 1),
            outcome=of_steps(step.outcome for step in steps),
            started=started,
            seconds=round(time.monotonic() - clock, 3),
            steps=tuple(steps),
            versions=_versions(plan, browser),
        )
        request.node.journey_record = record
        request.node.run_folder = request.config.stash[RUN_FOLDER]
        return record

    return go


class _Acceptances:
    """Finds the acceptance of a difference: same guide, step and claim, the same thing seen."""

    def __init__(self, selection: Selection, plan: Plan, now: datetime) -> None:
        self._today = now.date()
        self._entries = [
            entry
            for entry in selection.accepted.accepted
            if entry.guide == plan.guide.guide and entry.until >= self._today
        ]

    def __call__(self, journey: str, step: str, claim: CheckedClaim) -> Acceptance | None:
        for entry in self._entries:
            if (
                entry.journey in (None, journey)
                and (entry.step, entry.kind) == (step, claim.kind)
                and same(entry.claimed, claim.claimed)
                and same(entry.seen, claim.seen or "")
            ):
                return entry
        return None


def _probe(world: World, host: str) -> tuple[str | None, str]:
    probed = world.probe(f"https://{host}/")
    return probed.kind, probed.message


def _versions(plan: Plan, browser: Browser) -> Versions:
    return Versions(
        guide=_hash(plan.guide.path),
        portal=_hash(plan.atlas.portal.path),
        browser=f"{browser.browser_type.name} {browser.version}",
        suite=_suite(),
    )


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _suite() -> str:
    from importlib.metadata import version

    return f"guidewatch 0.1.0, playwright {version('playwright')}"


def _prefix(node: pytest.Item) -> str:
    """A test's own part of its pictures' names: guide, journey and attempt, or the test's name."""
    named = getattr(node, "callspec", None)
    plan = named.params.get("plan") if named else None
    name = f"{plan.guide.guide}-{plan.journey.journey}" if plan else node.name
    attempt = getattr(node, "execution_count", 1)
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    return plain if attempt == 1 else f"{plain}-{attempt}"
