"""No secret in any file of a run, traces unzipped: shown with planted ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

# What the embedded environment types in, and what a sign-in makes: the planted secrets.
PLANTED = (b"Thu-Nghiem-1!", b"Thu-Nghiem-1%21", b"000100000001", b"246810")
MADE = re.compile(rb"[?&](?:code|state|id_token_hint)=(?!\[)[\w-]{8,}")
COOKIE = re.compile(rb"\"name\":\s*\"(?:set-)?cookie\",\s*\"value\":\s*\"(?!\[)", re.IGNORECASE)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that keeps everything there is to keep: traces, screenshots, Allure, JUnit."""
    folder = tmp_path_factory.mktemp("secrecy") / "run"
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "suites/guides", "-q", "-p", "no:cacheprovider"),
            *("--guide", "lai-chau-2024", "-k", "citizen-password or citizen-qr"),
            *("--tracing", "on", "--screenshot", "on", f"--junitxml={folder}/junit.xml"),
        ],
        cwd=PROJECT,
        env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(folder)},
        capture_output=True,
        timeout=150,
    )
    return folder


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder with its content, archives unpacked."""
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{path.name}!{member}", archive.read(member)
        elif path.is_file():
            yield path.name, path.read_bytes()


def test_the_run_kept_traces_of_both_seats(run: Path) -> None:
    assert len(list(run.rglob("*.zip"))) >= 3


@pytest.mark.parametrize("secret", PLANTED, ids=lambda secret: secret.decode())
def test_no_file_holds_what_was_typed(run: Path, secret: bytes) -> None:
    assert [name for name, content in contents(run) if secret in content] == []


def test_no_file_holds_an_authorization_code_or_token(run: Path) -> None:
    assert [
        (name, *MADE.findall(content)) for name, content in contents(run) if MADE.search(content)
    ] == []


def test_no_file_holds_a_cookie(run: Path) -> None:
    assert [name for name, content in contents(run) if COOKIE.search(content)] == []


def test_no_file_holds_a_code_that_was_sent(run: Path) -> None:
    typed = re.compile(rb"pressSequentially|\"text\":\s*\"\d{6}\"")
    found = [
        name
        for name, content in contents(run)
        if re.search(rb"\"(?:text|value)\":\s*\"\d{6}\"", content) and typed.search(content)
    ]
    assert found == []
