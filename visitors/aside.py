"""Accounts put aside: credentials that were refused are never tried again until a person has looked."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path


class PutAside:
    """The list of accounts put aside, one file a machine.

    Args:
        path: the file; a person takes a line out of it after having looked.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, environment: str, role: str, why: str, now: datetime) -> None:
        """Put an account aside; it is named by its role, never by its number."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = {
            "environment": environment,
            "visitor": role,
            "why": why,
            "since": now.isoformat(timespec="seconds"),
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def reason(self, environment: str, role: str) -> str | None:
        """Why an account is aside, with the remedy; None where it is not."""
        if not self.path.is_file():
            return None
        for text in self.path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if (line["environment"], line["visitor"]) == (environment, role):
                return (
                    f"visitor “{role}” of “{environment}” was refused on {line['since']} "
                    f"({line['why']}); look at the account, then take its line out of {self.path}"
                )
        return None
