"""The one-time code: which ones count, which do not, and what becomes of one that does not come."""

from __future__ import annotations

import pytest

from pages.account import Account
from pages.device import Secret
from pages.errors import Broken, Refused
from pages.otp import OtpDialog
from pages.vneid import VneidSignIn
from suites.regression.citizen import Citizen, Entered, as_a
from world.control import Control

LIFETIME = 3 * 60  # seconds that a code counts
LATE = 20  # seconds by which the late messages are late


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_code_is_refused(
    code_dialog: OtpDialog, citizen: Citizen, wrong_code: Secret
) -> None:
    code_dialog.enter_code(Entered(wrong_code))
    with pytest.raises(Refused) as refusal:
        Account(citizen.desktop).arrive()
    assert refusal.value.kind == "code wrong"


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_after_a_wrong_code_the_right_one_is_taken(
    code_dialog: OtpDialog, citizen: Citizen, wrong_code: Secret
) -> None:
    code_dialog.enter_code(Entered(wrong_code))
    with pytest.raises(Refused):
        Account(citizen.desktop).arrive()
    code_dialog.enter_code(citizen.codes)
    Account(citizen.desktop).arrive()


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_code_that_has_been_used_is_refused(
    code_dialog: OtpDialog, citizen: Citizen, elsewhere: Citizen
) -> None:
    used = citizen.codes.receive("sms")
    code_dialog.enter_code(Entered(used))
    Account(citizen.desktop).arrive()
    asked = elsewhere.come_to_sign_in().sign_in(
        elsewhere.account, elsewhere.password, elsewhere.codes
    )
    asked.enter_code(Entered(used))
    with pytest.raises(Refused) as refusal:
        Account(elsewhere.desktop).arrive()
    assert refusal.value.kind == "code wrong"


@pytest.mark.moves_clock
def test_an_expired_code_is_refused(
    code_dialog: OtpDialog, citizen: Citizen, control: Control
) -> None:
    code = citizen.codes.receive("sms")
    control.advance_clock(LIFETIME)
    code_dialog.enter_code(Entered(code))
    with pytest.raises(Refused) as refusal:
        Account(citizen.desktop).arrive()
    assert refusal.value.kind == "code expired"


@pytest.mark.moves_clock
def test_after_a_code_has_expired_a_new_one_signs_in(
    code_dialog: OtpDialog, citizen: Citizen, control: Control
) -> None:
    control.advance_clock(LIFETIME)
    code_dialog.resend(citizen.codes).enter_code(citizen.codes)
    Account(citizen.desktop).arrive()


def test_cancelling_the_code_leads_back_to_the_sign_in(
    code_dialog: OtpDialog, sign_in: VneidSignIn, citizen: Citizen
) -> None:
    code_dialog.cancel()
    assert not citizen.desktop.sees(code_dialog.control("digits"))
    sign_in.arrive()


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_cancelled_code_counts_no_longer(
    code_dialog: OtpDialog, sign_in: VneidSignIn, citizen: Citizen
) -> None:
    cancelled = citizen.codes.receive("sms")
    code_dialog.cancel()
    again = sign_in.sign_in(citizen.account, citizen.password, citizen.codes)
    again.enter_code(Entered(cancelled))
    with pytest.raises(Refused) as refusal:
        Account(citizen.desktop).arrive()
    assert refusal.value.kind == "code wrong"


def test_a_code_that_was_sent_again_signs_in(code_dialog: OtpDialog, citizen: Citizen) -> None:
    code_dialog.resend(citizen.codes).enter_code(citizen.codes)
    Account(citizen.desktop).arrive()


@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_the_code_before_one_that_was_sent_again_is_refused(
    code_dialog: OtpDialog, citizen: Citizen
) -> None:
    first = citizen.codes.receive("sms")
    again = code_dialog.resend(citizen.codes)
    citizen.codes.receive("sms")
    again.enter_code(Entered(first))
    with pytest.raises(Refused) as refusal:
        Account(citizen.desktop).arrive()
    assert refusal.value.kind == "code wrong"


@as_a("sms-lost")
def test_a_message_that_is_lost_is_told_as_such(code_dialog: OtpDialog, citizen: Citizen) -> None:
    with pytest.raises(Broken) as trouble:
        code_dialog.enter_code(citizen.codes)
    assert trouble.value.kind == "code not delivered"


@as_a("sms-late")
@pytest.mark.moves_clock
def test_a_message_that_is_late_signs_in(
    code_dialog: OtpDialog, citizen: Citizen, control: Control
) -> None:
    control.advance_clock(LATE)
    code_dialog.enter_code(citizen.codes)
    Account(citizen.desktop).arrive()
