"""What Allure remembers of earlier runs, kept by the runs' own times rather than when it was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reporting.locking import locked
from reporting.manifest import write_whole
from reporting.runs import KeptRun

LIMIT = 60


class AllureHistory:
    """The history of one place of publication.

    Args:
        path: the file; a line a run, each with the run's start and what Allure wrote of it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def write_before(self, kept: KeptRun, target: Path) -> None:
        """Write what Allure is to know when it makes a run: the runs before it, and only those."""
        entries = [entry for entry in self._entries() if entry["started"] < _started(kept)]
        lines = [json.dumps(entry["allure"], ensure_ascii=False) + "\n" for entry in entries]
        target.write_text("".join(lines), encoding="utf-8")

    def take_up(self, kept: KeptRun, made: Path) -> None:
        """Take up what Allure has added of a run; made twice, a run does not stand there twice."""
        lines = made.read_text(encoding="utf-8").splitlines()
        if not lines:
            return
        added = {"started": _started(kept), "allure": json.loads(lines[-1])}
        with locked(self._path.with_name(f".{self._path.name}.lock")):
            entries = [entry for entry in self._entries() if entry["started"] != added["started"]]
            entries.append(added)
            entries.sort(key=lambda entry: str(entry["started"]))
            text = [json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries[-LIMIT:]]
            draft = self._path.with_name(f".{self._path.name}.draft")
            write_whole(self._path, "".join(text).encode(), draft)

    def _entries(self) -> list[dict[str, Any]]:
        if not self._path.is_file():
            return []
        return [json.loads(line) for line in self._path.read_text(encoding="utf-8").splitlines()]


def _started(kept: KeptRun) -> str:
    return kept.run.started.isoformat()
