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

from config.guides import Journey
from record.model import CheckedClaim, JourneyRecord, MoveRecord, Outcome, Picture, StepRecord
from record.outcomes import told
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
STATUS_OF_CLAIM = {"differs": Status.FAILED, "unchecked": Status.SKIPPED}


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
    published: Journey = item.journey_published  # type: ignore[attr-defined]
    words = {step.step: [move.says for move in step.moves] for step in published.steps}
    clock = round(record.started.timestamp() * 1000)
    for step in record.steps:
        clock = _step(step, words.get(step.step, []), folder, logger, clock)


def _step(step: StepRecord, words: list[str], folder: Path, logger: Any, clock: int) -> int:
    """One step of the guide as a step of Allure; returns when it ended, in milliseconds."""
    name = f"{step.step} · {word(told(step))}"
    key = _start(logger, name, clock)
    ended = clock
    for move in step.moves:
        ended = _move(move, _status(step, move), folder, logger, ended)
    for says in words[len(step.moves) :]:  # what was not done has the guide's words all the same
        logger.stop_step(_start(logger, f"“{says}”", ended), stop=ended, status=Status.SKIPPED)
    ended = max(ended, clock + round(step.seconds * 1000))
    message = of_fault(step.fault) if step.fault else step.reason
    details = StatusDetails(message=message) if message else None
    logger.stop_step(key, stop=ended, status=STATUS[step.outcome], statusDetails=details)
    return ended


def _status(step: StepRecord, move: MoveRecord) -> str:
    """A walk ends at the last move of a step that could not be done."""
    if move is step.moves[-1] and STATUS[step.outcome] == Status.BROKEN:
        return str(Status.BROKEN)
    differs = any(claim.verdict == "differs" for claim in move.claims)
    return str(Status.FAILED if differs else Status.PASSED)


def _move(move: MoveRecord, status: str, folder: Path, logger: Any, clock: int) -> int:
    """One move: the guide's words, each claim beneath with what was seen, and the marked picture."""
    key = _start(logger, f"“{move.says}”", clock)
    ended = clock + round(move.seconds * 1000)
    for claim in move.claims:
        inner = _start(logger, _claim(claim), ended)
        of_claim = STATUS_OF_CLAIM.get(claim.verdict, Status.PASSED)
        logger.stop_step(inner, stop=ended, status=of_claim)
    for picture in move.pictures:
        _attach(picture, folder / picture.file)
    logger.stop_step(key, stop=ended, status=status)
    return ended


def _claim(claim: CheckedClaim) -> str:
    """Claimed and seen in one line; a screen that nobody announced was not claimed."""
    claimed = f"“{claim.claimed}” → " if claim.claimed else ""
    seen = f"“{claim.seen}”" if claim.seen is not None else "–"
    return f"{word(claim.verdict)} · {word(claim.kind)}: {claimed}{seen}"


def _attach(picture: Picture, path: Path) -> None:
    if path.is_file():
        mark = picture.control.box if picture.control else None
        content = drawn(path, mark, masks=picture.personal)
        about = (word(picture.seat), picture.unannounced, picture.address)
        name = " · ".join(part for part in about if part)
        allure.attach(content, name=name, attachment_type=allure.attachment_type.JPG)


def _start(logger: Any, name: str, clock: int) -> str:
    key = str(uuid.uuid4())
    logger.start_step(None, key, TestStepResult(name=name, start=clock))
    return key
