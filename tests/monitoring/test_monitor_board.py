"""The board in a real browser: read, reached by keyboard, fitting a phone, loading nothing else."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from monitor_scene import CHANNELS, JOURNEYS, check
from playwright.sync_api import Page
from sqlalchemy import insert

from config.monitor import Monitor, PortalWatch
from monitoring import metrics, probing, tables
from monitoring.board.app import Board
from monitoring.board.gate import Gate
from monitoring.state import Acknowledged, Seen, Tick
from world.probe import Probe

TOKEN = "a-token-of-a-test-0123"
NAMES = {"lai-chau": "Lai Châu", "hung-yen": "Hưng Yên", "thanh-hoa": "Thanh Hóa"}


@pytest.fixture
def monitor() -> Monitor:
    portals = {key: PortalWatch(name=name) for key, name in NAMES.items()}
    return Monitor(environment="embedded", channels=CHANNELS, portals=portals)


@pytest.fixture
def board(store, monitor, keeper, clock, tmp_path) -> Iterator[str]:
    """A board with a past: all went well, then VNeID is down, and a guide has drifted."""
    picture = tmp_path / "evidence" / "runs" / "r" / "picture.jpeg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    for number in range(12):
        at = clock.move(7200)
        keeper.take([check(f"a{number}", name, at, seconds=2.0 + number % 5) for name in JOURNEYS])
    seen = Seen("lai-chau-2024/citizen", "VNeID", "connect", "ERR_CONNECTION_REFUSED", "Bước 4",
                "Sau khi hệ thống tự động chuyển tới trang đăng nhập", "runs/r/picture.jpeg")  # fmt: skip
    for number in range(3):
        at = clock.move(300)
        checks = [check(f"b{number}", n, at, "system:VNeID", seen=seen) for n in JOURNEYS]
        keeper.take(checks)
        keeper.hear(Tick(at, gathered=True))
    drifts = ("Bước 3: tên nút: hướng dẫn ghi “Đăng nhập”, thực tế thấy “Đăng nhập VNeID”",)
    hung_yen = "hung-yen-2023/citizen"
    keeper.take([check("d", hung_yen, clock.move(1), outcome="drifted", drifts=drifts)])
    keeper.hear(Acknowledged(clock(), 1, "Hà (trực ban)"))
    probing.keep(store, {"a.test": Probe(None, "HTTP 200", 0.1, 200, None)}, clock())
    app = Board(monitor, store, tmp_path / "evidence", Gate(None), clock).app
    with serving(app) as address:
        yield address


@contextmanager
def serving(app) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", lifespan="off", access_log=False)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        waited = threading.Event()
        while not server.started:
            waited.wait(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's browser, without a world: the board is on plain loopback."""
    from world.chromium import launch_arguments
    from world.names import Names

    return {**browser_type_launch_args, **launch_arguments(Names(public=True), None, False)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


def test_it_says_what_is_down_since_when_and_at_which_step(board, page: Page):
    page.goto(board)
    assert page.get_by_role("status").inner_text() == "3 trong 3 cổng không dùng được."
    article = page.get_by_role("article")
    assert "VNeID không dùng được (3 cổng)" in article.inner_text()
    assert "Sau khi hệ thống tự động chuyển tới trang đăng nhập" in article.inner_text()
    assert "Hà (trực ban)" in article.inner_text()


def test_it_says_that_the_portals_are_simulated(board, page: Page):
    page.goto(board)
    assert "Đây là cổng mô phỏng" in page.get_by_role("main").inner_text()


def test_an_incident_has_its_history_and_picture(board, page: Page):
    page.goto(board)
    page.get_by_role("link", name="#1 VNeID").first.click()
    assert page.get_by_role("img", name="Ảnh màn hình lúc hỏng").count() == 1
    assert "đã có người nhận" in page.get_by_role("list").last.inner_text()


def test_a_guide_that_differs_is_shown_with_what_was_seen(board, page: Page):
    page.goto(f"{board}/?language=en")
    guides = page.get_by_role("region", name="State of the guides").inner_text()
    assert "differs from the guide since" in guides and "Đăng nhập VNeID" in guides


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(board, page: Page, width):
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/", "/incidents/1"):
        page.goto(board + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_reached_by_keyboard_from_a_visible_focus(board, page: Page):
    page.goto(board)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).left") != "-999rem"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "SUMMARY"} <= reached


def test_a_screen_reader_finds_headings_names_and_language(board, page: Page):
    page.goto(board)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.get_by_role("img", name="Lai Châu, 90 ngày qua").count() == 1
    assert page.locator("svg:not([aria-label]):not([aria-hidden])").count() == 0


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_refused_by_our_own_policy(
    board, page: Page
):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(board)
    page.goto(f"{board}/incidents/1")
    assert all(url.startswith(board) for url in asked)
    assert not [line for line in said if "Content Security Policy" in line]


def test_the_figures_pass_prometheus_own_check(board):
    text = httpx.get(f"{board}/metrics", trust_env=False).text
    for name in ("journey_outcome", "journey_seconds", "step_seconds", "outbox_letters"):
        assert f"# TYPE guidewatch_{name} gauge" in text
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool (Debian: prometheus) is not installed")
    checked = subprocess.run(
        [promtool, "check", "metrics"], input=text, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ("tất cả", "Cổng Dịch vụ công quốc gia", "Lai Châu")),
        ("en", ("everything", "national provider", "Lai Châu")),
    ],
)
def test_planned_work_names_what_it_is_on_as_people_do(board, store, clock, language, names):
    with store.turn() as (connection, _):
        for of in ("all", "national provider", "lai-chau"):
            work = {
                "of": of,
                "begin": clock() + 60,
                "end": clock() + 120,
                "reason": "x",
                "by": "Hà",
            }
            connection.execute(insert(tables.maintenance).values(work))
    page = httpx.get(f"{board}/?language={language}", trust_env=False).text
    assert all(f"<strong>{name}</strong>: " in page for name in names)


