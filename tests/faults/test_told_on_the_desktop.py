"""What stops the signing program is said on another screen: by the page that has asked it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journeys.binding import Plan
from record.model import JourneyRecord
from world.control import Control

BY_TOKEN = "lai-chau-2024/organisation-usb"


@pytest.mark.parametrize(
    ("fault", "said", "alerts"),
    [
        ("token-agent-stopped", "VNPT-CA Plugin chưa được cài đặt hoặc chưa được bật", False),
        ("token-absent", "Ký số không thành công:2:Không tìm thấy thiết bị USB Token", True),
    ],
)
def test_what_the_signing_program_lacks_is_told_in_the_portals_own_words(
    fault: str,
    said: str,
    alerts: bool,
    control: Control,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> None:
    control.set_fault(fault)

    step = walk_journey(plan_of(BY_TOKEN)).steps[-1]

    assert step.fault is not None and step.fault.message == said
    assert [words for move in step.moves for words in move.dialogs] == [said] * alerts
    assert {picture.seat for picture in step.moves[-1].pictures} == {"desktop", "token"}
