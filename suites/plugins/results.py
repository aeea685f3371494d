"""Results: one folder a run under `reports/runs/`, the record in it, and `reports/latest` when it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from record import file
from record.model import JourneyRecord, PlannedJourney, Run
from record.who import who
from suites.plugins.folders import REPORTS, RUN_FOLDER, of_suites
from suites.plugins.options import SELECTION, Selection
from suites.plugins.secrecy import cleaned, scrubber
from world.embedded import attach
from world.missing import Missing
from world.world import DEFAULT_EDITION

_RUN = pytest.StashKey[Run]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the plan down before the first journey: what is planned and not seen is our fault.

    Tests that are only listed are no run.
    """
    if session.config.option.collectonly:
        return
    plan = [_journey_id(item.nodeid, session.config) for item in session.items if _walks(item)]
    if plan and not hasattr(session.config, "workerinput"):
        _begin(session.config, plan)


def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    """As above, where workers collect; they all collect the same."""
    plan = [_journey_id(found, node.config) for found in ids if "test_guides.py::" in found]
    if plan and _RUN not in node.config.stash:
        _begin(node.config, plan)


def _walks(item: pytest.Item) -> bool:
    return "test_guides.py::" in item.nodeid


def _journey_id(node_id: str, config: pytest.Config) -> str:
    """“guide/journey” of a test; pytest-playwright puts the browser's name behind it."""
    named = node_id.partition("[")[2]
    known = [
        f"{guide.guide}/{journey.journey}"
        for guide in config.stash[SELECTION].guides.values()
        for journey in guide.journeys
    ]
    return max((found for found in known if named.startswith(found)), key=len)


def _begin(config: pytest.Config, ids: list[str]) -> None:
    selection = config.stash[SELECTION]
    planned = [tuple(found.split("/")) for found in ids]
    run = Run(
        run=config.stash[RUN_FOLDER].name,
        environment=selection.environment.environment,
        edition=_edition(selection),
        simulated=selection.environment.simulated,
        judge=selection.judge,
        started=datetime.now().astimezone(),
        plan=tuple(
            PlannedJourney(portal=selection.guides[guide].portal, guide=guide, journey=journey)
            for guide, journey in planned
        ),
        who=who(),
    )
    folder = config.stash[RUN_FOLDER]
    folder.mkdir(parents=True, exist_ok=True)
    file.write_run(folder, run)
    config.stash[_RUN] = run


def _edition(selection: Selection) -> str | None:
    """The edition that will be walked: of those attached to, what they show now."""
    if selection.environment.network != "embedded":
        return None
    if selection.embedded is None:
        return selection.edition or DEFAULT_EDITION
    try:
        with attach(selection.embedded) as running:
            return running.edition
    except Missing as missing:
        raise pytest.UsageError(str(missing)) from None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Hand a journey's record to the report, which travels from a worker to the controller."""
    outcome = yield
    report = outcome.get_result()
    record: JourneyRecord | None = getattr(item, "journey_record", None)
    if record is not None and report.when == "call" and of_suites(item.config):
        report.journey_record = scrubber(item.config).text(record.model_dump_json(by_alias=True))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """The controller alone appends to the record, as each journey ends.

    It ends the run, in one sentence, where something is missing: every further test would lack it too.
    """
    if _controller is None:
        return
    if missing := getattr(report, "missing", None):
        pytest.exit(missing, returncode=pytest.ExitCode.USAGE_ERROR)
    if line := getattr(report, "journey_record", None):
        file.append(_controller.stash[RUN_FOLDER], JourneyRecord.model_validate_json(line))


_controller: pytest.Config | None = None


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Remember who the controller is."""
    global _controller
    _controller = None if hasattr(session.config, "workerinput") else session.config


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """When all have written, clean; only then is the run at its end."""
    try:
        return (yield)
    except KeyboardInterrupt:  # an impatient person's second
        session.exitstatus = pytest.ExitCode.INTERRUPTED
        raise
    finally:
        if not hasattr(session.config, "workerinput"):
            clean = cleaned(session.config)
            if not clean:
                session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
            if (run := session.config.stash.get(_RUN, None)) is not None:
                _end(session.config, run, int(session.exitstatus), publish=clean)


def _end(config: pytest.Config, run: Run, exit_code: int, publish: bool) -> None:
    """Write the end of the run, then let `reports/latest` point at it, and say that it is evidence."""
    folder = config.stash[RUN_FOLDER]
    ended = run.model_copy(update={"ended": datetime.now().astimezone(), "exit_code": exit_code})
    file.write_run(folder, ended)
    if publish and folder.parent == REPORTS / "runs":
        link = REPORTS / f".latest-{os.getpid()}"
        link.symlink_to(folder.relative_to(REPORTS))
        link.replace(REPORTS / "latest")
        config.ended_run = folder  # type: ignore[attr-defined]
