"""How a run is carried out: one small interface, so that it can be carried out elsewhere later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from record.model import JourneyRecord

Report = Callable[[JourneyRecord], bool]
"""Takes a journey's record as it ends; says whether to go on."""


@dataclass(frozen=True)
class Order:
    """What is to be walked, one after the other.

    Attributes:
        journeys: “guide/journey”, in order.
        folder: of its own, for the record and the evidence; it is there.
        silence: seconds without a result after which the browser is taken to hang.
        deadline: seconds that all may take.
    """

    journeys: tuple[str, ...]
    folder: Path
    silence: float
    deadline: float


@dataclass(frozen=True)
class Ending:
    """How it ended.

    Attributes:
        code: pytest's exit code; none: it was ended.
        hung: it was ended because nothing came.
        walking: which journey was being walked then; none: none was, or nobody can tell.
        stopped: it was ended because the report, or whoever stops the monitor, said so.
        kind: why no more came of it, one of monitoring.words.OURS.
        said: its last words, one line; of silence, how many seconds it lasted.
    """

    code: int | None
    hung: bool = False
    walking: str | None = None
    stopped: bool = False
    kind: str = "ended"
    said: str = ""


class Carrier(Protocol):
    """Somebody who walks journeys."""

    def carry_out(self, order: Order, report: Report) -> Ending:
        """Walk, and report each journey as it ends. Nothing of it is left when this returns."""

    def stop(self) -> None:
        """End whatever is being carried out, now."""

    def clear(self, folder: Path) -> None:
        """End what an earlier monitor left running for a folder."""
