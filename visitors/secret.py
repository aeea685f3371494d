"""What must never be seen: a type of its own, and a bag that remembers every one of a run."""

from __future__ import annotations

import hmac
from typing import NoReturn


class Secret:
    """A value that is shown nowhere by accident: not by print, log, traceback or assertion.

    Two are equal when their values are, whatever their kind.

    Args:
        kind: what it is: account, password, code, passcode, pin, payload, token, cookie …
        value: the thing itself.

    Raises:
        ValueError: the value is empty; a scrubber looking for it would find it everywhere.
    """

    __slots__ = ("__value", "kind")

    def __init__(self, kind: str, value: str) -> None:
        if not value:
            raise ValueError(f"the {kind} is empty; give it a value")
        self.kind = kind
        self.__value = value

    def reveal(self) -> str:
        """The value; ask for it only where it is typed or sent."""
        return self.__value

    def __repr__(self) -> str:
        return f"<{self.kind}, not shown>"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.__value.encode(), other.__value.encode())

    def __hash__(self) -> int:
        return hash(self.__value)

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{self!r} stays in this process; it cannot be pickled or copied elsewhere")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _seen: object) -> Secret:
        return self


class Secrets:
    """Every secret of a run, so that what is written can be cleaned of all of them.

    Configured ones are put in at the start, codes and payloads as they come.
    """

    def __init__(self) -> None:
        self._kept: set[Secret] = set()

    def keep(self, secret: Secret) -> Secret:
        """Remember a secret, and hand it back."""
        self._kept.add(secret)
        return secret

    def new(self, kind: str, value: str) -> Secret:
        """Make a secret of a value, and remember it."""
        return self.keep(Secret(kind, value))

    def values(self) -> frozenset[str]:
        """All values, for a scrubber."""
        return frozenset(secret.reveal() for secret in self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"<{len(self._kept)} secrets, not shown>"
