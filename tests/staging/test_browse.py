"""`python -m staging browse` on machines that lack something, and with Playwright's own Chromium."""

from pathlib import Path

import pytest

from staging import browse


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The only folder on PATH, with certutil in it and no browser; there is a screen."""
    (tmp_path / "certutil").touch(mode=0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":1")
    return tmp_path


def the_build_of_playwright(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Playwright's Chromium where Playwright looks for it."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(folder / "browsers"))
    with browse.sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    own.parent.mkdir(parents=True)
    own.touch(mode=0o700)
    return own


def test_a_browser_on_the_path_is_taken_first(
    monkeypatch: pytest.MonkeyPatch, programs: Path
) -> None:
    the_build_of_playwright(monkeypatch, programs)
    (programs / "chromium").touch(mode=0o700)
    assert browse.browser() == str(programs / "chromium")


def test_without_one_playwrights_own_build_is_taken(
    monkeypatch: pytest.MonkeyPatch, programs: Path
) -> None:
    own = the_build_of_playwright(monkeypatch, programs)
    assert browse.browser() == str(own)


def test_without_any_browser_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(programs / "browsers"))
    assert browse.browse(None, edition="published") == 1
    assert "Browsing needs Chromium" in capsys.readouterr().err


def test_without_a_screen_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (programs / "chromium").touch(mode=0o700)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert browse.browse(None, edition="published") == 1
    assert "needs a screen and there is none" in capsys.readouterr().err
