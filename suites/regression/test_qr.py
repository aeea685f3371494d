"""The QR code at VNeID and the app on the phone."""

from __future__ import annotations

import pytest

from journeys.trail import Met
from pages.account import Account
from pages.app import AppHome, AppPasscode, AppScan
from pages.device import Secret
from pages.errors import Broken, Refused
from pages.home import Home
from pages.vneid import VneidSignIn
from suites.regression.citizen import Citizen, as_a, at
from world.control import Control

LIFETIME = 2 * 60  # seconds that a QR code counts


def test_a_qr_code_signs_in(aimed: AppScan, citizen: Citizen) -> None:
    citizen.allow(aimed, citizen.camera)
    Account(citizen.desktop).arrive()


@pytest.mark.moves_clock
def test_an_expired_qr_code_is_refused_by_the_app(
    aimed: AppScan, citizen: Citizen, control: Control
) -> None:
    shown = citizen.camera()
    control.advance_clock(LIFETIME)
    with pytest.raises(Refused) as refusal:
        aimed.scan(lambda: shown)
    assert refusal.value.kind == "qr expired"


@pytest.mark.moves_clock
def test_a_reloaded_qr_code_signs_in(
    sign_in: VneidSignIn, aimed: AppScan, citizen: Citizen, control: Control
) -> None:
    control.advance_clock(LIFETIME)
    sign_in.reload_qr()
    citizen.allow(aimed, citizen.camera)
    Account(citizen.desktop).arrive()


@at("lai-chau")
def test_a_qr_code_works_once(aimed: AppScan, citizen: Citizen) -> None:
    shown = citizen.camera()
    citizen.allow(aimed, lambda: shown)
    Account(citizen.desktop).arrive()
    again = AppHome(citizen.phone).arrive().choose_scan()
    with pytest.raises(Refused) as refusal:
        again.scan(lambda: shown)
    assert refusal.value.kind == "qr used"


@at("lai-chau")
@as_a("forgetful")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_passcode_is_refused(
    passcode_screen: AppPasscode, citizen: Citizen, wrong_passcode: Secret
) -> None:
    passcode_screen.enter_passcode(wrong_passcode)
    with pytest.raises(Refused) as refusal:
        AppHome(citizen.phone).arrive()
    assert refusal.value.kind == "passcode wrong"


@as_a("app-not-allowed")
def test_an_app_that_may_not_sign_in_on_the_web_is_refused(
    aimed: AppScan, citizen: Citizen
) -> None:
    with pytest.raises(Refused) as refusal:
        aimed.scan(citizen.camera)
    assert refusal.value.kind == "app not allowed"


@at("thanh-hoa")
@pytest.mark.sets_faults
def test_a_zalo_qr_code_in_front_is_put_away_and_noted(citizen: Citizen, control: Control) -> None:
    control.set_fault("second-qr", host="dichvucong.thanhhoa.gov.vn")
    citizen.come_to_sign_in()
    assert [met.screen for met in citizen.desktop.trail.of(Met)] == ["zalo"]


@at("thanh-hoa")
@pytest.mark.sets_faults
def test_a_zalo_qr_code_is_not_taken_for_the_login_code(citizen: Citizen, control: Control) -> None:
    control.set_fault("second-qr", host="dichvucong.thanhhoa.gov.vn")
    home = Home(citizen.desktop)
    home.open(home.screen.address or "")
    citizen.desktop.press(home.control("login"))
    with pytest.raises(Broken) as trouble:
        citizen.camera()
    assert trouble.value.kind == "qr unreadable"
