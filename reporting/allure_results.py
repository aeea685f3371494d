"""Allure results of a journey: its steps in the guide's own words, drawn from the record.

A pytest plugin. allure-pytest writes a test's arguments and steps' parameters in clear, so nothing
is given to it but what the record holds, and that never holds a secret.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import allure
import pytest
from allure_commons.model2 import Status, StatusDetails, TestStepResult

from record.model import JourneyRecord, MoveRecord, Outcome, StepRecord
from record.words import of_fault, word
from reporting.drawing import drawn

# Allure knows four states; the outcome itself is told by the step's name and the test's label.
STATUS: dict[Outcome, str] = {
    "matches": Status.PASSED,
    "accepted": Status.PASSED,
    "drifted": Status.FAILED,
    "failed": Status.BROKEN,
    "blocked": Status.BROKEN,
    "internal": Status.BROKEN,
    "not_reached": Status.SKIPPED,
    "not_checked": Status.SKIPPED,
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Write a journey's steps while its test is still open, whether it passed or not."""
    try:
        return (yield)
    finally:
        record: JourneyRecord | None = getattr(item, "journey_record", None)
        listener = item.config.pluginmanager.getplugin("allure_listener")
        if record is not None and listener is not None:
            _write(record, listener.allure_logger, item)


def _write(record: JourneyRecord, logger: Any, item: pytest.Item) -> None:
    simulated = f" ({word('simulated portal')})" if record.simulated else ""
    allure.dynamic.epic(f"{record.portal}{simulated}")
    allure.dynamic.feature(record.guide)
    allure.dynamic.story(record.title)
    allure.dynamic.title(f"{record.guide} · {record.title}")
    allure.dynamic.tag(word(record.outcome))
    allure.dynamic.label("outcome", record.outcome)
    folder: Path = item.run_folder  # type: ignore[attr-defined]
    clock = round(record.started.timestamp() * 1000)
    for step in record.steps:
        clock = _step(step, folder, logger, clock)


def _step(step: StepRecord, folder: Path, logger: Any, clock: int) -> int:
    """One step of the guide as a step of Allure; returns when it ended, in milliseconds."""
    name = f"{step.step} · {word(step.outcome)}"
    key = _start(logger, name, clock)
    ended = clock
    for move in step.moves:
        ended = _move(move, folder, logger, ended)
    ended = max(ended, clock + round(step.seconds * 1000))
    message = of_fault(step.fault) if step.fault else step.reason
    details = StatusDetails(message=message) if message else None
    logger.stop_step(key, stop=ended, status=STATUS[step.outcome], statusDetails=details)
    return ended


def _move(move: MoveRecord, folder: Path, logger: Any, clock: int) -> int:
    """One move: the guide's words, each claim beneath with what was seen, and the marked picture."""
    key = _start(logger, f"“{move.says}”", clock)
    ended = clock + round(move.seconds * 1000)
    for claim in move.claims:
        seen = claim.seen if claim.seen is not None else "–"
        words = f"{word(claim.verdict)} · {word(claim.kind)}: “{claim.claimed}” → “{seen}”"
        inner = _start(logger, words, ended)
        status = Status.FAILED if claim.verdict == "differs" else Status.PASSED
        logger.stop_step(inner, stop=ended, status=status)
    for picture in move.pictures:
        _attach(move, folder / picture.file, picture.seat)
    differs = any(claim.verdict == "differs" for claim in move.claims)
    logger.stop_step(key, stop=ended, status=Status.FAILED if differs else Status.PASSED)
    return ended


def _attach(move: MoveRecord, path: Path, seat: str) -> None:
    if path.is_file():
        mark = move.control.box if move.control else None
        masks = [box for picture in move.pictures for box in picture.personal]
        content = drawn(path, mark, masks=masks)
        allure.attach(content, name=word(seat), attachment_type=allure.attachment_type.JPG)


def _start(logger: Any, name: str, clock: int) -> str:
    key = str(uuid.uuid4())
    logger.start_step(None, key, TestStepResult(name=name, start=clock))
    return key
