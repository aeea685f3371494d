"""The record of a run that goes on: each journey once, as soon as its line is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from record.file import RECORD
from record.model import JourneyRecord


class Reader:
    """Reads on where it stopped.

    Args:
        folder: of the run; the record need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        self._read = 0

    def new(self) -> Iterator[JourneyRecord]:
        """The journeys that were added; a line that a full disk cut short is passed over."""
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                self._read += len(line)
                try:
                    yield JourneyRecord.model_validate_json(line)
                except ValidationError:
                    continue  # its journey was planned and is not seen: our own fault, told as such
