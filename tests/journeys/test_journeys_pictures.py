"""What is noted of pictures in a real walk, so that a report can cover what is personal on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from journeys.binding import Plan
from record.model import JourneyRecord, Picture
from reporting.drawing import drawn
from suites.plugins.folders import RUN_FOLDER
from world.control import Control


@pytest.fixture
def pictures(
    control: Control,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> list[Picture]:
    """Those of a walk by QR code on 2025-06, where the app asks what the guide does not announce."""
    control.set_edition("2025-06")
    record = walk_journey(plan_of("hung-yen-2023/citizen-qr"), "every move")
    return [one for step in record.steps for move in step.moves for one in move.pictures]


def test_personal_data_is_covered_on_screens_that_nobody_announced_and_on_the_last_one(
    pictures: list[Picture], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    asked = next(one for one in pictures if one.unannounced == "Màn hình xác nhận đăng nhập")
    last = pictures[-1]

    assert (asked.screen, last.screen) == ("app_confirm", None)
    for picture in (asked, last):  # the citizen's name stands on both
        assert picture.personal
        path = request.config.stash[RUN_FOLDER] / picture.file
        covered = tmp_path / "covered.jpeg"
        covered.write_bytes(drawn(path, masks=picture.personal))
        with Image.open(covered) as seen:
            for box in picture.personal:
                middle = (int(box.x + box.width / 2), int(box.y + box.height / 2))
                assert all(abs(part - 128) < 12 for part in seen.getpixel(middle))
