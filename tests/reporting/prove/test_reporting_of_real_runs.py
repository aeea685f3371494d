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

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.prove


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lai Châu's guide walked on three editions, one after the other, each reported as it ended."""
    folder = tmp_path_factory.mktemp("reported")
    for edition in ("published", "2025-06", "2026-11"):
        run = folder / "runs" / edition
        environment = {
            **os.environ,
            "GUIDEWATCH_RUN_FOLDER": str(run),
            "GUIDEWATCH_KEYS": str(folder / "keys"),
            "GUIDEWATCH_LANGUAGE": "vi",
        }
        walk = ["pytest", "suites/guides", "-q", "--guide", "lai-chau-2024", "--edition", edition]
        subprocess.run([sys.executable, "-m", *walk], cwd=ROOT, env=environment, timeout=180)
        for command in ("report", "guide"):
            options = [edition, "--runs", str(run.parent), "--output", str(folder / "out")]
            options += ["--portal", "lai-chau"] if command == "guide" else []
            asked = [sys.executable, "-m", "reporting", command, *options]
            subprocess.run(asked, cwd=ROOT, env=environment, timeout=120, check=True)
            if command == "guide":
                made = (folder / "out/living/lai-chau").resolve()
                made.rename(folder / f"living-{edition}")
                (folder / "out/living/lai-chau").unlink()
    return folder


def data(reported: Path, edition: str) -> dict[str, Any]:
    text = (reported / f"out/guides/{edition}/guides.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def to_correct(reported: Path, edition: str) -> set[tuple[str, str]]:
    return {
        (journey["journey"], step["step"])
        for guide in data(reported, edition)["guides"]
        for journey in guide["journeys"]
        for step in journey["steps"]
        if step["outcome"] in ("drifted", "failed")
    }


def test_on_the_published_edition_nothing_has_to_be_corrected(reported: Path) -> None:
    assert to_correct(reported, "published") == set()


def test_on_2025_06_exactly_the_touched_steps_are_listed(reported: Path) -> None:
    assert to_correct(reported, "2025-06") == {
        ("citizen-password", "Bước 4.A"),
        ("citizen-qr", "Bước 4.B.4"),
    }


def test_on_2026_11_the_closed_front_door_is_listed(reported: Path) -> None:
    assert {step for _, step in to_correct(reported, "2026-11")} == {"Bước 1"}


def test_what_to_write_instead_stands_in_report_and_living_guide(reported: Path) -> None:
    report = (reported / "out/guides/2025-06/guides.html").read_text(encoding="utf-8")
    living = (reported / "living-2025-06/lai-chau-2024.html").read_text(encoding="utf-8")
    for page in (report, living):
        assert "<ins>ứng dụng VNeID</ins>" in page
        assert "“Hộp thoại Xác nhận chia sẻ thông tin” hiện ra." in page
    moved = (reported / "living-2026-11/lai-chau-2024.html").read_text(encoding="utf-8")
    assert (
        "<del>https://dichvucong.laichau.gov.vn/</del> <ins>https://dichvucong.gov.vn/</ins>"
        in moved
    )


def test_the_living_guide_is_there_as_html_pdf_and_docx(reported: Path) -> None:
    made = {path.suffix for path in (reported / "living-2025-06").iterdir()}
    assert made == {".html", ".pdf", ".docx"}


def test_history_says_since_when(reported: Path) -> None:
    steps = {
        step["step"]: step["since"]
        for journey in data(reported, "2025-06")["guides"][0]["journeys"]
        if journey["journey"] == "citizen-password"
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
    assert "3 runs" in done.stdout
