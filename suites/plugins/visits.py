"""Visits: a visitor with a desktop and a phone."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext

from config.environments import Leaving
from config.portals import Atlas
from config.strict import Mistake
from journeys.deadline import Deadline
from journeys.device import BrowserDevice
from journeys.evidence import Evidence, When
from journeys.guard import Guard
from journeys.hands import Devices, hands_of, own_secrets
from pages.errors import Blocked
from pages.page import Page
from record.words import clause, word
from suites.plugins.folders import REPORTS, RUN_FOLDER
from suites.plugins.options import Selection
from suites.plugins.secrecy import scrubber
from visitors.aside import ASIDE, Aside, PutAside
from visitors.lease import leased
from visitors.secret import Secret, Secrets
from visitors.totp import Windows
from visitors.visitor import Visitor, visitor
from world.budget import VisitBudget
from world.world import World

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TOKEN = {"viewport": {"width": 560, "height": 640}}  # the windows of the signing program
SEATS: dict[str, dict[str, Any]] = {"desktop": DESKTOP, "phone": PHONE, "token": TOKEN}


@dataclass
class Visit:
    """A visitor with their devices; regression tests act through its pages directly.

    Attributes:
        visitor: who it is; none where the environment allows no credentials.
        hands: what verbs may ask for, by name.
        devices: by seat.
    """

    visitor: Visitor | None
    atlas: Atlas
    hands: dict[str, Any]
    devices: Devices

    @property
    def who(self) -> Visitor:
        """The visitor, for a test that signs in.

        Raises:
            Blocked: the environment allows no credentials.
        """
        if self.visitor is None:
            raise Blocked("guard", word("credentials not allowed"))
        return self.visitor

    @property
    def desktop(self) -> BrowserDevice:
        """The visitor's desktop."""
        return self.devices["desktop"]

    @property
    def phone(self) -> BrowserDevice:
        """The visitor's phone."""
        return self.devices["phone"]

    def on(self, page: type[Page]) -> Page:
        """A page on the device that it belongs to, not waited for."""
        return page(self.devices[page.seat])


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext],
    selection: Selection,
    world: World,
    client: httpx.Client,
    secrets: Secrets,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Visit]]:
    """Make a visitor with fresh devices; they are closed, and the account free, when the test ends."""
    environment = selection.environment
    folder = request.config.stash[RUN_FOLDER]
    prefix = evidence_prefix(request.node)
    shared = world.control is None
    ours: set[Secret] = set()  # a test may have one citizen at two desktops: that is one holder
    with ExitStack() as held:

        def make(portal: str, role: str = "citizen", when: When = "differences") -> Visit:
            who = None
            if environment.bounds.credentials:
                who = _visitor(role, selection, world, client, secrets, tmp_path_factory)
                if who.account not in ours:
                    ours.add(who.account)
                    if shared:
                        held.enter_context(leased(who.account))
                    put_back(role, selection, world, held)
            atlas = selection.atlases[portal]
            evidence = Evidence(folder, prefix, when)
            guard = _guard(selection, role, world)
            own = own_secrets(who)
            context_of = _contexts(new_context, request, folder, prefix, held)
            limits, deadline = environment.limits, Deadline(environment.limits.journey)
            devices = Devices(
                lambda seat: BrowserDevice(
                    seat, context_of(seat), atlas, guard, limits, deadline, own, evidence
                )
            )
            return Visit(who, atlas, hands_of(who, devices, secrets), devices)

        yield make


def evidence_prefix(node: pytest.Item) -> str:
    """A test's own part of its files' names: guide, journey and attempt, or the test's name."""
    named = getattr(node, "callspec", None)
    plan = named.params.get("plan") if named else None
    name = f"{plan.guide.guide}-{plan.journey.journey}" if plan else node.name
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    return plain if attempt(node) == 1 else f"{plain}-{attempt(node)}"


def attempt(node: pytest.Item) -> int:
    """Which attempt at a test this is, from 1 (pytest-rerunfailures counts them)."""
    return int(getattr(node, "execution_count", 1))


