"""No secret in any file of a run: what workers met is told to the controller, which cleans at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from record.scrubbing import Scrubber, Unclean
from suites.plugins.folders import RUN_FOLDER
from suites.plugins.options import SELECTION
from visitors.secret import Secrets

SECRETS = pytest.StashKey[Secrets]()
_OF_WORKERS = pytest.StashKey[set[str]]()
_TOLD = "guidewatch_secrets"


def pytest_configure(config: pytest.Config) -> None:
    """One bag of secrets a process."""
    config.stash[SECRETS] = Secrets()
    config.stash[_OF_WORKERS] = set()


@pytest.fixture(scope="session")
def secrets(pytestconfig: pytest.Config) -> Secrets:
    """Every secret that this process meets."""
    return pytestconfig.stash[SECRETS]


def scrubber(config: pytest.Config) -> Scrubber:
    """What takes out the secrets met so far, and all that are configured, met or not.

    A worker that was killed has told nothing of its last test.
    """
    visitors = config.stash[SELECTION].environment.visitors.values()
    configured = {secret for visitor in visitors for secret in visitor.secrets()}
    return Scrubber({*configured, *config.stash[SECRETS].values(), *config.stash[_OF_WORKERS]})


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(config: pytest.Config) -> Iterator[Any]:
    """Tell what this worker has met, with each report: the run may be cut off before its end.

    It travels through the workers' pipe and is never written.
    """
    data = yield
    if data is not None and hasattr(config, "workerinput"):
        data[_TOLD] = sorted(config.stash[SECRETS].values())
    return data


@pytest.hookimpl(tryfirst=True)
def pytest_report_from_serializable(config: pytest.Config, data: dict[str, Any]) -> None:
    """Take over what a worker has met, before its report is made."""
    config.stash[_OF_WORKERS].update(data.pop(_TOLD, ()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """A worker cleans what it alone writes: of a test that is cut off it tells the controller nothing."""
    config = session.config
    own = Path(config.option.output)
    try:
        return (yield)
    finally:
        if hasattr(config, "workerinput") and own.is_relative_to(config.stash[RUN_FOLDER]):
            with contextlib.suppress(Unclean):  # the controller tries again, and says so
                scrubber(config).folder(own)


def cleaned(config: pytest.Config) -> bool:
    """Clean what the run wrote, when everything has been written; say what cannot be cleaned.

    Returns:
        Whether it could be cleaned; if not, the run must fail and its files not be handed on.
    """
    try:
        for folder in (config.stash[RUN_FOLDER], Path(config.option.output)):
            scrubber(config).folder(folder)
    except Unclean as unclean:
        terminal: Any = config.pluginmanager.getplugin("terminalreporter")
        terminal.write_line(str(unclean), red=True)
        return False
    return True
