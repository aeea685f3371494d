"""A difference is accepted only as long as, and only where, people have accepted it."""

from datetime import date, timedelta

import pytest

from config.accepted import Acceptance
from journeys.accepting import Acceptances
from record.model import CheckedClaim

LAST = date(2026, 12, 31)
ENTRY = Acceptance(
    guide="demo-2024",
    journey=None,
    step="Bước 2",
    kind="control",
    claimed="[Tài khoản VNeID]",
    seen="Đăng nhập VNeID",
    who="Ai đó",
    why="Đã xem",
    until=LAST,
)
CLAIM = CheckedClaim(
    kind="control",
    origin="prose",
    claimed="Tài khoản VNeID",
    seen="ĐĂNG NHẬP VNeID",
    verdict="differs",
)


def accepted(entry=ENTRY, claim=CLAIM, guide="demo-2024", journey="one", step="Bước 2", on=LAST):
    return Acceptances([entry], guide, on)(journey, step, claim) is not None


def test_the_same_difference_is_accepted_until_its_last_day():
    assert accepted()
    assert not accepted(on=LAST + timedelta(days=1))


def test_it_comes_back_when_something_else_is_seen():
    assert not accepted(claim=CLAIM.model_copy(update={"seen": "Đăng nhập với VNeID"}))


def test_it_comes_back_when_the_guide_claims_something_else():
    assert not accepted(claim=CLAIM.model_copy(update={"claimed": "VNeID"}))


@pytest.mark.parametrize("where", [{"guide": "other"}, {"step": "Bước 3"}])
def test_it_is_accepted_nowhere_else(where):
    assert not accepted(**where)


def test_an_entry_of_one_journey_counts_for_that_one_only():
    entry = ENTRY.model_copy(update={"journey": "one"})
    assert accepted(entry)
    assert not accepted(entry, journey="two")


def test_another_kind_of_claim_is_not_accepted():
    assert not accepted(claim=CLAIM.model_copy(update={"kind": "text"}))
