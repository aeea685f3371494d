"""The plugin's native windows: which are open, and what the person does in them."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from staging.token_agent.tokens import TokenCertificate

Kind = Literal["certificate", "pin"]


@dataclass
class Window:
    id: str
    kind: Kind
    origin: str  # the host of the page that asked, as the browser says it
    choices: list[TokenCertificate]
    _answer: "asyncio.Future[str | None]" = field(repr=False)

    async def answered(self) -> str | None:
        """What was chosen or entered; nothing when it was cancelled or closed."""
        return await self._answer

    def answer(self, entered: str | None) -> None:
        """From whatever loop the answer comes."""

        def give() -> None:
            if not self._answer.done():
                self._answer.set_result(entered)

        self._answer.get_loop().call_soon_threadsafe(give)


class Windows:
    def __init__(self) -> None:
        self._open: dict[str, Window] = {}

    def __iter__(self) -> Iterator[Window]:
        return iter(list(self._open.values()))

    def get(self, id: str) -> Window | None:
        return self._open.get(id)

    @contextmanager
    def show(self, kind: Kind, origin: str, choices: list[TokenCertificate]) -> Iterator[Window]:
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        window = Window(secrets.token_hex(8), kind, origin, choices, answer)
        self._open[window.id] = window
        try:
            yield window
        finally:
            self._open.pop(window.id, None)

    def close(self, window: Window, entered: str | None) -> None:
        self._open.pop(window.id, None)
        window.answer(entered)

    def close_all(self) -> None:
        for window in self:
            self.close(window, None)
