"""Account and password at VNeID: who is not let in, and what the page says."""

from __future__ import annotations

import pytest

from pages.account import Account
from pages.device import Secret
from pages.errors import Refused
from pages.vneid import VneidSignIn
from suites.regression.citizen import Citizen, as_a
from visitors.secret import Secrets
from world.control import Control

LOCK = 15 * 60  # seconds that wrong entries lock an account
ALLOWED = 5  # wrong entries


@pytest.fixture
def locked_out(
    control: Control, sign_in: VneidSignIn, citizen: Citizen, wrong_password: Secret
) -> VneidSignIn:
    """The sign-in page after as many wrong passwords as lock the account."""
    for _ in range(ALLOWED):
        with pytest.raises(Refused):
            sign_in.sign_in(citizen.account, wrong_password, citizen.codes)
    return sign_in


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_password_is_refused(
    sign_in: VneidSignIn, citizen: Citizen, wrong_password: Secret
) -> None:
    with pytest.raises(Refused) as refusal:
        sign_in.sign_in(citizen.account, wrong_password, citizen.codes)
    assert refusal.value.kind == "rejected credentials"


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_after_a_wrong_password_the_right_one_is_taken(
    sign_in: VneidSignIn, citizen: Citizen, wrong_password: Secret
) -> None:
    with pytest.raises(Refused):
        sign_in.sign_in(citizen.account, wrong_password, citizen.codes)
    sign_in.sign_in(citizen.account, citizen.password, citizen.codes).enter_code(citizen.codes)
    Account(citizen.desktop).arrive()


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_password_and_an_unknown_account_are_refused_in_the_same_words(
    sign_in: VneidSignIn, citizen: Citizen, wrong_password: Secret, secrets: Secrets
) -> None:
    with pytest.raises(Refused) as of_known:
        sign_in.sign_in(citizen.account, wrong_password, citizen.codes)
    with pytest.raises(Refused) as of_unknown:
        sign_in.sign_in(secrets.new("account", "000199999999"), wrong_password, citizen.codes)
    assert of_known.value.message == of_unknown.value.message


@as_a("level-one")
def test_an_account_of_level_one_is_refused(sign_in: VneidSignIn, citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        sign_in.sign_in(citizen.account, citizen.password, citizen.codes)
    assert refusal.value.kind == "level too low"


@as_a("locked")
def test_a_locked_account_is_refused(sign_in: VneidSignIn, citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        sign_in.sign_in(citizen.account, citizen.password, citizen.codes)
    assert refusal.value.kind == "account locked"


@as_a("forgetful")
@pytest.mark.moves_clock
def test_the_fifth_wrong_password_locks_the_account(
    control: Control, sign_in: VneidSignIn, citizen: Citizen, wrong_password: Secret
) -> None:
    for expected in ["rejected credentials"] * (ALLOWED - 1) + ["account locked"]:
        with pytest.raises(Refused) as refusal:
            sign_in.sign_in(citizen.account, wrong_password, citizen.codes)
        assert refusal.value.kind == expected


@as_a("forgetful")
@pytest.mark.moves_clock
def test_a_lock_refuses_the_right_password_too(locked_out: VneidSignIn, citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        locked_out.sign_in(citizen.account, citizen.password, citizen.codes)
    assert refusal.value.kind == "account locked"


@as_a("forgetful")
@pytest.mark.moves_clock
def test_a_lock_ends_after_a_quarter_of_an_hour(
    locked_out: VneidSignIn, citizen: Citizen, control: Control
) -> None:
    control.advance_clock(LOCK)
    locked_out.sign_in(citizen.account, citizen.password, citizen.codes).enter_code(citizen.codes)
    Account(citizen.desktop).arrive()
