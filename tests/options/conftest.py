"""What the tests of the options share: a run as a person would start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

Ended = subprocess.CompletedProcess[str]
Suite = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the run."""
    return tmp_path / "reports" / "runs" / "this"


@pytest.fixture
def suite(folder: Path) -> Suite:
    """Run a suite with some options, and some variables more, to its end."""

    def go(
        *options: str, room: str = "suites/guides", more: Mapping[str, str] | None = None
    ) -> Ended:
        return subprocess.run(
            [sys.executable, "-m", "pytest", room, "-p", "no:cacheprovider", *options],
            cwd=PROJECT,
            env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(folder), **(more or {})},
            capture_output=True,
            text=True,
            timeout=100,
        )

    return go
