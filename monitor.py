"""Guidewatch's monitor: `python monitor.py --help`. Wiring: the one place that joins it to a world."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config.environments import environment
from config.guides import Guide, Journey, guides
from config.monitor import Monitor
from config.portals import atlases
from config.strict import Mistake
from journeys.binding import Plan, bind
from monitoring.checks import account_id
from monitoring.commands import main
from monitoring.place import Place
from monitoring.planning import watched
from visitors.aside import ASIDE, PutAside
from world.missing import Missing
from world.world import open_world


@contextmanager
def open_place(config: Monitor, embedded: str | None) -> Iterator[Place]:
    """The environment that the monitor watches, made concrete.

    Args:
        config: names the environment.
        embedded: address of running embedded portals; none: start some, where they are meant.

    Raises:
        Mistake: configuration is wrong, or something that is needed is not there.
    """
    known = environment(config.environment)
    portals = atlases()

    def screens(guide: Guide, journey: Journey) -> Iterator[str]:
        return screens_of(bind(guide, journey, portals[guide.portal], known.bounds))

    plan = watched(config, known, guides().values(), portals, screens)
    try:
        with (
            TemporaryDirectory(prefix="guidewatch-monitor-") as folder,
            open_world(known, None, embedded, Path(folder), _tell) as world,
        ):
            yield Place(known, world.names, plan, world.address, world.simulated)
    except Missing as missing:
        raise Mistake([str(missing)]) from None


def give_back(config: Monitor, account: str) -> bool:
    """Take a test account off the suites' own list; whether it was on it.

    Args:
        config: names the environment.
        account: as the monitor lists it.

    Raises:
        Mistake: the environment is wrong.
    """
    known = environment(config.environment)
    roles = [role for role, one in known.visitors.items() if account_id(one.account) == account]
    now = datetime.now().astimezone()
    aside = PutAside(ASIDE)
    given = [aside.give_back(known.environment, role, now) for role in roles]
    return any(given)


def screens_of(plan: Plan) -> Iterator[str]:
    """The screens that a walk comes to, the last being the one at which it has to stop."""
    for step in plan.steps:
        for move in step.moves:
            yield move.page.key
            if move.forbidden:
                return


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(None, open_place, give_back))
