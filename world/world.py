"""An environment made concrete: names, authority, clock, browser, embedded portals if meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.environments import Environment, Leaving
from world.chromium import launch_arguments
from world.clock import Clock
from world.control import Control
from world.embedded import Embedded, attach, start
from world.missing import Missing
from world.names import Names, split
from world.probe import Probe, probe
from world.trust import home_trusting

DEFAULT_EDITION = "published"


@dataclass(frozen=True)
class World:
    """Where a run takes place.

    Attributes:
        environment: its configuration.
        names: what its names mean, and whom to trust.
        edition: of the embedded portals; none elsewhere.
        simulated: whether this proves nothing about the real portals.
        clock: what the portals call now.
        control: of our own embedded portals; none where tests may move nothing, as at attached ones,
            where others are: workers, a person, the monitor.
        home: the browser's `HOME`; none: the person's.
        address: where others can attach to the same embedded portals; none elsewhere.
        take_back: makes the portals forget what one account has left behind (`Control.take_back`);
            none elsewhere.
    """

    environment: Environment
    names: Names
    edition: str | None
    simulated: bool
    clock: Clock
    control: Control | None
    home: Path | None
    address: str | None = None
    take_back: Callable[[Leaving, str], None] | None = None

    def launch(self, headed: bool) -> dict[str, Any]:
        """Keyword arguments for Playwright's `browser_type.launch`.

        Raises:
            Missing: there is no browser, or no screen for its window.
        """
        return launch_arguments(self.names, self.home, headed)

    def probe(self, url: str, timeout: float = 5.0) -> Probe:
        """Ask a host whether it answers, without a browser; at most `timeout` seconds."""
        return probe(self.names, url, timeout, self.environment.user_agent)


@contextmanager
def open_world(
    environment: Environment,
    edition: str | None,
    embedded: str | None,
    folder: Path,
    tell: Callable[[str], None] | None = None,
) -> Iterator[World]:
    """Open an environment's world, and leave nothing of it behind.

    Args:
        environment: which one.
        edition: of the embedded portals; none: `published`, or what the attached ones show.
        embedded: address of running embedded portals to attach to; none: start some.
        folder: a run's own; the browser's `HOME` is made in there.
        tell: where progress goes, a sentence at a time.

    Raises:
        Missing: what it needs is not there, or edition and embedded portals do not go with it.
    """
    if environment.network != "embedded":
        for option, value in (("--edition", edition), ("--embedded", embedded)):
            if value is not None:
                raise Missing(
                    f"{option} goes only with embedded portals, and the environment "
                    f"“{environment.environment}” has none; leave it out"
                )
        names = _names(environment)
        yield World(
            environment=environment,
            names=names,
            edition=None,
            simulated=environment.simulated,
            clock=Clock(),
            control=None,
            home=_home(names, folder),
        )
        return
    opening = attach(embedded) if embedded else start(edition or DEFAULT_EDITION, tell)
    with opening as running:
        if edition is not None and running.edition != edition:
            raise Missing(
                f"the embedded portals at {running.address} show edition {running.edition}, "
                f"not {edition}; start them with `python -m staging --edition {edition}`"
            )
        yield World(
            environment=environment,
            names=running.names,
            edition=running.edition,
            simulated=True,
            clock=_clock(running),
            control=None if embedded else running.control,
            home=_home(running.names, folder),
            address=running.address,
            take_back=running.control.take_back if running.control else None,
        )


def _clock(running: Embedded) -> Clock:
    control = running.control
    return Clock(lambda: float(control.state()["clock_offset"])) if control else Clock()


def _home(names: Names, folder: Path) -> Path | None:
    return home_trusting(names.ca_pem, folder) if names.ca_pem else None


def _names(environment: Environment) -> Names:
    if environment.network == "public":
        return Names(public=True)
    if not environment.names.map:
        raise Missing(
            f"{environment.place('names')}: the network is “mapped” and no name is mapped; "
            "add `map:` with a line `name: address:port` for each portal"
        )
    for name, address in environment.names.map.items():
        try:
            split(address)
        except ValueError:
            raise Missing(
                f"{environment.place('names', 'map', name)}: “{address}” is no address; "
                "write address:port"
            ) from None
    mapped = {name.lower(): address for name, address in environment.names.map.items()}
    return Names(map=mapped, ca_pem=_authority(environment))


def _authority(environment: Environment) -> str | None:
    if environment.names.ca is None:
        return None
    path = Path(environment.names.ca).expanduser()
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a PEM file"
        raise Missing(
            f"{environment.place('names', 'ca')}: the authority's file {path.absolute()} cannot be "
            f"read ({reason}); give the path of a PEM file"
        ) from None
