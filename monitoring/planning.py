"""What is watched: the smoke journeys of the guides, who walks them, and which hosts they meet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from config.environments import Environment
from config.guides import Guide, Journey
from config.monitor import Monitor
from config.portals import Atlas
from config.strict import Mistake, closest
from monitoring.causes import SHARED, Kind
from monitoring.checks import account_id
from monitoring.quiet import ALL
from monitoring.words import OURS
from record.words import FAULTS

INTERNAL = "internal"  # the kind of fault of what is no portal's
DEFAULT = "default"


@dataclass(frozen=True)
class Watched:
    """A journey that the monitor walks.

    Attributes:
        journey: “guide/journey”.
        account: who walks, in a form that gives the account not away.
        host: the portal's own; `shared`: of the systems that it comes to in this environment,
            host -> component.
    """

    journey: str
    portal: str
    title: str
    account: str
    host: str
    shared: tuple[tuple[str, str], ...]


Screens = Callable[[Guide, Journey], Iterable[str]]
"""The screens that a journey comes to in an environment: up to where it has to stop."""


def watched(
    monitor: Monitor,
    environment: Environment,
    guides: Iterable[Guide],
    atlases: dict[str, Atlas],
    screens: Screens,
) -> list[Watched]:
    """The smoke journeys of all portals, but for those that the configuration leaves out.

    Args:
        monitor: the configuration.
        environment: whose visitors walk.
        guides: all of them.
        atlases: of all portals, by their names.
        screens: where a journey comes to, which only those know who walk it.

    Raises:
        Mistake: nothing is left, or the configuration names a portal or journey that is not there.
    """
    found = [
        _watched(guide, journey, environment, atlases[guide.portal], screens(guide, journey))
        for guide in guides
        for journey in guide.journeys
        if journey.smoke and guide.portal in atlases
    ]
    sentences = list(unknown(monitor, {one.journey: one.portal for one in found}))
    kept = [
        one
        for one in found
        if not (own := monitor.portal(one.portal).journeys.get(one.journey)) or own.watch
    ]
    if not kept:
        sentences.append("there is no smoke journey to watch; mark one in a guide with smoke: true")
    if sentences:
        raise Mistake(sentences)
    return kept


def hosts_of(journeys: Iterable[Watched]) -> set[str]:
    """Every host that some journeys meet: their portals' and the shared systems'."""
    return {host for one in journeys for host in (one.host, *(host for host, _ in one.shared))}


def lanes(journeys: Sequence[Watched], workers: int) -> list[list[Watched]]:
    """Share journeys out to workers so that no account is in two of them at once.

    Returns:
        At most `workers` lanes; those who walk most are shared out first.
    """
    groups: dict[str, list[Watched]] = {}
    for one in journeys:
        groups.setdefault(one.account, []).append(one)
    shared: list[list[Watched]] = [[] for _ in range(max(1, workers))]
    for group in sorted(groups.values(), key=len, reverse=True):
        min(shared, key=len).extend(group)
    return [lane for lane in shared if lane]


def _watched(
    guide: Guide,
    journey: Journey,
    environment: Environment,
    atlas: Atlas,
    screens: Iterable[str],
) -> Watched:
    account = environment.visitors.get(journey.visitor)
    named = account.account if account else f"{guide.portal}/{journey.visitor}"
    systems = {system.portal: system for system in map(atlas.system_of, screens)}
    shared = tuple(
        (host, system.component)
        for system in systems.values()
        if system.component != "portal"
        for host in system.hosts
    )
    return Watched(
        journey=f"{guide.guide}/{journey.journey}",
        portal=guide.portal,
        title=journey.title,
        account=account_id(named),
        host=atlas.portal.hosts[0],
        shared=shared,
    )


def unknown(monitor: Monitor, smoke: Mapping[str, str]) -> Iterator[str]:
    """What the configuration names and nothing is called, a sentence each.

    Args:
        monitor: as it was read from its file.
        smoke: the smoke journeys of all guides, journey -> portal.
    """
    portals = set(smoke.values())
    for name, portal in monitor.portals.items():
        yield from _none(monitor, name, portals, "portals", name)
        own = {journey for journey, of in smoke.items() if of == name}
        for journey in portal.journeys if own else ():
            yield from _none(monitor, journey, own, "portals", name, "journeys", journey)
    for index, channel in enumerate(monitor.channels):
        for name in channel.portals:
            yield from _none(monitor, name, portals, "channels", index, "portals")
    for index, window in enumerate(monitor.maintenance):
        known = {*portals, *smoke, *SHARED, ALL}
        yield from _none(monitor, window.of, known, "maintenance", index, "of")
    for kind in monitor.runbooks:
        known = {*FAULTS, *OURS, *SHARED, *get_args(Kind), *portals, INTERNAL, DEFAULT}
        yield from _none(monitor, kind, known, "runbooks", kind)


def _none(monitor: Monitor, name: str, known: Collection[str], *place: str | int) -> Iterator[str]:
    if name not in known:
        what = f"“{name}” names nothing that the monitor knows"
        yield f"{monitor.place(*place)}: {what}; {closest(name, known)}"
