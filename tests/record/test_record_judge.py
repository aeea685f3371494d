"""`judge`: what fails a run, under both policies."""

from datetime import datetime, timedelta

import pytest
from record_lines import NOW, ZONE, claim, journey, step

from record.judge import judge, passes
from record.model import Fault, PlannedJourney

DIFFERS = claim("differs", claimed="Đăng nhập", seen="Đăng ký")
FAULT = Fault(component="VNeID", kind="connect", message="ERR_CONNECTION_REFUSED")


def outcomes(*steps, policy="guide", now=NOW):
    return [(found.outcome, found.fails) for found in judge([journey(*steps)], policy, now)]


def test_a_journey_that_matches_has_no_findings():
    assert outcomes(step("matches", claim(), claim("unchecked"))) == []


@pytest.mark.parametrize(("policy", "fails"), [("guide", True), ("portal", False)])
def test_a_drift_fails_the_guide_and_is_a_note_about_the_portal(policy, fails):
    assert outcomes(step("drifted", DIFFERS), policy=policy) == [("drifted", fails)]


@pytest.mark.parametrize("policy", ["guide", "portal"])
@pytest.mark.parametrize("outcome", ["internal", "failed", "blocked"])
def test_what_could_not_be_done_fails_under_both(outcome, policy):
    assert outcomes(step(outcome, fault=FAULT), policy=policy) == [(outcome, True)]


@pytest.mark.parametrize("outcome", ["not_reached", "not_checked"])
def test_what_was_not_walked_is_no_finding_of_its_own(outcome):
    assert outcomes(step(outcome, reason="chưa tới")) == []


@pytest.mark.parametrize("policy", ["guide", "portal"])
def test_an_accepted_difference_is_a_note(policy):
    assert outcomes(step("accepted", claim("accepted")), policy=policy) == [("accepted", False)]


def test_an_acceptance_counts_on_its_last_day():
    accepted = step("accepted", claim("accepted", until="2026-11-20"))
    assert outcomes(accepted, now=datetime(2026, 11, 20, 23, 59, tzinfo=ZONE)) == [
        ("accepted", False)
    ]


def test_a_difference_comes_back_when_its_acceptance_has_expired():
    accepted = step("accepted", claim("accepted", until="2026-11-20"))
    assert outcomes(accepted, now=NOW + timedelta(days=1)) == [("drifted", True)]


def test_every_difference_is_a_finding_of_its_own():
    assert len(outcomes(step("drifted", DIFFERS, claim(), DIFFERS), step("drifted", DIFFERS))) == 3


def test_a_difference_is_told_in_both_words():
    (finding,) = judge([journey(step("drifted", DIFFERS))], "guide", NOW)
    assert "“Đăng nhập”" in finding.sentence and "“Đăng ký”" in finding.sentence


def test_a_fault_is_told_with_component_kind_and_the_pages_message():
    (finding,) = judge([journey(step("failed", fault=FAULT))], "guide", NOW)
    assert finding.sentence == "VNeID: không kết nối được – ERR_CONNECTION_REFUSED"


def test_a_step_that_failed_after_a_difference_tells_both():
    assert outcomes(step("failed", DIFFERS, fault=FAULT)) == [("failed", True), ("drifted", True)]


def test_of_several_attempts_the_last_counts():
    attempts = [journey(step("failed", fault=FAULT)), journey(step("matches"), attempt=2)]
    assert judge(attempts, "guide", NOW) == []


def test_what_was_planned_and_not_seen_is_our_fault():
    plan = [PlannedJourney(portal="lai-chau", guide="lai-chau-2024", journey="citizen-qr")]
    (finding,) = judge([journey(step())], "portal", NOW, plan)
    assert (finding.journey, finding.outcome, finding.fails) == ("citizen-qr", "internal", True)


def test_what_was_planned_and_seen_is_no_finding():
    plan = [PlannedJourney(portal="lai-chau", guide="lai-chau-2024", journey="citizen-password")]
    assert judge([journey(step())], "guide", NOW, plan) == []


def test_a_run_passes_when_no_finding_fails_it():
    assert passes(judge([journey(step("accepted", claim("accepted")))], "guide", NOW))
    assert not passes(judge([journey(step("drifted", DIFFERS))], "guide", NOW))
