"""What all tests that walk share: they wait for what never comes, so they wait less long than people."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from config.accepted import Accepted
from config.environments import Account, Environment, Limits
from journeys.binding import Plan, bind
from suites.plugins.options import SELECTION, Selection


@pytest.fixture(scope="session")
def selection(pytestconfig: pytest.Config) -> Selection:
    """The embedded portals with short limits, and acceptances that do not end with the calendar."""
    whole = pytestconfig.stash[SELECTION]
    return dataclasses.replace(
        whole, environment=_quick(whole.environment), accepted=_lasting(whole.accepted)
    )


@pytest.fixture
def plan_of(selection: Selection) -> Callable[[str], Plan]:
    """A journey by the names of its guide and itself, ready to be walked."""

    def find(name: str) -> Plan:
        guide_name, _, journey_name = name.partition("/")
        guide = selection.guides[guide_name]
        journey = next(found for found in guide.journeys if found.journey == journey_name)
        return bind(guide, journey, selection.atlases[guide.portal], selection.environment.bounds)

    return find


def _quick(environment: Environment) -> Environment:
    """The same environment with short limits, in seconds; no message is waited for longer than 5 s.

    A code of the app keeps its time: the portals' clock is moved for it, nobody waits.
    """
    quick = environment.model_copy(
        update={
            "limits": Limits(action=3, arrival=6, journey=45),
            "visitors": {role: _impatient(who) for role, who in environment.visitors.items()},
        }
    )
    quick._path, quick._tree = environment._path, environment._tree
    return quick


def _impatient(who: Account) -> Account:
    codes = {
        way: source.model_copy(update={"within": min(source.within, 5.0)})
        if source.source == "sms_inbox"
        else source
        for way, source in who.codes.items()
    }
    return who.model_copy(update={"codes": codes})


def _lasting(accepted: Accepted) -> Accepted:
    """The same acceptances without their last days, so that no test fails because time passes."""
    entries = tuple(entry.model_copy(update={"until": date.max}) for entry in accepted.accepted)
    return accepted.model_copy(update={"accepted": entries})
