"""How claims make a step's outcome, and steps a journey's."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_lines import claim

from record.model import Outcome
from record.outcomes import ORDER, of_claims, of_steps

OUTCOMES = st.lists(st.sampled_from(get_args(Outcome)))


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ([], "matches"),
        (["holds"], "matches"),
        (["unchecked", "holds"], "matches"),
        (["unchecked", "unchecked"], "not_checked"),
        (["holds", "accepted"], "accepted"),
        (["accepted", "differs", "holds"], "drifted"),
    ],
)
def test_a_step_has_the_worst_of_its_claims(verdicts, outcome):
    assert of_claims(claim(verdict) for verdict in verdicts) == outcome


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (["matches", "failed", "not_reached"], "failed"),
        (["drifted", "failed"], "failed"),
        (["failed", "internal"], "internal"),
        (["blocked", "drifted"], "blocked"),
        (["accepted", "drifted"], "drifted"),
        (["accepted", "matches"], "accepted"),
        (["matches", "not_checked"], "matches"),
        (["not_checked", "not_checked"], "not_checked"),
        ([], "not_checked"),
    ],
)
def test_a_journey_has_the_first_in_order_of_its_steps(steps, outcome):
    assert of_steps(steps) == outcome


def test_the_order_is_that_of_the_design():
    assert ORDER == ("internal", "failed", "blocked", "drifted", "accepted", "matches")


@given(OUTCOMES)
def test_the_order_of_the_steps_does_not_matter(outcomes):
    assert of_steps(outcomes) == of_steps(reversed(outcomes))


@given(OUTCOMES, OUTCOMES)
def test_more_steps_never_make_a_journey_better(some, more):
    rank = (*ORDER, "not_checked").index
    assert rank(of_steps([*some, *more])) <= rank(of_steps(some))
