"""Pictures inside a page: marked, masked, and written into it, so that one file is enough."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from reporting.book import Book
from reporting.drawing import drawn
from reporting.sights import Sight


def ordered_sights(book: Book) -> list[Sight]:
    """Every picture of a run, those of steps to be corrected first."""
    steps = [step for guide in book.guides for step in guide.steps]
    steps.sort(key=lambda step: not step.to_correct)
    return [sight for step in steps for move in step.moves for sight in move.sights]


def embedded(folder: Path, sights: Iterable[Sight], at_most: int) -> dict[str, str]:
    """Pictures as addresses that hold them, by the names of their files.

    A picture that is not there, or is none, is left out; the gate and `verify` name it.

    Args:
        folder: the run's.
        sights: in the order of their weight.
        at_most: how many a page may carry.
    """
    images: dict[str, str] = {}
    for sight in sights:
        if len(images) >= at_most:
            break
        content = content_of(folder, sight)
        if content is not None:
            code = base64.b64encode(content).decode("ascii")
            images[sight.picture.file] = f"data:image/jpeg;base64,{code}"
    return images


def content_of(folder: Path, sight: Sight, number: int | None = None) -> bytes | None:
    """A picture as a report shows it, as JPEG; None if it is not there or cannot be read."""
    mark = sight.control.box if sight.control else None
    try:
        return drawn(folder / sight.picture.file, mark, number, masks=sight.picture.personal)
    except OSError:
        return None
