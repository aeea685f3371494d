"""One-time codes: computed, read from a test inbox, or asked of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from visitors.secret import Secret


class NotDelivered(Exception):
    """No code came within the time allowed; whoever sends it is to blame.

    Args:
        message: one sentence.
        seconds: how long was waited.
    """

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unanswered(Exception):
    """A person was asked and did not answer in time; one is needed.

    Args:
        message: one sentence.
        seconds: how long was waited.
    """

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unusable(Exception):
    """The way we get codes is broken or set up wrongly: our trouble, no portal's. One sentence."""


class Clock(Protocol):
    """The time of the portals."""

    def now(self) -> datetime:
        """The present moment, with its zone."""


@dataclass(frozen=True)
class Mark:
    """The moment before a code was asked for; what was there before it is not the answer.

    Attributes:
        newest: id of the newest message then; 0 where there was none or nothing is numbered.
        at: seconds of a steady clock.
    """

    newest: int
    at: float


@dataclass(frozen=True)
class Received:
    """A code.

    Attributes:
        code: the code.
        digits: how many digits it has.
        text: the message it came in, the code blotted out; none where there was no message.
        seconds: from the mark to its arrival.
    """

    code: Secret
    digits: int
    text: str | None
    seconds: float


class CodeSource(Protocol):
    """Where a visitor's one-time codes come from."""

    def request_mark(self) -> Mark:
        """Remember how things are; call it just before the code is asked for.

        Raises:
            Unusable: the source cannot be asked.
        """

    def code(self, after: Mark) -> Received:
        """The code that came after a mark, taken when it is about to be used.

        Raises:
            NotDelivered: none came within the source's limit.
            Unanswered: a person was asked, and did not answer.
            Unusable: the source cannot be asked.
        """
