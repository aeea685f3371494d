"""What a device does when a known screen comes in between, on a page that is written here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from config.environments import Bounds, Environment, Limits
from config.portals import Atlas, atlases
from journeys.deadline import Deadline
from journeys.device import BrowserDevice
from journeys.evidence import Evidence
from journeys.guard import Guard
from journeys.trail import Met
from pages.errors import Gone

HOME = "https://demo.example/"
PORTAL = """\
portal: demo
name: Cổng Thử
home: https://demo.example/
hosts: [demo.example]
screens:
  account:
    name: Trang cá nhân
    sign: who
    controls:
      who: {place: {id: who}, because: its id}
  consent:
    name: Màn hình đồng ý
    sign: agree
    before: [account]
    deal: [{press: agree}]
    controls:
      agree: {place: {id: agree}, names: [Đồng ý], because: its id}
"""
PAGE = """<button id=agree>Đồng ý</button><p id=who hidden>Nguyễn Thị Thử</p><script>
let times = 0;
agree.onclick = () => {
  agree.hidden = true;
  times += 1;
  setTimeout(() => (times < ENOUGH ? agree : who).hidden = false, 50);
};
</script>"""


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    (tmp_path / "demo.yaml").write_text(PORTAL, encoding="utf-8")
    (tmp_path / "troubles.yaml").write_text("troubles: []\n", encoding="utf-8")
    return atlases(tmp_path)["demo"]


@pytest.fixture
def desktop_at(
    new_context: Callable[..., BrowserContext], atlas: Atlas, tmp_path: Path
) -> Callable[[int], BrowserDevice]:
    """A desktop at a page that asks for consent so many times."""

    def at(times: int) -> BrowserDevice:
        context = new_context()
        body = f"<meta charset=utf-8>{PAGE.replace('ENOUGH', str(times))}"
        context.route(HOME, lambda route: route.fulfill(body=body, content_type="text/html"))
        bounds = Bounds(credentials=False)
        where = Environment(environment="test", network="public", bounds=bounds)
        limits = Limits(action=3, arrival=3, journey=20)
        made = BrowserDevice(
            "desktop", context, atlas, Guard(where), limits, Deadline(20), {},
            Evidence(tmp_path, "test", "differences"),
        )  # fmt: skip
        made.go(HOME)
        return made

    return at


def test_a_known_screen_is_dealt_with_as_often_as_a_person_would(desktop_at) -> None:
    desktop = desktop_at(2)

    assert desktop.arrive("account") == "account"
    assert [met.screen for met in desktop.trail.of(Met)] == ["consent"] * 2


def test_a_known_screen_that_keeps_coming_has_taken_the_place_of_the_one_expected(
    desktop_at,
) -> None:
    with pytest.raises(Gone) as gone:
        desktop_at(99).arrive("account")

    assert gone.value.kind == "screen gone"
    assert gone.value.message == "“Trang cá nhân” → “Màn hình đồng ý”"
