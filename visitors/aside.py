"""Accounts put aside: credentials that were refused are never tried again until a person has looked."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from config.strict import PROJECT

ASIDE = PROJECT / "reports" / "accounts-put-aside.jsonl"


@dataclass(frozen=True)
class Aside:
    """Why an account was put aside: the kind of the fault, and since when (ISO 8601)."""

    why: str
    since: str


class PutAside:
    """The list of accounts put aside, one file a machine: what was last said of an account holds.

    Args:
        path: the file. Nothing is ever taken out of it, so that no crash frees an account.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, environment: str, role: str, why: str, now: datetime) -> None:
        """Put an account aside; it is named by its role, never by its number."""
        self._say(environment, role, why=why, since=now.isoformat(timespec="seconds"))

    def give_back(self, environment: str, role: str, now: datetime) -> bool:
        """A person has looked: the account may be used again. Whether it was aside."""
        if self.found(environment, role) is None:
            return False
        self._say(environment, role, given_back=now.isoformat(timespec="seconds"))
        return True

    def found(self, environment: str, role: str) -> Aside | None:
        """Why an account is aside; None where it is not."""
        if not self.path.is_file():
            return None
        said: dict[str, Any] = {}
        for text in self.path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if (line["environment"], line["visitor"]) == (environment, role):
                said = line
        return Aside(said["why"], said["since"]) if "why" in said else None

    def _say(self, environment: str, role: str, **what: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = {"environment": environment, "visitor": role, **what}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
