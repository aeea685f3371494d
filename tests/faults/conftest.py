"""Fault tests wait for what never comes, so they wait less long than people would."""

from __future__ import annotations

import dataclasses

import pytest

from config.environments import Limits
from journeys.binding import Plan, bind
from suites.plugins.options import SELECTION, Selection


@pytest.fixture(scope="session")
def selection(pytestconfig: pytest.Config) -> Selection:
    """The embedded portals with short limits, in seconds; no code is waited for longer than 5 s."""
    whole = pytestconfig.stash[SELECTION]
    environment = whole.environment
    citizen = environment.visitors["citizen"]
    codes = {
        way: source.model_copy(update={"within": 5.0}) for way, source in citizen.codes.items()
    }
    quick = environment.model_copy(
        update={
            "limits": Limits(action=3, arrival=6, journey=45),
            "visitors": {
                **environment.visitors,
                "citizen": citizen.model_copy(update={"codes": codes}),
            },
        }
    )
    quick._path, quick._tree = environment._path, environment._tree
    return dataclasses.replace(whole, environment=quick)


@pytest.fixture
def plan_of(selection: Selection):  # type: ignore[no-untyped-def]
    """A journey by the names of its guide and itself, ready to be walked."""

    def find(name: str) -> Plan:
        guide_name, _, journey_name = name.partition("/")
        guide = selection.guides[guide_name]
        journey = next(found for found in guide.journeys if found.journey == journey_name)
        return bind(guide, journey, selection.atlases[guide.portal], selection.environment.bounds)

    return find
