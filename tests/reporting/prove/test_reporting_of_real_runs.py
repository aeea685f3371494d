"""Runs walked by the suites, reported, and read in a real browser: words, outcomes, pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.editions.test_edition_table import TABLE

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.prove


# The steps that each edition touches, from portal-facts: the third card, the code in the app, consent
# and passcode; the app's own questions; Thanh Hóa's newer card and pop-up; citizens' registration
# ended; the front doors closed. tests/editions/table.yaml says the same of every citizen's step.
CARD = {
    f"lai-chau-2024/organisation-{way}": {"Bước 3, chọn mục"} for way in ("smartca", "usb", "sim")
}
LAI_CHAU = ("citizen-password", "citizen-qr", "citizen-register")
TOUCHED: dict[str, dict[str, set[str]]] = {
    "published": {},
    "2025-06": {
        "lai-chau-2024/citizen-password": {"Bước 4.A"},
        "lai-chau-2024/citizen-qr": {"Bước 4.B.4"},
        **CARD,
        "lai-chau-2020/citizen-registration": {"Bước 2"},
        "thanh-hoa-2024/citizen-password": {"Bước 1", "Bước 2"},
        "thanh-hoa-2024/citizen-qr": {"Bước 1", "Bước 2"},
        "hung-yen-2023/citizen-password": {"Cách 1", "Sau khi đăng nhập"},
        "hung-yen-2023/citizen-qr": {"Cách 2"},
        "hung-yen-2023/sign-out": {"Sau khi đăng nhập"},
    },
    "2026-11": {
        **{journey: {"Bước 1"} for journey in CARD},
        **{f"lai-chau-2024/{journey}": {"Bước 1"} for journey in LAI_CHAU},
        "lai-chau-2020/citizen-registration": {"Bước 2"},
        "thanh-hoa-2024/citizen-password": {"Bước 1"},
        "thanh-hoa-2024/citizen-qr": {"Bước 1"},
        "hung-yen-2023/citizen-password": {"1"},
        "hung-yen-2023/citizen-qr": {"1"},
        "hung-yen-2023/sign-out": {"1"},
    },
}
PORTALS = ("lai-chau", "thanh-hoa", "hung-yen", "national")


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every guide walked on three editions, one after the other, each reported as it ended."""
    folder = tmp_path_factory.mktemp("reported")
    for edition in TOUCHED:
        run = folder / "runs" / edition
        environment = {
            **os.environ,
            "GUIDEWATCH_RUN_FOLDER": str(run),
            "GUIDEWATCH_KEYS": str(folder / "keys"),
            "GUIDEWATCH_LANGUAGE": "vi",
        }
        walk = ["pytest", "suites/guides", "-q", "-n", "2", "--edition", edition]
        subprocess.run([sys.executable, "-m", *walk], cwd=ROOT, env=environment, timeout=240)
        made = [["report", "--output", str(folder / "out")]]
        made += [["guide", "--portal", one, "--output", str(folder / edition)] for one in PORTALS]
        for command in made:
            asked = [
                sys.executable,
                "-m",
                "reporting",
                *command,
                edition,
                "--runs",
                str(run.parent),
            ]
            subprocess.run(asked, cwd=ROOT, env=environment, timeout=120, check=True)
    return folder


