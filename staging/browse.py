"""`python -m staging browse`: a headed Chromium that knows the names and trusts the authority."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from staging import hosts

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_READY = "READY "


def browse(address: str | None, *, edition: str) -> int:
    chromium = browser()
    if lacking := _lacking(chromium):
        print(lacking, file=sys.stderr)
        return 1
    assert chromium is not None
    if address is not None:
        return _open(chromium, address)
    with _instance(edition) as own_address:
        return _open(chromium, own_address)


def browser() -> str | None:
    """The distribution's Chromium, or the build that `playwright install` has brought."""
    if installed := next(filter(None, map(shutil.which, _BROWSERS)), None):
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def _lacking(browser: str | None) -> str | None:
    """What browsing needs and there is not, in one sentence."""
    if browser is None or shutil.which("certutil") is None:
        return (
            "Browsing needs Chromium (`playwright install chromium`, or the distribution's) "
            "and certutil (libnss3-tools)."
        )
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return "Browsing needs a screen and there is none: set DISPLAY, or use `xvfb-run`."
    return None


@contextmanager
def _instance(edition: str) -> Iterator[str]:
    """An instance that ends with the browser, or with this program if that is killed first."""
    command = [sys.executable, "-m", "staging", "--edition", edition, "--until-stdin-closes"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            ready = process.stdout.readline()
            if not ready.startswith(_READY):
                raise OSError("the instance did not start")
            yield ready.removeprefix(_READY).strip()
        finally:
            process.stdin.close()


def _open(browser: str, address: str) -> int:
    with urllib.request.urlopen(f"{address.rstrip('/')}/directory") as answer:
        directory: dict[str, Any] = json.load(answer)
    with tempfile.TemporaryDirectory(prefix="guidewatch-browse-") as home:
        _trust(Path(home), directory["ca"])
        arguments = [
            f"--user-data-dir={home}/profile",
            f"--host-resolver-rules={_rules(directory['names'])}",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium refuses root otherwise
            f"https://{hosts.LAI_CHAU}/",
            f"https://{hosts.APP}/",
            f"https://{hosts.SMS}/",
        ]
        return subprocess.call([browser, *arguments], env={**os.environ, "HOME": home})


def _rules(names: dict[str, str]) -> str:
    """Every name of the instance to its port, and no other name at all."""
    return ",".join(
        [
            *(
                f"MAP {name if ':' in name else f'{name}:443'} {address}"
                for name, address in names.items()
            ),
            "MAP * ~NOTFOUND",
        ]
    )


def _trust(home: Path, authority: str) -> None:
    """Chromium on Linux trusts what the NSS database in its HOME trusts."""
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    pem = home / "authority.pem"
    pem.write_text(authority, encoding="ascii")
    store = ["certutil", "-d", f"sql:{database}"]
    subprocess.run([*store, "-N", "--empty-password"], check=True)
    subprocess.run([*store, "-A", "-t", "C,,", "-n", "guidewatch", "-i", str(pem)], check=True)
