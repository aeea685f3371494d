"""The control interface of the embedded portals: edition, clock, faults. For tests only."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import httpx

from config.environments import Leaving
from world.missing import Missing
from world.names import Names


class Control:
    """Moves an instance of the embedded portals; every call has taken effect when it returns.

    Args:
        address: of the interface, `https://…`.
        names: how to get there.
        timeout: seconds a call may take.

    Every call raises Missing when the interface does not answer, and ValueError with the
    interface's own sentence when it refuses (an unknown fault, a wrong parameter).
    """

    def __init__(self, address: str, names: Names, timeout: float = 10.0) -> None:
        self._address = address.rstrip("/")
        self._client = names.client(timeout)

    def state(self) -> dict[str, Any]:
        """Edition, clock and faults as they are now."""
        state: dict[str, Any] = self._ask("GET", "/state").json()
        return state

    def faults(self) -> Any:
        """The catalogue of faults: name, what it does, its parameters."""
        return self._ask("GET", "/faults").json()

    def set_edition(self, edition: str) -> None:
        """Show the portals as of another date."""
        self._ask("PUT", "/edition", {"edition": edition})

    def advance_clock(self, seconds: float) -> None:
        """Move the portals' clock forward."""
        self._ask("POST", "/clock", {"advance": seconds})

    def set_fault(self, name: str, **parameters: Any) -> None:
        """Turn one fault on; `host` among the parameters limits it to one name."""
        self._ask("PUT", f"/faults/{name}", parameters)

    def clear_faults(self) -> None:
        """Turn all faults off."""
        self._ask("DELETE", "/faults")

    def take_back(self, what: Leaving, account: str) -> None:
        """Forget what an account has left behind; nothing is no mistake.

        Args:
            what: the kind of thing.
            account: whose.
        """
        self._ask("DELETE", f"/{what}s/{account}", nothing_there=True)

    def reset(self) -> None:
        """Back to the start: faults, clock, locks, codes, sessions, messages, edition."""
        self._ask("POST", "/reset")

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def __enter__(self) -> Control:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(
        self, method: str, path: str, body: object = None, *, nothing_there: bool = False
    ) -> httpx.Response:
        """One call; `nothing_there`: the interface may say that there is nothing of that name."""
        try:
            answer = self._client.request(method, f"{self._address}{path}", json=body)
        except httpx.HTTPError as error:
            raise Missing(
                f"the control interface {self._address} does not answer ({error}); "
                "are the embedded portals still running?"
            ) from None
        absent = nothing_there and answer.status_code == httpx.codes.NOT_FOUND
        if answer.is_error and not absent:
            raise ValueError(f"{method} {path}: {_sentence(answer)}")
        return answer


def _sentence(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return f"HTTP {answer.status_code}"
    if isinstance(body, dict) and body:
        return str(body.get("error") or body.get("detail") or next(iter(body.values())))
    return str(body)
