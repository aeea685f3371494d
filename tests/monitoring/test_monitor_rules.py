"""The rules, case by case: one behaviour each."""

from dataclasses import replace

import pytest
from monitor_scene import CHANNELS

from config.monitor import Monitor
from monitoring.rules import Rules, decide
from monitoring.state import (
    Acknowledged,
    DrillBegun,
    DrillEnded,
    Muted,
    NetworkSeen,
    Observed,
    State,
    Tell,
    Tick,
    Watching,
)

FIVE = 300.0
VNEID = "system:VNeID"
PORTALS = {f"{portal}/citizen": portal for portal in ("lai-chau", "hung-yen", "thanh-hoa")}


class Duty:
    """Feeds events to the rules as rounds go by, and remembers what was told."""

    def __init__(self, quiet=lambda _of, _at: None, **settings):
        self.rules = Rules(Monitor(environment="embedded", **settings), quiet)
        self.state, self.now, self.told, self.notes = State(), 0.0, [], []
        self.hear(Watching(0.0, PORTALS))

    def hear(self, event):
        self.state, decisions = decide(self.state, event, self.rules)
        self.told += [found for found in decisions if isinstance(found, Tell)]
        self.notes += [found for found in decisions if not isinstance(found, Tell)]

    def round(self, excused=False, **blames):
        """A run over all portals; those not named are well."""
        self.now += FIVE
        for journey, portal in PORTALS.items():
            cause = blames.get(portal.replace("-", "_"), blames.get("all", "ok"))
            self.hear(Observed(self.now, journey, portal, cause, excused=excused))
        self.hear(Tick(self.now, gathered=True))

    def wait(self, seconds):
        self.now += seconds
        self.hear(Tick(self.now))

    def said(self):
        return [(tell.change, tell.audience) for tell in self.told]


@pytest.fixture
def duty():
    return Duty()


