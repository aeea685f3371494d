"""The same tests on PostgreSQL, from the distribution's package, in a cluster of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.strict import CONFIG

TESTS = CONFIG.parent / "tests" / "monitoring"
SAME = ("keeping", "quiet", "rounds", "outbox", "failures", "board", "commands")


@pytest.fixture
def postgresql() -> Iterator[str]:
    """A cluster on loopback that ends with the test; its URL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = shutil.which("initdb") or (str(found[-1]) if found else None)
    if initdb is None:
        pytest.fail("PostgreSQL (Debian: postgresql) is not installed")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="guidewatch-pg-"))
    as_other: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.fail("there is no user postgres to run it as")
        shutil.chown(folder, "postgres")
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    control = str(Path(initdb).with_name("pg_ctl"))
    cluster = folder / "cluster"
    options = f"-p {port} -h 127.0.0.1 -k {folder}"

    def run(*command: str) -> None:
        subprocess.run([*as_other, *command], check=True, capture_output=True, cwd=folder)

    run(initdb, "-D", str(cluster), "-A", "trust", "-U", "guidewatch", "-E", "UTF8", "--no-locale")
    run(control, "-D", str(cluster), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://guidewatch@127.0.0.1:{port}/postgres"
    finally:
        run(control, "-D", str(cluster), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.prove
def test_the_same_tests_hold_on_postgresql(postgresql):
    files = [str(TESTS / f"test_monitor_{name}.py") for name in SAME]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=CONFIG.parent,
        env={**os.environ, "GUIDEWATCH_TEST_STORE": postgresql},
        capture_output=True,
        text=True,
    )
    print("\n" + ran.stdout.splitlines()[-1])
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "is not installed" not in ran.stdout  # what skips for want of a program proves nothing


@pytest.mark.prove
def test_kill_9_loses_nothing_on_postgresql_either(postgresql):
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-m", "prove"),
            str(TESTS / "prove" / "test_monitor_kill.py"),
        ],
        cwd=CONFIG.parent,
        env={
            **os.environ,
            "GUIDEWATCH_TEST_STORE": postgresql,
            "GUIDEWATCH_KILL_ROUNDS": os.environ.get("GUIDEWATCH_KILL_ROUNDS_POSTGRESQL", "20"),
        },
        capture_output=True,
        text=True,
    )
    print(ran.stdout)
    assert ran.returncode == 0, ran.stdout[-4000:]
