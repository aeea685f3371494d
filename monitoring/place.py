"""Where the monitor watches: an environment made concrete by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from config.environments import Environment
from config.monitor import Monitor
from monitoring.planning import Watched
from world.names import Names


@dataclass(frozen=True)
class Place:
    """An environment made concrete.

    Attributes:
        environment: its configuration.
        names: what host names mean there, for probes.
        plan: what is watched.
        embedded: address of the embedded portals that runs attach to; none elsewhere.
        simulated: whether this proves nothing about the real portals.
    """

    environment: Environment
    names: Names
    plan: Sequence[Watched]
    embedded: str | None
    simulated: bool


GiveBack = Callable[[Monitor, str], bool]
"""Take a test account off the list of those put aside that the suites keep; whether it was on it."""

OpenPlace = Callable[[Monitor, str | None], AbstractContextManager[Place]]