def test_one_failure_alone_opens_nothing(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round()
    assert not duty.state.incidents and not duty.told


def test_two_of_three_failures_open_an_incident_and_tell_once(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round()
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    assert duty.said() == [("opened", "duty")]


def test_an_outage_began_with_its_first_failure(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    assert duty.state.incidents[1].since == FIVE


@pytest.mark.parametrize("before", ["ourselves:monitor", "blocked:lai-chau"])
def test_what_is_no_downtime_does_not_begin_an_outage(duty, before):
    for blame in (before, before, before, "portal:lai-chau", "portal:lai-chau"):
        duty.round(lai_chau=blame)
    (outage,) = (one for one in duty.state.incidents.values() if one.cause == "portal:lai-chau")
    assert outage.since == 4 * FIVE


def test_our_own_error_in_the_middle_of_an_outage_does_not_begin_it_anew(duty):
    for blame in ("portal:lai-chau", "ourselves:monitor", "portal:lai-chau"):
        duty.round(lai_chau=blame)
    assert duty.state.incidents[1].since == FIVE


def test_a_captcha_after_an_outage_began_with_the_captcha(duty):
    for blame in ("portal:lai-chau", "blocked:lai-chau", "blocked:lai-chau"):
        duty.round(lai_chau=blame)
    assert duty.state.incidents[1].since == 2 * FIVE


def test_the_downtime_of_one_outage_is_not_counted_to_the_next(duty):
    for blame in (VNEID, VNEID, VNEID, "portal:lai-chau"):
        duty.round(lai_chau=blame)
    assert [one.since for one in duty.state.incidents.values()] == [FIVE, 4 * FIVE]


def test_two_successes_in_a_row_close_it_and_give_one_all_clear(duty):
    for blame in ("portal:lai-chau", "portal:lai-chau", "ok", "portal:lai-chau", "ok", "ok", "ok"):
        duty.round(lai_chau=blame)
    assert duty.said() == [("opened", "duty"), ("closed", "duty")]
    assert not duty.state.incidents


def test_a_shared_system_is_one_incident_that_names_all_portals(duty):
    duty.round(all=VNEID)
    duty.round(all=VNEID)
    (tell,) = duty.told
    assert tell.incident.portals == ("hung-yen", "lai-chau", "thanh-hoa")


@pytest.mark.parametrize(
    "meanwhile",
    [
        Acknowledged(FIVE, 1, "Hà"),
        Muted(FIVE, 1, 2 * FIVE, "Hà"),
        NetworkSeen(FIVE, True),
        DrillBegun(FIVE, "Hà"),
        Watching(FIVE, PORTALS),
    ],
)
def test_nothing_but_the_end_of_a_run_sends_an_alert_before_its_time(duty, meanwhile):
    duty.round(all=VNEID)
    first, *others = PORTALS.items()
    duty.hear(Observed(duty.now + FIVE, *first, VNEID))
    duty.hear(replace(meanwhile, at=duty.now + FIVE))
    assert all(tell.incident.cause != VNEID for tell in duty.told)
    for one in others:
        duty.hear(Observed(duty.now + FIVE, *one, VNEID))
    duty.hear(Tick(duty.now + FIVE, gathered=True))
    (tell,) = (tell for tell in duty.told if tell.incident.cause == VNEID)
    assert tell.incident.portals == ("hung-yen", "lai-chau", "thanh-hoa")


def test_a_portal_that_fails_for_its_own_reason_has_its_own_incident(duty):
    for _ in range(2):
        duty.round(lai_chau="portal:lai-chau", thanh_hoa=VNEID, hung_yen=VNEID)
    assert {tell.incident.cause for tell in duty.told} == {"portal:lai-chau", VNEID}


def test_a_control_that_is_gone_goes_to_the_quality_engineers_first():
    duty = Duty()
    duty.hear(Watching(0.0, {**PORTALS, "lai-chau/qr": "lai-chau"}))
    for _ in range(2):
        duty.round(lai_chau="control:lai-chau")
    assert duty.said() == [("opened", "quality")]


def test_a_control_gone_in_all_journeys_of_a_portal_goes_to_the_people_on_duty_too(duty):
    duty.round(lai_chau="control:lai-chau")
    duty.round(lai_chau="control:lai-chau")
    assert duty.said() == [("opened", "quality"), ("opened", "duty")]


def test_refused_credentials_go_to_the_quality_engineers_at_once(duty):
    duty.round(lai_chau="account:7c1f")
    assert duty.said() == [("opened", "quality")]


def test_a_captcha_is_no_outage(duty):
    duty.round(lai_chau="blocked:lai-chau")
    duty.round(lai_chau="blocked:lai-chau")
    assert duty.said() == [("opened", "quality")]


def test_our_own_errors_go_to_whoever_runs_the_monitor(duty):
    duty.round(all="ourselves:monitor")
    duty.round(all="ourselves:monitor")
    assert duty.said() == [("opened", "operator")]


def test_our_own_errors_neither_open_nor_close_an_outage(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="ourselves:monitor")
    duty.round(lai_chau="ourselves:monitor")
    assert [found.cause for found in duty.state.incidents.values()] == [
        "portal:lai-chau",
        "ourselves:monitor",
    ]


def test_nothing_is_blamed_while_a_check_is_excused(duty):
    for _ in range(5):
        duty.round(excused=True, all="portal:lai-chau")
    assert not duty.state.incidents


def test_a_success_counts_even_while_excused(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.round(excused=True)
    duty.round(excused=True)
    assert not duty.state.incidents


def test_flapping_is_said_once_and_held_until_it_is_calm(duty):
    bad, good = {"lai_chau": "portal:lai-chau"}, {}
    for _ in range(6):
        for blames in (bad, bad, good, good):
            duty.round(**blames)
    opened = [tell for tell in duty.told if tell.change == "opened"]
    assert [tell.incident.flapping for tell in opened] == [False, False, True]
    for _ in range(13):
        duty.round()
    assert not duty.state.incidents
    assert duty.said().count(("closed", "duty")) == 3


def test_people_are_reminded_until_somebody_acknowledges(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.wait(4 * 3600)
    duty.hear(Acknowledged(duty.now, 1, "Hà"))
    duty.wait(4 * 3600)
    assert [change for change, _ in duty.said()].count("reminder") == 2  # duty and escalation


def test_it_escalates_once_unless_acknowledged_in_time(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.wait(1800)
    duty.wait(1800)
    assert duty.said()[1:] == [("escalated", "escalation")]


def test_acknowledged_in_time_it_does_not_escalate(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.hear(Acknowledged(duty.now + 60, 1, "Hà"))
    duty.wait(3600)
    assert duty.said() == [("opened", "duty")]


def test_the_second_line_hears_the_all_clear_too(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.wait(1800)
    duty.round()
    duty.round()
    assert duty.said()[-2:] == [("closed", "duty"), ("closed", "escalation")]


def test_a_muted_incident_is_silent_until_the_mute_ends(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.hear(Muted(duty.now, 1, duty.now + 7200, "Hà"))
    duty.wait(7000)
    assert len(duty.told) == 1
    duty.wait(300)
    assert duty.said()[-1] == ("escalated", "escalation")


def test_what_is_quiet_is_told_when_the_quiet_ends_and_it_still_fails():
    silent = {"now": True}
    duty = Duty(quiet=lambda _of, _at: "maintenance" if silent["now"] else None)
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    assert not duty.told
    silent["now"] = False
    duty.wait(30)
    assert duty.said() == [("opened", "duty")]


def test_a_journey_no_longer_watched_leaves_its_incident(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.round(lai_chau="portal:lai-chau")
    duty.hear(Watching(duty.now, {"hung-yen/citizen": "hung-yen"}))
    assert duty.said() == [("opened", "duty"), ("closed", "duty")]


def test_our_own_network_is_told_to_whoever_runs_the_monitor(duty):
    duty.hear(NetworkSeen(1.0, False, "no host answers"))
    duty.hear(NetworkSeen(2.0, False, "no host answers"))
    duty.hear(NetworkSeen(3.0, True))
    assert duty.said() == [("opened", "operator"), ("closed", "operator")]


def test_a_drill_is_told_and_cleared(duty):
    duty.hear(DrillBegun(1.0, "Hà"))
    duty.hear(DrillEnded(2.0))
    assert duty.said()[0] == ("opened", "duty") and duty.said()[-1] == ("closed", "operator")
    assert all(tell.incident.simulated for tell in duty.told)


def changes(duty):
    return [(note.change, note.what) for note in duty.notes]


def test_the_history_says_whom_no_channel_could_tell():
    silent, heard = Duty(), Duty(channels=CHANNELS)
    for duty in (silent, heard):
        duty.round(lai_chau="portal:lai-chau")
        duty.round(lai_chau="portal:lai-chau")
        duty.wait(4 * 3600)
    assert changes(silent)[1:] == [("untold", "duty"), ("untold", "escalation")]
    assert changes(heard)[1:] == [("told", "duty"), ("escalated", ""), ("reminded", "1")]


def test_a_clock_set_back_neither_repeats_nor_loses_anything(duty):
    duty.round(lai_chau="portal:lai-chau")
    duty.now -= 3600
    duty.round(lai_chau="portal:lai-chau")
    duty.round()
    duty.round()
    assert duty.said() == [("opened", "duty"), ("closed", "duty")]


def test_the_same_state_and_event_always_give_the_same_decisions(duty):
    duty.round(lai_chau="portal:lai-chau")
    event = Observed(900.0, "lai-chau/citizen", "lai-chau", "portal:lai-chau")
    before = replace(duty.state)
    assert decide(duty.state, event, duty.rules) == decide(before, event, duty.rules)
