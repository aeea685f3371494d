"""Whether a run is whole: its record, its steps, its pictures, its Allure results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from config.guides import Guide
from record.file import RECORD
from record.model import JourneyRecord

UNWALKED = ("not_reached", "not_checked")


def broken_lines(folder: Path) -> Iterator[str]:
    """Lines of the record that cannot be read, a last one cut short among them."""
    path = folder / RECORD
    if not path.is_file():
        yield f"{RECORD} is missing"
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                JourneyRecord.model_validate_json(line)
            except ValidationError:
                yield f"{RECORD}:{number}: cannot be read"
                continue
            if not line.endswith(b"\n"):
                yield f"{RECORD}:{number}: is cut short"


def steps_amiss(journeys: Iterable[JourneyRecord], guides: dict[str, Guide]) -> Iterator[str]:
    """Journeys whose record does not have the guide's steps, in the guide's order."""
    for journey in journeys:
        guide = guides.get(journey.guide)
        published = next(
            (one for one in (guide.journeys if guide else ()) if one.journey == journey.journey),
            None,
        )
        if published is None:
            yield f"{journey.guide}/{journey.journey}: no such journey is published"
        elif [step.step for step in published.steps] != [step.step for step in journey.steps]:
            yield f"{journey.guide}/{journey.journey}: its steps are not the guide's"


def gaps(journeys: Iterable[JourneyRecord]) -> Iterator[str]:
    """Steps that were not walked, or not only as the guide has them, without a reason."""
    for journey in journeys:
        for step in journey.steps:
            if step.outcome in UNWALKED and not step.reason:
                yield f"{journey.guide}/{journey.journey}, {step.step}: {step.outcome}, no reason"


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
