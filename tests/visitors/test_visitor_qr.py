"""The phone reads what the desktop shows: real screenshots, as the browser renders them."""

from collections.abc import Iterator

import pytest
import segno
from playwright.sync_api import Browser, BrowserType

from visitors.qr import read
from world.chromium import launch_arguments
from world.names import Names

LOGIN = "https://sso.example/qr?t=3f9c7a52b1d04e0f8e6a7c1b2d3e4f50"
ZALO = "https://zalo.example/0900000001"
INVERTED = ("#ffffff", "#000000")
PALE = ("#888888", "#eeeeee")


@pytest.fixture(scope="module")
def shell(browser_type: BrowserType) -> Iterator[Browser]:
    browser = browser_type.launch(**launch_arguments(Names(), None, headed=False))
    yield browser
    browser.close()


@pytest.fixture
def screenshot(shell):
    """A picture of a log-in page with codes on it."""

    def taken(*texts, size=180, scale=1.0, rotated=0, colours=("#000000", "#ffffff"), style=""):
        codes = "".join(
            f'<i style="display:inline-block;margin:60px;transform:rotate({rotated}deg);{style}">'
            + segno.make(text, error="m", micro=False)
            .svg_inline(dark=colours[0], light=colours[1], omitsize=True)
            .replace("<svg", f'<svg width="{size}" height="{size}"')
            + "</i>"
            for text in texts
        )
        context = shell.new_context(
            viewport={"width": 1280, "height": 800}, device_scale_factor=scale
        )
        try:
            page = context.new_page()
            page.set_content(
                f"<h1>Đăng nhập VNeID</h1><p>Hoặc quét mã QR bằng Ứng dụng VNeID</p>{codes}"
            )
            return page.screenshot()
        finally:
            context.close()

    return taken


def texts(picture: bytes) -> set[str]:
    return {code.text for code in read(picture)}


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2, 3])
@pytest.mark.parametrize("size", [90, 140, 260])
def test_a_code_is_read_at_every_size_and_scale(screenshot, size, scale):
    assert texts(screenshot(LOGIN, size=size, scale=scale)) == {LOGIN}


@pytest.mark.parametrize("rotated", [7, 45, 90, 180])
def test_a_rotated_code_is_read(screenshot, rotated):
    assert texts(screenshot(LOGIN, rotated=rotated)) == {LOGIN}


@pytest.mark.parametrize("colours", [INVERTED, PALE])
@pytest.mark.parametrize("size", [90, 180])
def test_an_inverted_or_pale_code_is_read(screenshot, colours, size):
    assert texts(screenshot(LOGIN, colours=colours, size=size)) == {LOGIN}


@pytest.mark.parametrize("style", ["opacity:.12", "filter:blur(1.2px)"])
def test_a_faint_or_blurred_code_is_read(screenshot, style):
    assert texts(screenshot(LOGIN, style=style)) == {LOGIN}


@pytest.mark.parametrize("colours", [INVERTED, PALE, ("#000000", "#ffffff")])
def test_two_codes_in_one_picture_are_both_read(screenshot, colours):
    assert texts(screenshot(ZALO, LOGIN, colours=colours)) == {ZALO, LOGIN}


def test_each_code_is_told_once(screenshot):
    assert len(read(screenshot(LOGIN))) == 1


@pytest.mark.parametrize("scale", [1, 2])
def test_the_box_is_in_pixels_of_the_picture(screenshot, scale):
    left, right = sorted(
        (code.box for code in read(screenshot(LOGIN, LOGIN + "2", scale=scale))),
        key=lambda box: box.x,
    )
    assert right.x - left.x == pytest.approx(300 * scale, abs=12 * scale)
    assert left.width == pytest.approx(148 * scale, abs=6 * scale)  # without its quiet zone


def test_a_picture_without_a_code_has_none(screenshot):
    assert read(screenshot()) == []


def test_a_code_that_nobody_could_read_is_not_invented(screenshot):
    assert read(screenshot(LOGIN, style="filter:blur(9px)")) == []


def test_what_a_code_says_is_not_shown(screenshot):
    assert LOGIN not in repr(read(screenshot(LOGIN)))


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="no picture"):
        read(b"nothing")
