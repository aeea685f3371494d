"""The walk of a journey, recorded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from journeys.accepting import Acceptances
from journeys.binding import Plan
from journeys.evidence import When
from journeys.walking import Walk, walk
from record.model import JourneyRecord, Versions
from record.outcomes import of_steps
from suites.plugins.folders import RUN_FOLDER
from suites.plugins.options import Selection
from suites.plugins.visits import Visit, attempt, trace_of, traced
from world.world import World


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
        accept = Acceptances(
            selection.accepted.accepted, plan.guide.guide, world.clock.now().date()
        )
        steps = tuple(
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
            attempt=attempt(request.node),
            outcome=of_steps(step.outcome for step in steps),
            started=started,
            seconds=round(time.monotonic() - clock, 3),
            steps=steps,
            versions=_versions(plan, browser),
            trace=trace_of(request.node, "desktop") if traced(request) else None,
        )
        request.node.journey_record = record
        request.node.journey_published = plan.journey
        request.node.run_folder = request.config.stash[RUN_FOLDER]
        return record

    return go


def _probe(world: World, host: str) -> tuple[str | None, str]:
    probed = world.probe(f"https://{host}/")
    return probed.kind, probed.message


def _versions(plan: Plan, browser: Browser) -> Versions:
    return Versions(
        guide=_hash(plan.guide.path),
        portal=_hash(plan.atlas.portal.path),
        browser=f"{browser.browser_type.name} {browser.version}",
        suite=f"guidewatch 0.1.0, playwright {version('playwright')}",
    )


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
