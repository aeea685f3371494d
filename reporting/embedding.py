"""Pictures inside a page: marked, masked, and written into it, so that one file is enough."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from record.model import Picture
from reporting.book import Book
from reporting.drawing import drawn


def ordered_pictures(book: Book) -> list[Picture]:
    """Every picture of a run, those of steps to be corrected first."""
    steps = [step for guide in book.guides for step in guide.steps]
    steps.sort(key=lambda step: not step.to_correct)
    return [one for step in steps for move in step.moves for one in move.move.pictures]


def embedded(folder: Path, pictures: Iterable[Picture], at_most: int) -> dict[str, str]:
    """Pictures as addresses that hold them, by the names of their files.

    A picture that is not there, or is none, is left out; the gate and `verify` name it.

    Args:
        folder: the run's.
        pictures: in the order of their weight.
        at_most: how many a page may carry.
    """
    images: dict[str, str] = {}
    for picture in pictures:
        if len(images) >= at_most:
            break
        content = content_of(folder, picture)
        if content is not None:
            code = base64.b64encode(content).decode("ascii")
            images[picture.file] = f"data:image/jpeg;base64,{code}"
    return images


def content_of(folder: Path, picture: Picture, number: int | None = None) -> bytes | None:
    """A picture as a report shows it, as JPEG; None if it is not there or cannot be read."""
    mark = picture.control.box if picture.control else None
    try:
        return drawn(folder / picture.file, mark, number, masks=picture.personal)
    except OSError:
        return None
