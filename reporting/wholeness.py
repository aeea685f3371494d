"""Whether a run is whole: its record, its steps, its pictures, its Allure results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from config.guides import Guide
from record.file import RECORD
from record.model import JourneyRecord
from record.words import word
from reporting.phrases import phrase

UNWALKED = ("not_reached", "not_checked")


def broken_lines(folder: Path, language: str) -> Iterator[str]:
    """Lines of the record that cannot be read, a last one cut short among them."""
    path = folder / RECORD
    if not path.is_file():
        yield phrase("record missing", language, file=RECORD)
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                JourneyRecord.model_validate_json(line)
            except ValidationError:
                yield phrase("line unreadable", language, place=f"{RECORD}:{number}")
                continue
            if not line.endswith(b"\n"):
                yield phrase("line cut short", language, place=f"{RECORD}:{number}")


def steps_amiss(
    journeys: Iterable[JourneyRecord], guides: dict[str, Guide], language: str
) -> Iterator[str]:
    """Journeys whose record does not have the guide's steps, in the guide's order."""
    for journey in journeys:
        guide = guides.get(journey.guide)
        published = next(
            (one for one in (guide.journeys if guide else ()) if one.journey == journey.journey),
            None,
        )
        name = f"{journey.guide}/{journey.journey}"
        if published is None:
            yield phrase("journey unpublished", language, journey=name)
        elif [step.step for step in published.steps] != [step.step for step in journey.steps]:
            yield phrase("steps amiss", language, journey=name)


def gaps(journeys: Iterable[JourneyRecord], language: str) -> Iterator[str]:
    """Steps that were not walked, or not only as the guide has them, without a reason."""
    for journey in journeys:
        for step in journey.steps:
            if step.outcome in UNWALKED and not step.reason:
                name, outcome = f"{journey.guide}/{journey.journey}", word(step.outcome, language)
                values = {"journey": name, "step": step.step, "outcome": outcome}
                yield phrase("outcome without reason", language, **values)


def missing_pictures(folder: Path, journeys: Iterable[JourneyRecord]) -> tuple[int, list[str]]:
    """How many pictures the record names, and which of them are not there or are none."""
    named = [
        picture.file
        for journey in journeys
        for step in journey.steps
        for move in step.moves
        for picture in move.pictures
    ]
    return len(named), [name for name in named if not _is_picture(folder / name)]


def results_in_allure(folder: Path) -> int:
    """How many journeys Allure has results of; several attempts at one are one.

    Other tests may have left results beside them; a journey's carries its outcome as a label.
    """
    histories: set[str] = set()
    for path in (folder / "allure-results").glob("*-result.json"):
        try:
            result = json.loads(path.read_bytes())
        except ValueError:
            continue
        if any(label.get("name") == "outcome" for label in result.get("labels", ())):
            histories.add(str(result.get("historyId") or path.name))
    return len(histories)


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(3)
    except OSError:
        return False
    return start == b"\xff\xd8\xff" or start == b"\x89PN"
