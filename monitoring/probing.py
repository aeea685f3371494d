"""Before the browser: a cheap probe of every host, and whether our own network works at all."""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import delete

from config.monitor import Probing
from monitoring import tables
from monitoring.store import Store
from world.names import Names, split
from world.probe import Probe, probe

OWN_TIMEOUT = 2.0  # seconds for each independent host
AT_ONCE = 8


class Prober:
    """Asks hosts without a browser.

    Args:
        names: what host names mean in the environment.
        probing: time limit and the independent hosts.
        user_agent: who we say we are.
    """

    def __init__(self, names: Names, probing: Probing, user_agent: str | None) -> None:
        self._names = names
        self._probing = probing
        self._user_agent = user_agent

    def ask(self, hosts: Iterable[str]) -> dict[str, Probe]:
        """Probe hosts side by side; nothing is raised for one that does not answer."""
        wanted = sorted(set(hosts))
        with ThreadPoolExecutor(AT_ONCE, "probe") as pool:
            found = pool.map(self._one, wanted)
            return dict(zip(wanted, found, strict=True))

    def own_network(self) -> tuple[bool, str]:
        """Whether our own network works, and if not, what was tried.

        It does when one of the independent hosts accepts a connection. Without any in the
        configuration it cannot be told, and is taken to work.
        """
        return own_network(self._probing.own_network)

    def _one(self, host: str) -> Probe:
        return probe(self._names, f"https://{host}/", self._probing.timeout, self._user_agent)


def own_network(hosts: Sequence[str]) -> tuple[bool, str]:
    """See Prober.own_network."""
    if not hosts:
        return True, ""
    with ThreadPoolExecutor(len(hosts), "network") as pool:
        reasons = list(pool.map(_refusal, hosts))
    if None in reasons:
        return True, ""
    tried = zip(hosts, reasons, strict=True)
    return False, "; ".join(f"{host}: {reason}" for host, reason in tried)


def _refusal(host: str) -> str | None:
    try:
        socket.create_connection(split(host), OWN_TIMEOUT).close()
    except OSError as error:
        return error.strerror or str(error)
    return None


def forget_all_but(store: Store, hosts: Collection[str]) -> None:
    """Forget the probes of hosts that are no longer watched: nobody will look at them again.

    Raises:
        NoStore: the store cannot be used.
    """
    with store.turn() as (connection, _):
        connection.execute(delete(tables.probes).where(tables.probes.c.host.not_in(hosts)))


def keep(store: Store, found: dict[str, Probe], at: float) -> None:
    """Keep the latest probe of each host.

    Raises:
        NoStore: the store cannot be used.
    """
    with store.turn() as (connection, _):
        for host, one in found.items():
            ends = one.certificate_expires
            values = {
                "at": at, "kind": one.kind, "message": one.message, "seconds": one.seconds,
                "status": one.status, "expires": ends.timestamp() if ends else None,
            }  # fmt: skip
            store.put(connection, tables.probes, {"host": host}, values)
