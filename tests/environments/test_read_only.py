"""The bounds of `production`, walked on a started instance: nothing typed, every visit counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from config.strict import CONFIG, PROJECT
from record import file
from record.model import JourneyRecord
from world.embedded import Embedded, start

NAME = f"read-only-{os.getpid()}"
VISITS = PROJECT / "reports" / f"visits-{NAME}.json"
LAI_CHAU, VNEID = "dichvucong.laichau.gov.vn", "sso.dancuquocgia.gov.vn"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Embedded]:
    """Portals that somebody else has started."""
    with start("published") as running:
        yield running


@pytest.fixture
def walk(elsewhere: Embedded, tmp_path: Path) -> Iterator[Callable[[int], list[JourneyRecord]]]:
    """Walk Lai Châu's journeys within production's bounds, with a budget of visits per hour."""
    authority = tmp_path / "ca.pem"
    authority.write_text(elsewhere.names.ca_pem or "", encoding="ascii")
    where = YAML().load(CONFIG / "environments" / "production.yaml")
    where |= {"environment": NAME, "network": "mapped"}
    where["names"] = {"map": dict(elsewhere.names.map), "ca": str(authority)}

    def go(visits_per_hour: int) -> list[JourneyRecord]:
        where["bounds"]["visits_per_hour"] = visits_per_hour
        settings, run = tmp_path / f"{NAME}.yaml", tmp_path / "run"
        YAML().dump(where, settings)
        command = [sys.executable, "-m", "pytest", "suites/guides", "--guide", "lai-chau-2024"]
        subprocess.run(
            [*command, "--environment", str(settings), "-k", "citizen", "-q"],
            cwd=PROJECT,
            env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(run)},
            capture_output=True,
            timeout=120,
        )
        return list(file.journeys(run))

    yield go
    VISITS.unlink(missing_ok=True)


def test_a_walk_stops_before_the_first_credential_and_says_so(walk) -> None:
    signing_in = [one for one in walk(12) if one.journey != "citizen-register"]

    assert {one.outcome for one in signing_in} <= {"matches", "accepted"}
    for journey in signing_in:
        outcomes = [step.outcome for step in journey.steps]
        stopped = outcomes.index("not_checked")
        assert stopped >= 3 and set(outcomes[stopped:]) == {"not_checked"}
        assert "chỉ đọc" in (journey.steps[stopped].reason or "")


def test_a_host_that_a_walk_was_led_to_is_counted_as_visited(walk) -> None:
    journeys = walk(12)

    visits = json.loads(VISITS.read_text(encoding="utf-8"))
    assert len(journeys) == len(visits[LAI_CHAU]) == 3
    assert len(visits[VNEID]) == 2


def test_a_walk_beyond_the_budget_is_blocked_before_it_sets_out(walk) -> None:
    first, *others = walk(1)

    assert first.outcome in ("matches", "accepted")
    assert {one.outcome for one in others} == {"blocked"}
    assert {one.steps[0].fault.kind for one in others} == {"guard"}