def data(reported: Path, edition: str) -> dict[str, Any]:
    text = (reported / f"out/guides/{edition}/guides.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def living_guides(reported: Path, edition: str) -> dict[str, str]:
    made = [
        path for one in PORTALS for path in (reported / edition / "living" / one).glob("*.html")
    ]
    return {path.stem: path.read_text(encoding="utf-8") for path in made}


def to_correct(reported: Path, edition: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for guide in data(reported, edition)["guides"]:
        for journey in guide["journeys"]:
            for step in journey["steps"]:
                if step["outcome"] in ("drifted", "failed"):
                    name = f"{guide['guide']}/{journey['journey']}"
                    found.setdefault(name, set()).add(step["step"])
    return found


def proposed(living: str) -> set[str]:
    """The steps of a living guide that carry something proposed."""
    steps = living.partition('aria-labelledby="law"')[0].split("<h3>")[1:]
    return {step.partition("</h3>")[0] for step in steps if "[Đề xuất" in step}


@pytest.mark.parametrize("edition", TOUCHED)
def test_exactly_the_touched_steps_are_to_be_corrected(reported: Path, edition: str) -> None:
    assert to_correct(reported, edition) == TOUCHED[edition]


@pytest.mark.parametrize("edition", TOUCHED)
def test_the_living_guides_carry_exactly_the_touched_steps_as_proposed(
    reported: Path, edition: str
) -> None:
    expected: dict[str, set[str]] = {}
    for journey, steps in TOUCHED[edition].items():
        expected.setdefault(journey.partition("/")[0], set()).update(steps)
    found = {name: proposed(page) for name, page in living_guides(reported, edition).items()}
    assert {name: steps for name, steps in found.items() if steps} == expected


def test_what_is_said_of_citizens_is_what_the_table_of_editions_says() -> None:
    for edition, touched in TOUCHED.items():
        rows = [row for row in TABLE if (row.edition, row.files) == (edition, "shipped")]
        for row in rows:
            bad = {
                name for name, step in row.expected.items() if step.outcome in ("drifted", "failed")
            }
            assert touched.get(row.journey, set()) == bad, row


def test_what_to_write_instead_stands_in_report_and_living_guide(reported: Path) -> None:
    report = (reported / "out/guides/2025-06/guides.html").read_text(encoding="utf-8")
    living = living_guides(reported, "2025-06")["lai-chau-2024"]
    for page in (report, living):
        assert "<ins>ứng dụng VNeID</ins>" in page
        assert "“Hộp thoại Xác nhận chia sẻ thông tin” hiện ra." in page
    moved = living_guides(reported, "2026-11")["lai-chau-2024"]
    assert (
        "<del>https://dichvucong.laichau.gov.vn/</del> <ins>https://dichvucong.gov.vn/</ins>"
        in moved
    )


def test_the_living_guide_is_there_as_html_pdf_and_docx(reported: Path) -> None:
    made = {path.suffix for path in (reported / "2025-06/living/lai-chau").iterdir()}
    assert made == {".html", ".pdf", ".docx"}


def test_history_says_since_when(reported: Path) -> None:
    steps = {
        step["step"]: step["since"]
        for guide in data(reported, "2025-06")["guides"]
        for journey in guide["journeys"]
        if (guide["guide"], journey["journey"]) == ("lai-chau-2024", "citizen-password")
        for step in journey["steps"]
    }
    assert (steps["Bước 4.A"]["run"], steps["Bước 4.A"]["first_kept"]) == ("2025-06", False)
    assert (steps["Bước 1"]["run"], steps["Bước 1"]["first_kept"]) == ("published", True)


@pytest.mark.parametrize(
    ("edition", "outcome"), [("published", "khác, đã chấp nhận"), ("2025-06", "sai lệch")]
)
def test_the_guide_report_is_read_in_a_browser(
    shut_in_browser: Browser, reported: Path, edition: str, outcome: str
) -> None:
    page = shut_in_browser.new_page()
    page.goto((reported / f"out/guides/{edition}/guides.html").as_uri())
    step = page.locator(
        "article.step", has=page.get_by_role("heading", name="Bước 4.A", exact=True)
    )
    assert step.locator("header .tag").inner_text() == outcome
    assert "Nhập chính xác mã xác thực OTP gồm 6 chữ số" in step.inner_text()
    assert (
        step.locator("img").first.evaluate("el => el.decode().then(() => el.naturalWidth)") == 1280
    )
    assert "cổng mô phỏng" in page.locator("main").inner_text()
    assert Axe().run(page).violations_count == 0
    page.close()


@pytest.mark.parametrize(
    ("edition", "outcome"), [("published", "khác, đã chấp nhận"), ("2025-06", "sai lệch")]
)
def test_allure_is_read_in_a_browser(
    shut_in_browser: Browser, reported: Path, edition: str, outcome: str
) -> None:
    place = reported / f"out/allure/{edition}/index.html"
    if not place.is_file():
        pytest.fail(
            "Allure is not installed here; `make prove` brings it where there is Node.js 20"
        )
    page = shut_in_browser.new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto(place.as_uri())
    page.get_by_text("lai-chau (cổng mô phỏng)").wait_for()
    test = page.get_by_text("lai-chau-2024 · Công dân đăng nhập bằng tài khoản").first
    folds = ("lai-chau (cổng mô phỏng)", "lai-chau-2024", "Công dân đăng nhập bằng tài khoản")
    for fold in folds:  # what passed is folded away
        if not test.is_visible():
            page.get_by_text(fold).last.click()
    test.click()
    page.get_by_text(f"Bước 4.A · {outcome}").wait_for()
    assert page.get_by_text("cổng mô phỏng").count()
    assert refused == []
    page.close()


def test_all_of_it_verifies(reported: Path) -> None:
    environment = {**os.environ, "GUIDEWATCH_KEYS": str(reported / "keys")}
    asked = [sys.executable, "-m", "reporting", "verify", "--runs", str(reported / "runs")]
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "3 lần chạy" in done.stdout
