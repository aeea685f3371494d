"""The pages in a real browser that refuses every name: nothing is asked, everybody can read them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from reporting.allure import write_allure
from reporting.guide_report import Known, write_guide_report
from reporting.living_guide import write_living_guides
from reporting.runs import REPORTS
from tests.reporting.conftest import (
    DRIFTS,
    FAILS,
    HOLDS,
    LAST,
    NOT_REACHED,
    NOW,
    MakeRun,
    WriteResults,
)

Open = Callable[[Path], Page]


@pytest.fixture
def opened(shut_in_browser: Browser) -> Iterator[Open]:
    """Open a page; at the end of the test nothing may have been asked of any host."""
    asked: list[str] = []
    context = shut_in_browser.new_context(viewport={"width": 1280, "height": 900})
    context.on("request", lambda request: asked.append(request.url))

    def go(path: Path) -> Page:
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield go
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.fixture
def report(make_run: MakeRun, known: Known, tmp_path: Path) -> Path:
    """A guide report with something of everything."""
    kept = make_run(steps=(HOLDS, DRIFTS, LAST), journeys=2)
    write_guide_report(kept, known, tmp_path, NOW, "vi")
    return tmp_path / "guides.html"


def test_the_guide_report_is_read_without_any_other_host(opened: Open, report: Path) -> None:
    page = opened(report)
    assert "2 trên 3 bước còn đúng" in page.locator(".headline").inner_text()
    pictures = page.locator("img")
    assert pictures.count() == 6
    assert all(
        pictures.nth(i).evaluate("el => el.decode().then(() => el.naturalWidth)") == 64
        for i in range(6)
    )


def test_the_guide_report_has_no_accessibility_violations(opened: Open, report: Path) -> None:
    results = Axe().run(opened(report))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("steps", [(HOLDS, DRIFTS, LAST), (HOLDS, FAILS, NOT_REACHED)])
def test_the_living_guide_has_no_accessibility_violations(
    opened: Open, make_run: MakeRun, known: Known, tmp_path: Path, steps: tuple[object, ...]
) -> None:
    write_living_guides(make_run(steps=steps), known, "mau", tmp_path, "vi")
    results = Axe().run(opened(tmp_path / "mau-2024.html"))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(opened: Open, report: Path, width: int) -> None:
    page = opened(report)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_report_fits_a4(opened: Open, report: Path) -> None:
    page = opened(report)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins, in CSS pixels
    assert page.evaluate("document.documentElement.scrollWidth") <= 703


def test_the_living_guide_is_printed_as_pdf(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    write_living_guides(make_run(), known, "mau", tmp_path, "vi")
    code = (
        "import sys; from pathlib import Path; from reporting.printing import print_pdf\n"
        "print_pdf({Path(sys.argv[1]): Path(sys.argv[2])}, 'cổng mô phỏng')"
    )
    target = tmp_path / "guide.pdf"
    command = [sys.executable, "-c", code, str(tmp_path / "mau-2024.html"), str(target)]
    subprocess.run(command, check=True, timeout=60)
    assert target.read_bytes().startswith(b"%PDF-")


needs_allure = pytest.mark.skipif(
    shutil.which("node") is None or not (REPORTS / "node_modules/allure").is_dir(),
    reason="Allure is not installed here (npm ci --prefix reports)",
)

PIXEL = """img => img.decode().then(() => {
  const canvas = document.createElement('canvas');
  canvas.width = img.naturalWidth; canvas.height = img.naturalHeight;
  canvas.getContext('2d').drawImage(img, 0, 0);
  return [...canvas.getContext('2d').getImageData(20, 6, 1, 1).data].slice(0, 3);
})"""


@needs_allure
def test_allure_tells_every_step_in_the_guides_words_with_a_marked_picture(
    opened: Open, make_run: MakeRun, write_results: WriteResults, tmp_path: Path
) -> None:
    kept = make_run(steps=(HOLDS, FAILS, NOT_REACHED))
    write_results(kept)
    page = opened(write_allure(kept, tmp_path, tmp_path / "history.jsonl", "vi"))
    page.get_by_text("mau-2024 · Công dân đăng nhập").first.click()
    page.get_by_text("“Chọn Đăng nhập ở góc phải.”").wait_for()
    page.get_by_text("máy tính · https://dichvucong.mau.example/trang").click()
    page.get_by_text("Bước 3 · chưa tới").click()
    page.get_by_text("“Hệ thống trở về trang chủ.”").wait_for()
    red, green, blue = (
        page.get_by_test_id("image-attachment-content").locator("img").evaluate(PIXEL)
    )
    assert red > 150 and green < 100 and blue < 100  # the frame around the control at (10, 10)


@needs_allure
def test_allure_is_read_without_any_other_host(
    opened: Open, make_run: MakeRun, tmp_path: Path
) -> None:
    kept = make_run()
    result = {
        "uuid": "1",
        "name": "mau-2024 · Công dân đăng nhập",
        "status": "failed",
        "labels": [
            {"name": "epic", "value": "mau (cổng mô phỏng)"},
            {"name": "outcome", "value": "drifted"},
        ],
        "steps": [{"name": "Bước 1 · khớp", "status": "passed"}],
        "start": 1,
        "stop": 2,
    }
    (kept.folder / "allure-results/citizen-result.json").write_text(json.dumps(result))
    page = opened(write_allure(kept, tmp_path, tmp_path / "history.jsonl", "vi"))
    page.get_by_text("mau-2024 · Công dân đăng nhập").first.click()
    page.get_by_text("Bước 1 · khớp").wait_for()
    assert page.get_by_text("Sai lệch so với hướng dẫn").count()
