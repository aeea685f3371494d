"""What breaks on our side is told as ours, at the step where it broke, and nothing before it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from journeys.binding import Plan
from journeys.evidence import When
from journeys.walking import Walk, walk
from pages.device import Target
from pages.errors import Blocked
from record.model import StepRecord
from suites.plugins.visits import Visit

JOURNEY = "lai-chau-2024/citizen-password"
LOOK_ALIKE = "dich-vu-cong-lai-chau.example"
LURE = f"""() => {{
  document.querySelector('#password').remove();
  setTimeout(() => location.assign('https://{LOOK_ALIKE}/'), 300);
}}"""


@pytest.fixture
def begun(
    visit: Callable[..., Visit], plan_of: Callable[[str], Plan]
) -> Callable[[When], tuple[Visit, Iterator[StepRecord]]]:
    """A walk whose first step has been done."""

    def begin(when: When = "differences") -> tuple[Visit, Iterator[StepRecord]]:
        plan = plan_of(JOURNEY)
        made = visit(plan.guide.portal, plan.journey.visitor, when)
        steps = walk(plan, Walk(made.devices, made.hands, lambda *_: None, lambda _: (None, "")))
        next(steps)
        return made, steps

    return begin


def test_a_browser_that_dies_is_ours_and_the_rest_is_not_reached(begun):
    made, steps = begun()
    made.desktop.page.context.close()

    broken, *rest = steps

    assert (broken.outcome, broken.fault.component) == ("internal", "ourselves")
    assert broken.fault.kind == "browser gone"
    assert {step.outcome for step in rest} == {"not_reached"}


def test_a_page_that_crashes_is_ours(begun):
    made, steps = begun()
    page = made.desktop.page
    with page.expect_event("crash"), suppress(Error):  # the navigation to it never ends
        page.goto("chrome://crash", wait_until="commit")

    broken, *_ = steps

    assert (broken.outcome, broken.fault.kind) == ("internal", "browser gone")


def test_a_disk_that_takes_no_picture_is_ours(begun, tmp_path):
    made, steps = begun("every move")
    full = tmp_path / "full"
    full.write_text("no folder can be made here")
    made.desktop._evidence.folder = full

    broken, *rest = steps

    assert (broken.outcome, broken.fault.component) == ("internal", "ourselves")
    assert {step.outcome for step in rest} == {"not_reached"}


def test_a_secret_is_not_typed_into_the_page_that_comes_while_its_field_is_waited_for(begun):
    made, steps = begun()
    desktop = made.desktop
    while "sso.dancuquocgia.gov.vn" not in desktop.page.url:
        next(steps)
    field = Target("vneid", "password", made.atlas.screens["vneid"].controls["password"])
    desktop.page.evaluate(LURE)

    with pytest.raises(Blocked) as blocked:
        desktop.type_secret(field, made.who.password)

    assert blocked.value.kind == "guard"
    assert desktop.page.url.startswith(f"https://{LOOK_ALIKE}/")
    assert desktop.page.locator("#password").input_value() == ""
