"""What is watched: the smoke journeys, and the hosts that each comes to."""

from datetime import datetime

import pytest

import monitor as wiring
from config.environments import Bounds, environment
from config.guides import guides
from config.monitor import Monitor
from config.portals import atlases
from journeys.binding import bind
from monitoring.checks import account_id
from monitoring.planning import watched
from visitors.aside import PutAside

VNEID = ("sso.dancuquocgia.gov.vn", "VNeID")


@pytest.fixture
def plan():
    """The plan for an environment that allows credentials, or not."""

    def of(credentials):
        portals = atlases()

        def screens(guide, journey):
            bounds = Bounds(credentials=credentials)
            return wiring.screens_of(bind(guide, journey, portals[guide.portal], bounds))

        where = environment("embedded" if credentials else "production")
        return watched(Monitor(environment="x"), where, guides().values(), portals, screens)

    return of


def test_an_account_is_taken_off_the_suites_list_by_the_name_that_the_monitor_shows(
    tmp_path, monkeypatch
):
    aside = PutAside(tmp_path / "aside.jsonl")
    monkeypatch.setattr(wiring, "ASIDE", aside.path)
    aside.add("embedded", "citizen", "rejected credentials", datetime.now())
    shown = account_id(environment("embedded").visitors["citizen"].account)
    assert not wiring.give_back(Monitor(environment="embedded"), "0000000000")
    assert wiring.give_back(Monitor(environment="embedded"), shown)
    assert aside.found("embedded", "citizen") is None


@pytest.mark.parametrize("credentials", [True, False])
def test_a_sign_in_with_a_password_comes_to_vneid_and_to_no_other_shared_system(plan, credentials):
    assert {one.shared for one in plan(credentials)} == {(VNEID,)}


def test_a_walk_that_may_type_nothing_does_not_come_to_what_lies_behind_the_first_secret():
    guide = guides()["lai-chau-2024"]
    journey = next(one for one in guide.journeys if one.journey == "citizen-password")
    atlas = atlases()[guide.portal]
    bound = bind(guide, journey, atlas, Bounds(credentials=False))
    assert list(wiring.screens_of(bound)) == ["home", "home", "login", "vneid", "vneid"]
