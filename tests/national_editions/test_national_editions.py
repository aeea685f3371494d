"""What each edition does to organisations, registration and officials: where, and what is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journeys.binding import Plan
from pages.errors import Gone
from record.model import JourneyRecord
from suites.plugins.visits import Visit
from suites.regression.organisation import Organisation
from world.control import Control

WAYS = ["smartca", "usb", "sim"]
THIRD_CARD = "Tài khoản Định danh điện tử cấp bởi Bộ Công an dành cho Tổ chức, doanh nghiệp"


@pytest.fixture
def walked(
    control: Control,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> Callable[[str, str], JourneyRecord]:
    """A journey walked as of another date."""

    def go(edition: str, journey: str) -> JourneyRecord:
        control.set_edition(edition)
        return walk_journey(plan_of(journey))

    return go


def outcomes(record: JourneyRecord) -> list[str]:
    """Every step's outcome."""
    return [step.outcome for step in record.steps]


@pytest.mark.parametrize("way", WAYS)
def test_the_third_card_is_a_drift_at_exactly_its_step_and_the_way_still_works(
    way: str, walked: Callable[[str, str], JourneyRecord]
) -> None:
    record = walked("2025-06", f"lai-chau-2024/organisation-{way}")
    assert outcomes(record) == ["matches", "matches", "matches", "drifted", "matches"]
    [seen] = [
        claim.seen
        for move in record.steps[3].moves
        for claim in move.claims
        if claim.verdict == "differs"
    ]
    assert seen is not None and seen.endswith(THIRD_CARD)


@pytest.mark.parametrize("way", WAYS)
def test_with_the_front_doors_closed_the_ways_are_gone(
    way: str, walked: Callable[[str, str], JourneyRecord]
) -> None:
    record = walked("2026-11", f"lai-chau-2024/organisation-{way}")
    assert outcomes(record) == ["failed", *["not_reached"] * 4]
    fault = record.steps[0].fault
    assert fault is not None and (fault.kind, "dichvucong.gov.vn" in fault.message) == (
        "moved",
        True,
    )


def test_who_still_comes_to_the_kinds_of_account_finds_none_for_organisations(
    visit: Callable[..., Visit], control: Control
) -> None:
    organisation = Organisation(visit("lai-chau", "organisation"))
    choice = organisation.come_to_choice()
    control.set_edition("2026-11")
    organisation.visit.desktop.page.reload()
    with pytest.raises(Gone) as gone:
        choice.choose_business()
    assert (gone.value.kind, gone.value.control) == ("control gone", "business")
    assert gone.value.closest == THIRD_CARD  # what stands there for organisations instead


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_citizens_can_no_longer_register(
    edition: str, walked: Callable[[str, str], JourneyRecord]
) -> None:
    record = walked(edition, "lai-chau-2020/citizen-registration")
    assert outcomes(record) == ["matches", "failed", *["not_reached"] * 3]
    fault = record.steps[1].fault
    assert fault is not None and fault.kind == "control gone"


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_the_officials_system_stays_as_it_is(
    edition: str, walked: Callable[[str, str], JourneyRecord]
) -> None:
    assert walked(edition, "hung-yen-2023/official-profile").outcome == "matches"


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_the_subsystems_stay_as_they_are(
    edition: str, walked: Callable[[str, str], JourneyRecord]
) -> None:
    assert walked(edition, "lai-chau-2020/administrator-grants").outcome == "matches"