def test_without_a_store_the_figures_say_so(store_url, tmp_path, clock):
    from monitoring.store import Store

    (tmp_path / "broken.sqlite").mkdir()
    text = metrics.exposition(Store(f"sqlite:///{tmp_path}/broken.sqlite"), clock()).decode()
    assert "guidewatch_store_usable 0.0" in text


# --- the access token -----------------------------------------------------------------------


@pytest.fixture
def guarded(store, monitor, clock, tmp_path) -> Iterator[str]:
    with serving(Board(monitor, store, tmp_path, Gate(TOKEN), clock).app) as address:
        yield address


def test_beyond_loopback_nothing_is_shown_without_the_token(guarded):
    for path in ("/", "/incidents/1", "/incidents/1/picture", "/metrics"):
        assert httpx.get(guarded + path, trust_env=False).status_code == 401


def test_a_bearer_is_let_in(guarded):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.get(f"{guarded}/metrics", headers=headers, trust_env=False).status_code == 200


def test_a_person_enters_the_token_once(guarded, page: Page):
    page.goto(guarded)
    page.get_by_label("Mã truy cập").fill("wrong")
    page.get_by_role("button", name="Vào").click()
    assert page.get_by_role("alert").inner_text() == "Mã truy cập không đúng."
    page.get_by_label("Mã truy cập").fill(TOKEN)
    page.get_by_role("button", name="Vào").click()
    assert page.get_by_role("heading", name="Các cổng", exact=True).count() == 1


def test_listening_elsewhere_without_a_token_is_refused_in_a_sentence(monitor, store, monkeypatch):
    from argparse import Namespace

    from config.strict import Mistake
    from monitoring.board.serving import server

    monkeypatch.delenv("NO_TOKEN", raising=False)
    with pytest.raises(Mistake, match=r"0\.0\.0\.0 is not loopback; set an access token"):
        server(monitor, store, Namespace(host="0.0.0.0", port=0, token_from="NO_TOKEN"))


def test_a_picture_never_leads_out_of_the_evidence(store, keeper, monitor, clock, tmp_path):
    (tmp_path / "secret.txt").write_text("not yours")
    seen = Seen("a", "portal", "timeout", "…", "Bước 1", "…", "../secret.txt")
    keeper.take([check("r", "lai-chau-2024/citizen", clock(), "account:7c1f", seen=seen)])
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    with serving(Board(monitor, store, evidence, Gate(None), clock).app) as address:
        assert httpx.get(f"{address}/incidents/1/picture", trust_env=False).status_code == 404


def test_a_store_that_is_gone_is_said_on_the_page(store_url, monitor, clock, tmp_path):
    from monitoring.store import Store

    (tmp_path / "gone.sqlite").mkdir()
    app = Board(
        monitor, Store(f"sqlite:///{tmp_path}/gone.sqlite"), tmp_path, Gate(None), clock
    ).app
    with serving(app) as address:
        answer = httpx.get(address, trust_env=False)
    assert answer.status_code == 503 and "Không đọc được kho dữ liệu" in answer.text
