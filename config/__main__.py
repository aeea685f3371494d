"""`python -m config check`: read every YAML file and bind every journey, without a browser.

A command line, so wiring: it is the one place in this room that looks at another room's code,
because only binding can tell whether the verbs and screens a guide names are there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from config.accepted import accepted
from config.environments import Bounds, Environment
from config.guides import Guide, guides
from config.portals import Atlas, atlases
from config.strict import CONFIG, Mistake, load
from journeys.binding import bind

Loaded = TypeVar("Loaded")


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
    """Every mistake in the configuration, one sentence each."""
    known, wrong_guides = _tried(guides)
    maps, wrong_portals = _tried(atlases)
    yield from (*wrong_guides, *wrong_portals)
    yield from _tried(accepted)[1]
    for path in sorted((CONFIG / "environments").glob("*.yaml")):
        yield from _tried(partial(load, path, Environment))[1]
    for guide in (known or {}).values():
        yield from _unbound(guide, maps or {})


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
