"""The options of the suites, checked before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from config.accepted import Accepted, accepted
from config.environments import Environment, environment
from config.guides import Guide, guides
from config.portals import Atlas, atlases
from config.strict import CONFIG, Mistake
from journeys.binding import Plan, bind


@dataclass(frozen=True)
class Selection:
    """What a run is about, read from options and configuration."""

    environment: Environment
    edition: str | None
    embedded: str | None
    judge: Literal["guide", "portal"]
    guides: dict[str, Guide]
    atlases: dict[str, Atlas]
    accepted: Accepted
    portal: str | None
    guide: str | None

    def plans(self) -> list[Plan]:
        """The journeys asked for, bound to their pages.

        Raises:
            Mistake: a guide does not fit the pages or its portal file.
        """
        plans: list[Plan] = []
        sentences: list[str] = []
        for guide in self.guides.values():
            if self.portal not in (None, guide.portal) or self.guide not in (None, guide.guide):
                continue
            if guide.portal not in self.atlases:
                sentences.append(
                    f"{guide.place('portal')}: no portal file “{guide.portal}”; add it"
                )
                continue
            for journey in guide.journeys:
                try:
                    atlas = self.atlases[guide.portal]
                    plans.append(bind(guide, journey, atlas, self.environment.bounds))
                except Mistake as mistake:
                    sentences += mistake.sentences
        if sentences:
            raise Mistake(sentences)
        return plans


SELECTION = pytest.StashKey[Selection]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell pytest of our options."""
    group = parser.getgroup("guidewatch")
    add = group.addoption
    add(
        "--environment",
        default="embedded",
        help="where to walk: embedded (default: simulated portals on this machine), "
        "province-test, production (read-only), or the path of a file of your own",
    )
    add("--edition", help="of the embedded portals: published (default), 2025-06, 2026-11")
    add("--embedded", metavar="ADDRESS", help="attach to embedded portals that are running")
    add("--portal", help="only the guides of this portal")
    add("--guide", help="only this guide")
    add(
        "--judge",
        choices=["guide", "portal"],
        default="guide",
        help="what fails a run: guide (default): every unaccepted difference; "
        "portal: only that a portal does not work, differences being notes",
    )
    add("--guides-from", type=Path, default=CONFIG / "guides", help="folder of the guide files")
    add("--portals-from", type=Path, default=CONFIG / "portals", help="folder of the portal files")
    add(
        "--accepted-from",
        type=Path,
        default=CONFIG / "accepted.yaml",
        help="file of the accepted differences",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the configuration once; a mistake in it ends the run in one sentence, before a browser."""
    config.addinivalue_line("markers", "smoke: the journeys a monitor walks")
    config.addinivalue_line("markers", "moves_clock: moves the portals' clock")
    config.addinivalue_line("markers", "sets_faults: makes the embedded portals fail")
    option = config.getoption
    try:
        config.stash[SELECTION] = Selection(
            environment=environment(option("--environment")),
            edition=option("--edition"),
            embedded=option("--embedded"),
            judge=option("--judge"),
            guides=guides(option("--guides-from")),
            atlases=atlases(option("--portals-from")),
            accepted=accepted(option("--accepted-from")),
            portal=_known("--portal", option("--portal"), config),
            guide=_known("--guide", option("--guide"), config),
        )
        _some_guide(config.stash[SELECTION])
    except Mistake as mistake:
        raise pytest.UsageError(str(mistake)) from None


def _some_guide(selection: Selection) -> None:
    """Refuse a portal and a guide that do not go together: an empty run must never look green."""
    if selection.portal and selection.guide:
        about = selection.guides[selection.guide].portal
        if about != selection.portal:
            raise Mistake(
                [
                    f"--portal {selection.portal} --guide {selection.guide}: this guide is about "
                    f"“{about}”; leave one of the two out"
                ]
            )


def _known(name: str, value: str | None, config: pytest.Config) -> str | None:
    """An option's value, which must be the name of a portal or guide that is there."""
    if value is None:
        return None
    known = guides(config.getoption("--guides-from")).values()
    names = {found.portal if name == "--portal" else found.guide for found in known}
    if value not in names:
        raise Mistake(
            [f"{name} {value}: there is none of that name; known: {', '.join(sorted(names))}"]
        )
    return value


@pytest.fixture(scope="session")
def selection(pytestconfig: pytest.Config) -> Selection:
    """What the run is about."""
    return pytestconfig.stash[SELECTION]
