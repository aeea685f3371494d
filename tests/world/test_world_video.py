"""A video is recorded with whatever ffmpeg there is."""

import shutil

import pytest
from playwright.sync_api import BrowserType

from world.chromium import launch_arguments, make_video_possible
from world.names import Names


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg on this machine")
def test_a_video_is_recorded(browser_type: BrowserType, tmp_path):
    make_video_possible()
    browser = browser_type.launch(**launch_arguments(Names(), None, headed=False))
    try:
        context = browser.new_context(record_video_dir=tmp_path)
        context.new_page().set_content("<h1>Đăng nhập</h1>")
        context.close()
    finally:
        browser.close()
    assert [video.stat().st_size > 0 for video in tmp_path.glob("*.webm")] == [True]
