"""The guard: what a device must not do. It sits in the device, so pages cannot get past it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from config.environments import Environment
from pages.errors import Blocked


class Guard:
    """Keeps an environment's bounds.

    Args:
        environment: whose bounds.
        spend_visit: takes one visit to a host from its budget; says no when it is spent.
        put_aside: why the visitor's account must not be used; none: it may.
    """

    def __init__(
        self,
        environment: Environment,
        spend_visit: Callable[[str], bool] | None = None,
        put_aside: str | None = None,
    ) -> None:
        self.environment = environment
        self._spend_visit = spend_visit
        self._put_aside = put_aside

    @property
    def read_only(self) -> bool:
        """Whether only safe requests may be sent."""
        return self.environment.bounds.methods == "read-only"

    def may_type(self, kind: str, address: str) -> None:
        """Whether a secret may be typed into a page at an address.

        Raises:
            Blocked: the environment does not name this origin for this kind of secret, or the
                account has been put aside.
        """
        if self._put_aside is not None:
            raise Blocked("account put aside", self._put_aside)
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        origins = {str(key): value for key, value in self.environment.secret_origins.items()}
        allowed = origins.get(kind, ())
        if not self.environment.bounds.credentials or origin not in allowed:
            raise Blocked(
                "guard",
                f"a {kind} was asked for at {origin}, where environment "
                f"“{self.environment.environment}” does not allow one; nothing was typed",
                host=parts.hostname,
            )

    def may_visit(self, address: str) -> None:
        """Whether the host's budget of visits allows one more.

        Raises:
            Blocked: the budget of this hour is spent.
        """
        host = urlsplit(address).hostname or ""
        if self._spend_visit is not None and not self._spend_visit(host):
            raise Blocked("guard", f"the budget of visits to {host} is spent for this hour")
