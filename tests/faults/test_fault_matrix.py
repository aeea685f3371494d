"""Every fault that stops a citizen, on every host they meet: told as failed or blocked, in time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from journeys.binding import Plan
from record.model import JourneyRecord
from suites.plugins.options import Selection
from world.control import Control

VNEID = "sso.dancuquocgia.gov.vn"
PORTALS = {
    "lai-chau-2024/citizen-password": "dichvucong.laichau.gov.vn",
    "thanh-hoa-2024/citizen-password": "dichvucong.thanhhoa.gov.vn",
    "hung-yen-2023/citizen-password": "dichvucong.hungyen.gov.vn",
}
MET = [(journey, host) for journey, portal in PORTALS.items() for host in (portal, VNEID)]
STOPPING = [
    *("hang", "connection-refused", "tls-expired", "tls-wrong-host", "tls-foreign"),
    *("error-500", "maintenance", "firewall", "captcha-before-login"),
]
CLOSING = 10.0  # seconds beyond a journey's limit, for the look at what went wrong


@pytest.mark.prove
@pytest.mark.parametrize(("journey", "host"), MET)
@pytest.mark.parametrize("fault", STOPPING)
def test_a_fault_stops_the_journey_and_is_never_taken_for_ours(
    fault: str,
    journey: str,
    host: str,
    control: Control,
    selection: Selection,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> None:
    control.set_fault(fault, host=host)
    began = time.monotonic()

    record = walk_journey(plan_of(journey))

    assert record.outcome in ("failed", "blocked")
    (told,) = [step.fault for step in record.steps if step.fault]
    assert told.component == ("VNeID" if host == VNEID else "portal")
    assert time.monotonic() - began < selection.environment.limits.journey + CLOSING