def trace_of(node: pytest.Item, seat: str) -> str:
    """Where the trace of a retry lies in the run's folder."""
    return f"traces/{evidence_prefix(node)}-{seat}.zip"


def traced(request: pytest.FixtureRequest) -> bool:
    """Whether we trace: on a retry only, and not where pytest-playwright's --tracing does."""
    return attempt(request.node) > 1 and request.config.getoption("--tracing") == "off"


def _contexts(
    new_context: Callable[..., BrowserContext],
    request: pytest.FixtureRequest,
    folder: Path,
    prefix: str,
    held: ExitStack,
) -> Callable[[str], BrowserContext]:
    def make(seat: str) -> BrowserContext:
        context = new_context(**SEATS[seat])
        if traced(request):
            # No screenshots: the login QR code is on the screen, and a picture cannot be cleaned.
            context.tracing.start(screenshots=False, snapshots=True)
            path = folder / trace_of(request.node, seat)
            held.callback(_keep_trace, context, path, request.config)
        return context

    return make


def _keep_trace(context: BrowserContext, path: Path, config: pytest.Config) -> None:
    """Write a trace, clean: when the run is cut off now, nobody else knows the codes of this test."""
    context.tracing.stop(path=path)
    scrubber(config).file(path)


def _visitor(
    role: str,
    selection: Selection,
    world: World,
    client: httpx.Client,
    secrets: Secrets,
    folders: pytest.TempPathFactory,
) -> Visitor:
    environment = selection.environment
    account = environment.visitors.get(role)
    if account is None:
        place = environment.place("visitors")
        raise Mistake(
            [f"{place}: there is no visitor “{role}”; add one, or leave this journey out"]
        )
    own: dict[str, Any] = {}
    if world.control is not None:
        # The embedded portals are this worker's own: so are the windows of their codes, and the
        # next window is reached by moving their clock.
        own["windows"] = Windows(folders.getbasetemp() / "windows")
        own["wait"] = world.control.advance_clock
    return visitor(role, account, client=client, clock=world.clock, secrets=secrets, **own)


def put_back(role: str, selection: Selection, world: World, held: ExitStack) -> None:
    """Take back what a visitor's journeys leave: at the end, and now what a killed run has left.

    Args:
        role: the visitor's, as the environment's file has it.
        held: whose end is the visit's; there a warning says what may stay, where nobody can be asked.

    Raises:
        Missing, ValueError: it could not be taken back (see `Control`).
    """
    account = selection.environment.visitors[role]
    for what in account.leaves:
        if world.take_back is None:
            held.callback(_tell_what_stays, role, what, selection)
            continue
        world.take_back(what, account.account)
        held.callback(world.take_back, what, account.account)


def _tell_what_stays(role: str, what: Leaving, selection: Selection) -> None:
    warnings.warn(
        f"“{role}” may have left a {what} behind in “{selection.environment.environment}”, where "
        "nothing takes it back; remove it by hand before the journey is walked again",
        stacklevel=1,
    )


def _guard(selection: Selection, role: str, world: World) -> Guard:
    """The bounds of an environment, for one visitor."""
    environment = selection.environment
    name, per_hour = environment.environment, environment.bounds.visits_per_hour
    budget = VisitBudget(REPORTS / f"visits-{name}.json", per_hour) if per_hour else None
    if environment.network == "embedded":  # accounts are made anew with the portals
        return Guard(environment, budget)
    aside = PutAside(ASIDE)
    return Guard(
        environment,
        budget,
        _reason(aside.found(name, role), role),
        lambda kind: aside.add(name, role, kind, world.clock.now()),
    )


def _reason(found: Aside | None, role: str) -> str | None:
    """Why an account must not be used, with the remedy."""
    if found is None:
        return None
    return clause(
        "visitor put aside",
        visitor=role,
        since=found.since,
        why=word(found.why),
        file=f"reports/{ASIDE.name}",
    )
