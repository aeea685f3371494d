"""Which browser is started, with what, and the recorder of videos."""

import os
from pathlib import Path

import pytest

from world import chromium
from world.missing import Missing
from world.names import Names


@pytest.fixture
def machine(tmp_path: Path, monkeypatch):
    """A machine with no browser; gives a way to put programs on it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))

    def put(name: str, text: str = "#!/bin/sh\n") -> Path:
        program = programs / name
        program.write_text(text)
        program.chmod(0o755)
        return program

    return put


@pytest.fixture
def own_build(machine, tmp_path: Path):
    """Put a build on the machine as `playwright install` leaves it."""

    def install(name: str) -> None:
        folder = tmp_path / "browsers" / chromium._folder(name)
        folder.mkdir(parents=True)
        (folder / "INSTALLATION_COMPLETE").touch()

    return install


def test_playwrights_own_build_comes_first(machine, own_build):
    machine("chromium-headless-shell")
    own_build("chromium-headless-shell")
    assert chromium.executable(headed=False) is None


def test_headless_takes_the_distributions_shell(machine):
    machine("chromium")
    shell = machine("chromium-headless-shell")
    assert chromium.executable(headed=False) == shell


def test_headless_makes_do_with_chromium_where_there_is_no_shell(machine):
    full = machine("chromium")
    assert chromium.executable(headed=False) == full


def test_headed_takes_the_distributions_chromium(machine):
    machine("chromium-headless-shell")
    full = machine("chromium")
    assert chromium.executable(headed=True) == full


def test_no_browser_is_one_sentence(machine):
    with pytest.raises(Missing, match="make set-up"):
        chromium.executable(headed=False)


def test_ubuntus_stub_of_a_snap_is_no_browser(machine):
    machine("chromium", "#!/bin/sh\nexec /snap/bin/chromium\n")
    with pytest.raises(Missing, match="snap"):
        chromium.executable(headed=True)


def test_a_headed_browser_without_a_screen_is_one_sentence(machine, monkeypatch):
    machine("chromium")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(Missing, match="screen"):
        chromium.launch_arguments(Names(), None, headed=True)


def test_the_browser_is_handed_no_secret_of_the_environment(machine, monkeypatch):
    machine("chromium-headless-shell")
    monkeypatch.setenv("LAI_CHAU_PASSWORD", "planted")
    launch = chromium.launch_arguments(Names(), None, headed=False)
    assert "planted" not in launch["env"].values()
    assert launch["env"]["PATH"] == os.environ["PATH"]


def test_the_browser_gets_the_home_it_is_given(machine, tmp_path):
    machine("chromium-headless-shell")
    launch = chromium.launch_arguments(Names(), tmp_path, headed=False)
    assert launch["env"]["HOME"] == str(tmp_path)


def test_proxies_are_for_the_public_network_only(machine, monkeypatch):
    machine("chromium-headless-shell")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    inside = chromium.launch_arguments(Names(), None, headed=False)
    outside = chromium.launch_arguments(Names(public=True), None, headed=False)
    assert "https_proxy" not in inside["env"]
    assert "--no-proxy-server" in inside["args"]
    assert outside["env"]["https_proxy"] == "http://proxy.example:3128"
    assert outside["args"] == []


def test_the_distributions_ffmpeg_records_videos(machine, tmp_path):
    ffmpeg = machine("ffmpeg")
    chromium.make_video_possible()
    (link,) = (tmp_path / "browsers").glob("ffmpeg-*/ffmpeg-linux")
    assert link.resolve() == ffmpeg.resolve()


def test_making_video_possible_twice_changes_nothing(machine):
    machine("ffmpeg")
    chromium.make_video_possible()
    chromium.make_video_possible()


def test_a_video_without_ffmpeg_is_refused_in_one_sentence(machine):
    with pytest.raises(Missing, match=r"--video needs ffmpeg.*leave --video out"):
        chromium.make_video_possible()
