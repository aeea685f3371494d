"""The guard: what a device must not do. It sits in the device, so pages cannot get past it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol
from urllib.parse import urlsplit

from config.environments import Environment
from pages.errors import Blocked
from record.model import OF_THE_ACCOUNT
from record.words import clause, word


class Budget(Protocol):
    """How often hosts may be visited."""

    def spend(self, host: str) -> bool:
        """Take one visit to a host; says no when its budget is spent."""

    def has_room(self, host: str) -> bool:
        """Whether a host may be visited once more."""


class Guard:
    """Keeps an environment's bounds.

    Args:
        environment: whose bounds.
        budget: of visits; none: there is no limit.
        aside: why the visitor's account must not be used; none: it may.
        put_aside: sees to it that a refused account is used no more, by anybody.
    """

    def __init__(
        self,
        environment: Environment,
        budget: Budget | None = None,
        aside: str | None = None,
        put_aside: Callable[[str], None] | None = None,
    ) -> None:
        self.environment = environment
        self.budget = budget
        self._aside = aside
        self._put_aside = put_aside

    @property
    def read_only(self) -> bool:
        """Whether only safe requests may be sent."""
        return self.environment.bounds.methods == "read-only"

    def may_type(self, kind: str, address: str) -> str:
        """Whether a secret may be typed into a page at an address.

        Returns:
            The page's origin.

        Raises:
            Blocked: the environment does not name this origin for this kind of secret, or the
                account has been put aside.
        """
        if self._aside is not None:
            raise Blocked("account put aside", self._aside)
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        origins = {str(key): value for key, value in self.environment.secret_origins.items()}
        allowed = origins.get(kind, ())
        if not self.environment.bounds.credentials or origin not in allowed:
            what, name = word(f"typed {kind}"), self.environment.environment
            message = clause("entry not allowed", what=what, origin=origin, environment=name)
            raise Blocked("guard", message, host=parts.hostname)
        return origin

    def may_set_out(self, address: str, hosts: Iterable[str]) -> None:
        """Whether an address may be opened that can lead to some hosts.

        Raises:
            Blocked: the budget of one of them is spent for this hour.
        """
        for host in hosts:
            if self.budget is not None and not self.budget.has_room(host):
                raise _spent(host)
        self.may_visit(urlsplit(address).hostname or "")

    def may_visit(self, host: str) -> None:
        """Take one visit from a host's budget.

        Raises:
            Blocked: the budget of this hour is spent.
        """
        if self.budget is not None and not self.budget.spend(host):
            raise _spent(host)

    def refused(self, kind: str) -> None:
        """A portal has said no: an account that was refused must not be tried again by a machine."""
        if kind in OF_THE_ACCOUNT and self._put_aside is not None:
            self._put_aside(kind)
            self._aside = kind


def _spent(host: str) -> Blocked:
    return Blocked("guard", clause("budget spent", host=host), host=host)
