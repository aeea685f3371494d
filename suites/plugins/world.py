"""The world of a run: one a worker, with embedded portals of its own unless it attaches."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Playwright

from journeys.reading import teach
from suites.plugins.options import SELECTION, Selection
from world.chromium import make_video_possible
from world.control import Control
from world.missing import Missing
from world.world import World, open_world


@pytest.fixture(scope="session")
def world(selection: Selection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The environment made concrete."""
    folder = tmp_path_factory.mktemp("world")
    with open_world(selection.environment, selection.edition, selection.embedded, folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(world: World) -> Iterator[httpx.Client]:
    """HTTP outside the browser, with the world's names."""
    with world.names.client(timeout=10) as opened:
        yield opened


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Playwright:
    """Playwright, able to read off pages what devices ask."""
    teach(playwright)
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], world: World, pytestconfig: pytest.Config
) -> dict[str, Any]:
    """How the browser is started, so that names mean what they mean in this world."""
    if pytestconfig.getoption("--video") != "off":
        make_video_possible()
    return {**browser_type_launch_args, **world.launch(pytestconfig.getoption("--headed"))}


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], selection: Selection
) -> dict[str, Any]:
    """What every context has: a citizen's language and time zone, and who we say we are."""
    args = {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    if selection.environment.user_agent:
        args["user_agent"] = selection.environment.user_agent
    return args


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Note in the report what the machine or the environment lacks: the controller then ends the run."""
    report = yield
    if call.when == "setup" and call.excinfo and isinstance(call.excinfo.value, Missing):
        report.missing = str(call.excinfo.value)
    return report


@pytest.fixture
def control(world: World, request: pytest.FixtureRequest) -> Iterator[Control]:
    """The embedded portals' clock and faults, reset when the test is over."""
    if world.control is None:
        pytest.skip("môi trường này không có đồng hồ và lỗi mô phỏng để điều khiển")
    yield world.control
    world.control.reset()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a clock or faults where there are none, with the reason."""
    selection: Selection = item.config.stash[SELECTION]
    if selection.environment.network == "embedded" and selection.embedded is None:
        return
    where = selection.embedded or f"environment “{selection.environment.environment}”"
    for marker in ("moves_clock", "sets_faults"):
        if item.get_closest_marker(marker):
            pytest.skip(f"“{marker}”: {where} is not ours alone to control")
