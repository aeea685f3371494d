"""What is watched: the smoke journeys of the guides, who walks them, and which hosts they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.environments import Environment
from config.guides import Guide
from config.monitor import Monitor
from config.portals import Atlas
from config.strict import Mistake
from monitoring.checks import account_id


@dataclass(frozen=True)
class Watched:
    """A journey that the monitor walks.

    Attributes:
        journey: “guide/journey”.
        account: who walks, in a form that gives the account not away.
        host: the portal's own; `shared`: of the systems that it uses, host -> component.
    """

    journey: str
    portal: str
    title: str
    account: str
    host: str
    shared: tuple[tuple[str, str], ...]


def watched(
    monitor: Monitor,
    environment: Environment,
    guides: Iterable[Guide],
    atlases: dict[str, Atlas],
) -> list[Watched]:
    """The smoke journeys of all portals, but for those that the configuration leaves out.

    Raises:
        Mistake: nothing is left, or the configuration names a portal or journey that is not there.
    """
    found = [
        _watched(guide, journey.journey, journey.title, journey.visitor, environment, atlases)
        for guide in guides
        for journey in guide.journeys
        if journey.smoke and guide.portal in atlases
    ]
    sentences = list(_unknown(monitor, found))
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
    journey: str,
    title: str,
    visitor: str,
    environment: Environment,
    atlases: dict[str, Atlas],
) -> Watched:
    atlas = atlases[guide.portal]
    account = environment.visitors.get(visitor)
    named = account.account if account else f"{guide.portal}/{visitor}"
    shared = tuple(
        (host, system.component)
        for system in atlas.systems
        if system.component != "portal"
        for host in system.hosts
    )
    return Watched(
        journey=f"{guide.guide}/{journey}",
        portal=guide.portal,
        title=title,
        account=account_id(named),
        host=atlas.portal.hosts[0],
        shared=shared,
    )


def _unknown(monitor: Monitor, found: Sequence[Watched]) -> Iterable[str]:
    portals = {one.portal for one in found}
    for name, portal in monitor.portals.items():
        if name not in portals:
            yield (
                f"{monitor.place('portals', name)}: no smoke journey of a portal “{name}”; "
                f"known: {', '.join(sorted(portals))}"
            )
            continue
        journeys = {one.journey for one in found if one.portal == name}
        for journey in portal.journeys.keys() - journeys:
            yield (
                f"{monitor.place('portals', name, 'journeys', journey)}: no smoke journey "
                f"“{journey}”; known: {', '.join(sorted(journeys))}"
            )
