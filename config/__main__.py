"""`python -m config check`: read every YAML file and bind every journey, without a browser.

A command line, so wiring: it is the one place in this room that looks at another room's code,
because only binding can tell whether the verbs and screens a guide names are there, and only the
monitor what it can be told to watch.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from config.accepted import Accepted, accepted
from config.environments import Bounds, Environment
from config.guides import Guide, guides
from config.monitor import Monitor, contradictions
from config.portals import Atlas, read_atlases
from config.reporting import reporting
from config.strict import CONFIG, File, Mistake, closest, load
from journeys.binding import bind
from monitoring.planning import unknown

Loaded = TypeVar("Loaded")
Kind = TypeVar("Kind", bound=File)


def main(arguments: list[str] | None = None) -> int:
    """Check the configuration.

    Returns:
        0 when all is well, 2 when there are mistakes; each is told with file, line and remedy.
    """
    parser = argparse.ArgumentParser(
        prog="python -m config",
        description="Check guides, portal files, environments and accepted differences, and bind "
        "every journey to its pages. Needs no browser and no secret.",
        epilog="Exit code 0: all is well. 2: mistakes, each told with file, line and remedy.",
    )
    parser.add_argument("command", choices=["check"], help="what to do")
    parser.parse_args(arguments)
    sentences = list(mistakes())
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if not sentences:
        print("config: every file is well-formed, and every journey finds its pages.")
    return 2 if sentences else 0


def mistakes() -> Iterator[str]:
    """Every mistake in the configuration, one sentence each.

    A file that cannot be read hides only what needs it: the other guides are still bound.
    """
    wrong_guides = _tried(guides)[1]
    yield from wrong_guides
    known = [*_well_formed("guides", Guide)]
    maps, wrong_portals = read_atlases()
    yield from wrong_portals
    differences, wrong_accepted = _tried(accepted)
    yield from wrong_accepted
    wrong_environments = [
        sentence
        for path in sorted((CONFIG / "environments").glob("*.yaml"))
        for sentence in _tried(partial(load, path, Environment))[1]
    ]
    yield from wrong_environments
    monitor, wrong_monitor = _tried(partial(load, CONFIG / "monitor.yaml", Monitor))
    yield from wrong_monitor
    if monitor is not None:
        yield from contradictions(monitor)
        if not wrong_guides:  # else what it names might be in one that cannot be read
            yield from unknown(monitor, _smoke(known))
    yield from _tried(reporting)[1]
    for guide in known:
        if guide.portal in maps or not wrong_portals:
            yield from _unbound(guide, maps)
    if not wrong_environments:
        yield from _unknown_visitors(known)
    if differences is not None:
        yield from _idle_acceptances(differences, known)


def _well_formed(folder: str, model: type[Kind]) -> Iterator[Kind]:
    for path in sorted((CONFIG / folder).glob("*.yaml")):
        found = _tried(partial(load, path, model))[0]
        if found is not None:
            yield found


def _smoke(known: list[Guide]) -> dict[str, str]:
    return {
        f"{guide.guide}/{journey.journey}": guide.portal
        for guide in known
        for journey in guide.journeys
        if journey.smoke
    }


def _unknown_visitors(known: list[Guide]) -> Iterator[str]:
    """Roles that a guide names and nobody has: their journeys could be walked nowhere."""
    roles = {role for found in _well_formed("environments", Environment) for role in found.visitors}
    for guide in known:
        for index, journey in enumerate(guide.journeys):
            if journey.visitor not in roles:
                place = guide.place("journeys", index, "visitor")
                what = f"no environment has a visitor “{journey.visitor}”"
                yield f"{place}: {what}; {closest(journey.visitor, roles)}"


def _idle_acceptances(differences: Accepted, known: list[Guide]) -> Iterator[str]:
    """Acceptances of what no guide has: they accept nothing, and whoever wrote them meant something."""
    by_name = {guide.guide: guide for guide in known}
    for index, entry in enumerate(differences.accepted):
        place = differences.place("accepted", index, "step")
        guide = by_name.get(entry.guide)
        if guide is None:
            what = f"there is no guide “{entry.guide}”"
            yield f"{place}: {what}; {closest(entry.guide, by_name)}"
            continue
        journeys = [j for j in guide.journeys if entry.journey in (None, j.journey)]
        steps = {step.step for journey in journeys for step in journey.steps}
        if entry.step not in steps:
            of = f"/{entry.journey}" if entry.journey else ""
            what = f"guide “{entry.guide}{of}” has no step “{entry.step}”"
            yield f"{place}: {what}; {closest(entry.step, steps)}"


def _unbound(guide: Guide, maps: dict[str, Atlas]) -> Iterator[str]:
    atlas = maps.get(guide.portal)
    if atlas is None:
        yield f"{guide.place('portal')}: there is no portal file “{guide.portal}” with a home; add it"
        return
    for journey in guide.journeys:
        yield from _tried(partial(bind, guide, journey, atlas, Bounds(credentials=True)))[1]


def _tried(read: Callable[[], Loaded]) -> tuple[Loaded | None, tuple[str, ...]]:
    try:
        return read(), ()
    except Mistake as mistake:
        return None, mistake.sentences


if __name__ == "__main__":
    sys.exit(main())
