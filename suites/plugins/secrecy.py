"""No secret in any file of a run: what workers met is told to the controller, which cleans at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from record.scrubbing import Scrubber, Unclean
from suites.plugins.folders import RUN_FOLDER
from visitors.secret import Secrets

SECRETS = pytest.StashKey[Secrets]()
_OF_WORKERS = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """One bag of secrets a process."""
    config.stash[SECRETS] = Secrets()
    config.stash[_OF_WORKERS] = set()


@pytest.fixture(scope="session")
def secrets(pytestconfig: pytest.Config) -> Secrets:
    """Every secret that this process meets."""
    return pytestconfig.stash[SECRETS]


def scrubber(config: pytest.Config) -> Scrubber:
    """What takes out the secrets met so far."""
    of_workers = config.stash[_OF_WORKERS]
    return Scrubber({*config.stash[SECRETS].values(), *of_workers})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker met; it travels through the workers' pipe and is never written."""
    told = getattr(node, "workeroutput", {}).get("guidewatch_secrets", [])
    node.config.stash[_OF_WORKERS].update(told)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Clean the run's folder when everything has been written; what cannot be cleaned fails the run."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["guidewatch_secrets"] = sorted(config.stash[SECRETS].values())
        return (yield)
    result = yield
    folder = config.stash[RUN_FOLDER]
    if folder.is_dir():
        try:
            scrubber(config).folder(folder)
        except Unclean as unclean:
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
            terminal: Any = config.pluginmanager.getplugin("terminalreporter")
            terminal.write_line(str(unclean), red=True)
    return result
