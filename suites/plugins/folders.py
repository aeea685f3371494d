"""Where a run's files lie: one folder a run below `reports/runs/`, chosen before anybody writes."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

REPORTS = Path(__file__).parents[2] / "reports"
RUN_FOLDER = pytest.StashKey[Path]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the run's folder before pytest-playwright and allure-pytest look for theirs."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        folder = Path(worker["guidewatch_folder"])
    else:
        given = os.environ.get("GUIDEWATCH_RUN_FOLDER")
        name = f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}"
        folder = Path(given) if given else REPORTS / "runs" / name
        if not of_suites(config):
            folder = Path(tempfile.mkdtemp(prefix="guidewatch-tests-"))
            config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.stash[RUN_FOLDER] = folder
    if of_suites(config) and config.option.allure_report_dir is None:
        config.option.allure_report_dir = str(folder / "allure-results")
    if config.getoption("output") == "test-results":
        # pytest-playwright empties this folder when a session starts, a worker's being one: each
        # gets a folder that is its own.
        part = worker["workerid"] if worker is not None else "main"
        config.option.output = str(folder / "browser" / part)


def of_suites(config: pytest.Config) -> bool:
    """Whether the suites are run, and not the tests of the project itself."""
    return any("suites" in Path(argument.partition("::")[0]).parts for argument in config.args)


def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker which folder the run has."""
    node.workerinput["guidewatch_folder"] = str(node.config.stash[RUN_FOLDER])
