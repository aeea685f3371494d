"""All that is particular to Chromium: which one, how it is started, and its video recorder."""

from __future__ import annotations

import functools
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import playwright

from world.missing import Missing
from world.names import Names

# What a browser needs of our environment. Nothing else is handed down: it may hold secrets.
_KEPT = (
    *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "LANG", "LANGUAGE", "LD_LIBRARY_PATH"),
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH"),
)
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def launch_arguments(names: Names, home: Path | None, headed: bool) -> dict[str, Any]:
    """How Chromium is started for an environment.

    Args:
        names: what it may reach. Without the public network it uses no proxy either: a proxy would
            resolve names by itself, past our rules.
        home: a `HOME` of its own (world/trust.py); none: the person's.
        headed: with a window.

    Returns:
        Keyword arguments for Playwright's `browser_type.launch`.

    Raises:
        Missing: there is no browser, or no screen to show its window on.
    """
    if headed and sys.platform == "linux" and not _screen():
        raise Missing(
            "a headed browser needs a screen and there is none; set DISPLAY, "
            "or run the command under `xvfb-run`"
        )
    browser = executable(headed)
    rules = names.resolver_rules()
    arguments = [f"--host-resolver-rules={rules}"] if rules else []
    if not names.public:
        arguments.append("--no-proxy-server")
    launch: dict[str, Any] = {
        "headless": not headed,
        "args": arguments,
        "env": _environment(home, names.public),
        "chromium_sandbox": _sandbox(),
    }
    if browser is not None:
        launch["executable_path"] = browser
    return launch


def executable(headed: bool) -> Path | None:
    """Which browser to start.

    Headless runs use the headless shell: 2.5 to 3 times less processor time on the same journey.

    Returns:
        None where Playwright's own build is installed (Playwright finds it), else the
        distribution's `chromium-headless-shell` or `chromium`.

    Raises:
        Missing: there is neither.
    """
    own = "chromium" if headed else "chromium-headless-shell"
    if (_registry() / _folder(own) / "INSTALLATION_COMPLETE").is_file():
        return None
    for name in ("chromium",) if headed else ("chromium-headless-shell", "chromium"):
        found = shutil.which(name)
        if found is not None and not _snap(Path(found)):
            return Path(found)
    raise Missing(
        f"no {own} is installed; run `make set-up`, or `playwright install chromium`, "
        "or install the distribution's (Debian: apt-get install chromium-headless-shell chromium; "
        "Ubuntu's package is a snap, which cannot be driven here)"
    )


def make_video_possible() -> None:
    """Give Playwright's video recorder an ffmpeg, for `--video`.

    Playwright starts only `ffmpeg-<revision>/ffmpeg-<system>` in the folder of its browsers; the
    distribution's ffmpeg, linked there, does as well.

    Raises:
        Missing: there is no ffmpeg, or no place for the link.
    """
    system = {"linux": "linux", "darwin": "mac"}.get(sys.platform)
    wanted = _registry() / _folder("ffmpeg") / f"ffmpeg-{system}"
    if system is None or wanted.exists():
        return
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise Missing(
            "--video needs ffmpeg, which is not installed; run `playwright install ffmpeg` "
            "or `apt-get install ffmpeg`, or leave --video out"
        )
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        wanted.unlink(missing_ok=True)  # a link to an ffmpeg that has gone
        wanted.symlink_to(ffmpeg)
    except FileExistsError:
        return  # another worker was quicker
    except OSError as error:
        raise Missing(
            f"--video needs an ffmpeg at {wanted}, which cannot be made ({error.strerror}); "
            "set PLAYWRIGHT_BROWSERS_PATH to a folder of yours, or leave --video out"
        ) from None


def _environment(home: Path | None, proxies: bool) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in _KEPT or key[:3] == "LC_"}
    if proxies:
        kept |= {key: value for key, value in os.environ.items() if key.lower() in _PROXIES}
    if home is not None:
        cookie = Path.home() / ".Xauthority"
        if "XAUTHORITY" not in kept and cookie.is_file():
            kept["XAUTHORITY"] = str(cookie)  # looked for in HOME, which is about to move
        kept["HOME"] = str(home)
    return kept


def _screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@functools.cache
def _sandbox() -> bool:
    """Whether Chromium's sandbox can work: not as root, nor where user namespaces are forbidden."""
    if sys.platform != "linux":
        return True
    unshare = shutil.which("unshare")
    if os.geteuid() == 0 or unshare is None:
        return False
    return subprocess.run([unshare, "--user", "true"], capture_output=True).returncode == 0


def _snap(program: Path) -> bool:
    """Whether a program is Ubuntu's stub: a snap sees neither our HOME nor our pipes."""
    if "snap" in program.resolve().parts or program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        return b"/snap/bin/" in file.read(4096)


def _registry() -> Path:
    """Where Playwright keeps its browsers (its driver's `registryDirectory`)."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen == "0":
        return _driver() / ".local-browsers"
    if chosen:
        return Path(chosen).absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ms-playwright"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "ms-playwright"


def _driver() -> Path:
    return Path(playwright.__file__).parent / "driver" / "package"


@functools.cache
def _folder(name: str) -> str:
    """The folder of one browser in the registry: its name, and the revision Playwright asks for."""
    listed = json.loads((_driver() / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    entry = next(entry for entry in listed if entry["name"] == name)
    if sys.platform == "darwin":
        system = f"mac{platform.mac_ver()[0].split('.')[0]}"
        system += "-arm64" if platform.machine() == "arm64" else ""
        if system in entry.get("revisionOverrides", {}):
            return f"{name}_{system}_special-{entry['revisionOverrides'][system]}".replace("-", "_")
    return f"{name.replace('-', '_')}-{entry['revision']}"
