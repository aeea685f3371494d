"""Differences that people have looked at and accept for a time; shown as accepted, never as holding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from config.strict import CONFIG, File, Strict, load


class Acceptance(Strict):
    """One accepted difference. It comes back when it expires or when what is seen changes."""

    guide: str
    journey: str | None = Field(default=None, description="none: every journey of the guide")
    step: str
    kind: str
    claimed: str
    seen: str
    who: str
    why: str
    until: date


class Accepted(File):
    """All accepted differences."""

    accepted: tuple[Acceptance, ...] = ()


def accepted(path: Path = CONFIG / "accepted.yaml") -> Accepted:
    """The accepted differences.

    Raises:
        Mistake: the file is wrong.
    """
    return load(path, Accepted)
