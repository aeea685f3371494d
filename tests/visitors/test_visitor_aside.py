"""Accounts put aside: not tried again until a person has looked."""

from datetime import UTC, datetime

import pytest

from visitors.aside import Aside, PutAside

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def aside(tmp_path):
    made = PutAside(tmp_path / "reports" / "aside.jsonl")
    made.add("province-test", "citizen", "rejected credentials", NOW)
    return made


def test_an_account_put_aside_says_why_and_since_when(aside):
    assert aside.found("province-test", "citizen") == Aside("rejected credentials", NOW.isoformat())


def test_others_of_the_environment_are_not_put_aside(aside):
    assert aside.found("province-test", "official") is None
    assert aside.found("embedded", "citizen") is None


def test_an_account_that_was_given_back_may_be_used(aside):
    assert aside.give_back("province-test", "citizen", NOW)
    assert aside.found("province-test", "citizen") is None
    assert not aside.give_back("province-test", "citizen", NOW)


def test_an_account_that_is_refused_again_is_put_aside_again(aside):
    aside.give_back("province-test", "citizen", NOW)
    aside.add("province-test", "citizen", "account locked", NOW)
    assert aside.found("province-test", "citizen").why == "account locked"
