"""Codes that a person types at the terminal, from a real phone."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from pathlib import Path

from visitors.codes import Mark, Received, Unanswered, Unusable
from visitors.secret import Secrets

TERMINAL = Path("/dev/tty")  # not standard input: pytest and make hold that


class Ask:
    """Asks for the code of one visitor.

    Args:
        question: what the person is asked, without the time limit.
        secrets: remembers the codes.
        within: seconds the person has.
        terminal: where.
        monotonic: a steady clock, in seconds.
    """

    def __init__(
        self,
        question: str,
        secrets: Secrets,
        within: float = 120.0,
        terminal: Path = TERMINAL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._question = question
        self._secrets = secrets
        self._within = within
        self._terminal = terminal
        self._monotonic = monotonic

    def request_mark(self) -> Mark:
        """A person sees by themselves which message is the newest."""
        return Mark(0, self._monotonic())

    def code(self, after: Mark) -> Received:
        """What the person types; what is not digits is asked for again.

        Raises:
            Unanswered: nothing was typed in time.
            Unusable: there is no terminal, or it was closed.
        """
        try:
            terminal = os.open(self._terminal, os.O_RDWR | os.O_NOCTTY)
        except OSError:
            raise Unusable(
                "a code is to be asked of a person and there is no terminal; run this in one, "
                "or give the account another source of codes"
            ) from None
        try:
            typed = self._ask(terminal)
        finally:
            os.close(terminal)
        seconds = max(0.0, self._monotonic() - after.at)
        return Received(self._secrets.new("code", typed), len(typed), None, seconds)

    def _ask(self, terminal: int) -> str:
        deadline = self._monotonic() + self._within
        while True:
            os.write(terminal, f"\n{self._question} ({self._within:g} s): ".encode())
            readable, _, _ = select.select(
                [terminal], [], [], max(0.0, deadline - self._monotonic())
            )
            if not readable:
                words = f"nobody typed a code within {self._within:g} seconds"
                raise Unanswered(words, self._within)
            line = os.read(terminal, 1024)
            if not line:
                raise Unusable("the terminal was closed while a code was asked for; run it again")
            typed = "".join(line.decode(errors="replace").split())
            if typed.isascii() and typed.isdigit():
                return typed
