"""No secret in any file of a run, traces unzipped: shown with planted ones, as a run usually goes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from record import file
from world.embedded import Embedded, start

PROJECT = Path(__file__).parents[2]

# What the embedded environment types in, and what a sign-in makes: the planted secrets.
PLANTED = (b"Thu-Nghiem-1!", b"Thu-Nghiem-1%21", b"000100000001", b"246810")
MADE = re.compile(rb"[?&](?:code|state|id_token_hint)=(?!\[)[\w-]{8,}")
COOKIE = re.compile(rb"\"name\":\s*\"(?:set-)?cookie\",\s*\"value\":\s*\"(?!\[)", re.IGNORECASE)
PICTURE = re.compile(rb"^(?:\x89PNG|\xff\xd8\xff)|data:image/\w+;base64,[\w+/=]{64}")


@pytest.fixture(scope="module")
def portals() -> Iterator[Embedded]:
    """Portals that outlive the run, so that their inbox says which codes were sent."""
    with start("published") as running:
        yield running


def begin(portals: Embedded, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run that keeps everything there is to keep, with two workers."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "pytest", "suites/guides", "-q", "-p", "no:cacheprovider"),
            *("-n", "2", "--guide", "lai-chau-2024", "--embedded", portals.address),
            *("--tracing", "on", "--screenshot", "on", f"--junitxml={folder}/junit.xml", *options),
        ],
        cwd=PROJECT,
        env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def run(portals: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was let be."""
    folder = tmp_path_factory.mktemp("secrecy") / "run"
    begin(portals, folder, "-k", "citizen-password or citizen-qr").wait(150)
    return folder


@pytest.fixture(scope="module")
def codes(portals: Embedded, run: Path) -> list[bytes]:
    """The codes that were sent in that run."""
    return sent(portals)


def sent(portals: Embedded) -> list[bytes]:
    """The codes of all messages so far."""
    with portals.names.client(timeout=10) as client:
        messages = client.get(f"{portals.sms}/messages").raise_for_status().json()
    return [re.findall(rb"\d{6}", message["text"].encode())[0] for message in messages]


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder with its content, archives unpacked."""
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield f"{path.name}!{member}", archive.read(member)
        elif path.is_file():
            yield path.name, path.read_bytes()


def holding(folder: Path, secrets: list[bytes]) -> list[str]:
    """The files that hold one of some secrets; digits count where they stand alone."""
    alone = b"|".join(rb"(?<![\d.])" + re.escape(secret) + rb"(?!\d)" for secret in secrets)
    return [name for name, content in contents(folder) if re.search(alone, content)]


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


def test_no_file_holds_a_code_that_was_sent(run: Path, codes: list[bytes]) -> None:
    assert len(codes) == 1
    assert holding(run, codes) == []


def test_no_trace_holds_a_picture_which_may_show_a_login_qr(run: Path) -> None:
    traced = [(name, content) for name, content in contents(run) if ".zip!" in name]
    assert [name for name, content in traced if PICTURE.search(content)] == []


def test_a_run_that_is_cut_off_holds_no_secret_of_the_journeys_that_ended(
    portals: Embedded, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    child = begin(portals, folder, "-k", "citizen-password or citizen-qr")
    while not list(
        folder.rglob("trace*.zip")
    ):  # one has ended; the other, as the same citizen, not
        assert child.poll() is None
        time.sleep(0.05)

    os.killpg(child.pid, signal.SIGINT)

    assert child.wait(60) != 0
    assert file.read_run(folder).exit_code != 0
    assert holding(folder, [*PLANTED, *sent(portals)]) == []
