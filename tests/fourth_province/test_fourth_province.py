"""A further province of a known kind takes one portal file and one guide file, and no code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.strict import CONFIG
from world.embedded import PROJECT, start

HERE = Path(__file__).parent


@pytest.fixture
def embedded() -> Iterator[str]:
    """The address of embedded portals that serve the province as well."""
    province = str(HERE / "province.yaml")
    program = (sys.executable, "-m", "staging", "--province", province)
    with start("published", program=program) as running:
        yield running.address


@pytest.fixture
def portals(tmp_path: Path) -> Path:
    """The portal files: those that there are, and the province's one."""
    folder = tmp_path / "portals"
    shutil.copytree(CONFIG / "portals", folder)
    shutil.copy(HERE / "portals" / "binh-minh.yaml", folder)
    return folder


def test_one_portal_file_and_one_guide_file_are_walked(
    embedded: str, portals: Path, tmp_path: Path
) -> None:
    files = [f"--guides-from={HERE / 'guides'}", f"--portals-from={portals}"]
    command = [sys.executable, "-m", "pytest", "suites/guides", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, f"--embedded={embedded}", *files, f"--basetemp={tmp_path / 'run'}"],
        cwd=PROJECT,
        env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(tmp_path / "results")},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert run.returncode == 0, run.stdout[-3000:]
    assert "2 passed" in run.stdout
