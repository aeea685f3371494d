"""The portal does what the guide says: one test a journey."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.strict import Mistake
from journeys.binding import Plan
from journeys.evidence import When
from record.judge import judge, passes
from record.model import JourneyRecord
from suites.plugins.options import SELECTION, Selection
from suites.telling import failure
from world.world import World


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a journey that was asked for, with a stable id."""
    try:
        plans = metafunc.config.stash[SELECTION].plans()
    except Mistake as mistake:
        raise pytest.UsageError(str(mistake)) from None
    metafunc.parametrize(
        "plan",
        [
            pytest.param(
                plan,
                id=f"{plan.guide.guide}/{plan.journey.journey}",
                marks=[pytest.mark.smoke] if plan.journey.smoke else [],
            )
            for plan in plans
        ],
    )


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> When:
    """At every move; in a smoke run, however it judges, only where a step does not match."""
    smoke = pytestconfig.getoption("markexpr").strip() == "smoke"
    return "differences" if smoke else "every move"


def test_the_portal_does_what_the_guide_says(
    plan: Plan,
    walk_journey: Callable[..., JourneyRecord],
    selection: Selection,
    pictures: When,
    world: World,
) -> None:
    record = walk_journey(plan, when=pictures)
    findings = judge([record], selection.judge, world.clock.now())
    if not passes(findings):
        pytest.fail(failure(record, findings), pytrace=False)
