"""Turning back at VNeID, being logged in, and logging out."""

from __future__ import annotations

import pytest

from pages.account import Account, Guarded
from pages.errors import Refused
from pages.home import Home
from pages.login import Login
from pages.vneid import VneidSignIn
from suites.regression.citizen import Citizen, at

PORTALS = ("lai-chau", "thanh-hoa", "hung-yen")


@at(*PORTALS)
def test_turning_back_at_vneid_is_told_by_the_portal(
    sign_in: VneidSignIn, citizen: Citizen
) -> None:
    sign_in.cancel()
    with pytest.raises(Refused) as refusal:
        Login(citizen.desktop).arrive()
    assert "Đăng nhập VNeID thất bại" in refusal.value.message


@at(*PORTALS)
def test_after_turning_back_at_vneid_nobody_is_logged_in(
    sign_in: VneidSignIn, citizen: Citizen
) -> None:
    sign_in.cancel()
    with pytest.raises(Refused):
        Login(citizen.desktop).arrive()
    Home(citizen.desktop).open(Home(citizen.desktop).screen.address or "")


@at(*PORTALS)
def test_a_guarded_page_is_shown_to_somebody_logged_in(account: Account, citizen: Citizen) -> None:
    guarded = Guarded(citizen.desktop)
    guarded.open(guarded.screen.address or "")


@at(*PORTALS)
def test_after_signing_out_vneid_asks_again(account: Account, citizen: Citizen) -> None:
    account.sign_out()
    citizen.come_to_sign_in()
