"""The record's files: `record.jsonl`, synced a line a journey, and `run.json`, plan first and end last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from record.model import JourneyRecord, Run

RECORD = "record.jsonl"
RUN = "run.json"


def append(folder: Path, journey: JourneyRecord) -> None:
    """Write one journey and sync it: what was reported stays, whatever happens next.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    line = journey.model_dump_json(by_alias=True) + "\n"
    with (folder / RECORD).open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def journeys(folder: Path) -> Iterator[JourneyRecord]:
    """The journeys of a run in the order they ended; a line cut short by a crash is left out."""
    path = folder / RECORD
    if not path.is_file():
        return
    with path.open("rb") as file:  # bytes: the cut may lie in the middle of a letter
        for line in file:
            if line.endswith(b"\n"):
                yield JourneyRecord.model_validate_json(line)


def write_run(folder: Path, run: Run) -> None:
    """Write `run.json` whole, then move it into place, so that it is never seen half written."""
    draft = folder / f"{RUN}.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(run.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / RUN)


def read_run(folder: Path) -> Run:
    """The run of a folder.

    Raises:
        FileNotFoundError: the folder holds no run.
    """
    return Run.model_validate_json((folder / RUN).read_text(encoding="utf-8"))
