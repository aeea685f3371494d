"""What a device does and leaves undone, on pages that are written here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route

from config.environments import Bounds, Environment, Limits
from config.portals import Atlas, atlases
from journeys.deadline import Deadline, OurDeadline
from journeys.device import BrowserDevice
from journeys.evidence import Evidence
from journeys.guard import Guard
from journeys.reading import bound_to
from journeys.trail import Met
from pages.device import Target
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
      send: {place: {id: send}, names: [Gửi], because: its id}
  consent:
    name: Màn hình đồng ý
    sign: agree
    before: [account]
    deal: [{press: agree}]
    controls:
      agree: {place: {id: agree}, names: [Đồng ý], because: its id}
"""
CONSENT = """<button id=agree>Đồng ý</button><p id=who hidden>Nguyễn Thị Thử</p><script>
let times = 0;
agree.onclick = () => {
  agree.hidden = true;
  times += 1;
  setTimeout(() => (times < ENOUGH ? agree : who).hidden = false, 50);
};
</script>"""
ENTRIES = "<p id=who></p><label>Số định danh <input id=entry></label><input type=submit value=Gửi>"
ASKING = """<p id=who>Nguyễn Thị Thử</p><button id=send>Gửi</button><script>
const ask = () => fetch('/du-lieu', {method: 'POST'}).catch(() => {});
ask(); send.onclick = ask;
</script>"""


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    (tmp_path / "demo.yaml").write_text(PORTAL, encoding="utf-8")
    (tmp_path / "troubles.yaml").write_text("troubles: []\n", encoding="utf-8")
    return atlases(tmp_path)["demo"]


@pytest.fixture
def desktop_at(
    new_context: Callable[..., BrowserContext], atlas: Atlas, tmp_path: Path
) -> Callable[..., BrowserDevice]:
    """A desktop at a page; what the page asks of its server is noted, and answered."""

    def at(page: str, asked: list[str] | None = None, **bounds: object) -> BrowserDevice:
        context = new_context()

        def answer(route: Route) -> None:
            if asked is not None and route.request.method != "GET":
                asked.append(route.request.method)
            route.fulfill(body=f"<meta charset=utf-8>{page}", content_type="text/html")

        context.route(f"{HOME}**", answer)
        allowed = Bounds.model_validate({"credentials": False, **bounds})
        where = Environment(environment="test", network="public", bounds=allowed)
        limits = Limits(action=3, arrival=3, journey=20)
        made = BrowserDevice(
            "desktop", context, atlas, Guard(where), limits, Deadline(20), {},
            Evidence(tmp_path, "test", "differences"),
        )  # fmt: skip
        made.go(HOME)
        return made

    return at


def asking_for_consent(times: int) -> str:
    return CONSENT.replace("ENOUGH", str(times))


def test_a_known_screen_is_dealt_with_as_often_as_a_person_would(desktop_at) -> None:
    desktop = desktop_at(asking_for_consent(2))

    assert desktop.arrive("account") == "account"
    assert [met.screen for met in desktop.trail.of(Met)] == ["consent"] * 2


def test_a_known_screen_that_keeps_coming_has_taken_the_place_of_the_one_expected(
    desktop_at,
) -> None:
    with pytest.raises(Gone) as gone:
        desktop_at(asking_for_consent(99)).arrive("account")

    assert gone.value.kind == "screen gone"
    assert gone.value.message == "“Trang cá nhân” → “Màn hình đồng ý”"


def test_what_is_entered_is_shown_as_dots_and_buttons_keep_their_words(desktop_at) -> None:
    page = desktop_at(ENTRIES).page
    shown = "el => getComputedStyle(el).webkitTextSecurity"

    assert page.locator("#entry").evaluate(shown) == "disc"
    assert page.locator("[type=submit]").evaluate(shown) == "none"


def test_what_is_bound_to_an_origin_is_found_there_and_nowhere_else(desktop_at) -> None:
    entry = desktop_at(ENTRIES).page.locator("#entry")

    assert bound_to("https://demo.example", entry).count() == 1
    assert bound_to("https://demo.example.lua-dao.example", entry).count() == 0


def test_read_only_a_page_may_ask_to_render_itself_and_nothing_once_somebody_acts(
    desktop_at,
) -> None:
    asked: list[str] = []
    desktop = desktop_at(ASKING, asked, methods="read-only")
    desktop.arrive("account")
    assert asked == ["POST"]

    with desktop.page.expect_event("requestfailed"):
        desktop.press(Target("account", "send", desktop.atlas.screens["account"].controls["send"]))

    assert asked == ["POST"]


def test_all_devices_of_a_visit_have_one_deadline() -> None:
    deadline = Deadline(0.05)
    assert deadline.cut(10) <= 0.05
    with pytest.raises(OurDeadline):
        while True:
            deadline.cut(10)
