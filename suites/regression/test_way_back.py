"""Where a portal leads after the login, and what it shows nobody who is not logged in."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest

from pages.account import Account, Guarded
from pages.errors import Refused
from pages.home import Home
from pages.login import Login
from suites.regression.citizen import Citizen, at


@at("lai-chau", "hung-yen")
def test_a_guarded_page_asks_for_a_login_first(citizen: Citizen) -> None:
    login = Login(citizen.desktop).open(Guarded(citizen.desktop).screen.address or "")
    assert citizen.desktop.page.url.startswith(f"{login.screen.address}?return-url=")


@at("thanh-hoa")
def test_a_guarded_page_says_that_a_login_is_needed(citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        Home(citizen.desktop).open(Guarded(citizen.desktop).screen.address or "")
    assert refusal.value.kind == "login needed"


@at("lai-chau", "hung-yen")
def test_after_the_login_the_page_that_was_wanted_comes(citizen: Citizen) -> None:
    wanted = Guarded(citizen.desktop)
    login = Login(citizen.desktop).open(wanted.screen.address or "")
    sign_in = citizen.go_on_to_vneid(login)
    sign_in.sign_in(citizen.account, citizen.password, citizen.codes).enter_code(citizen.codes)
    wanted.arrive()


@at("lai-chau")
@pytest.mark.parametrize(
    "foreign",
    ["https://lua-dao.example/", "//lua-dao.example/", "/\\lua-dao.example/"],
    ids=["another address", "another host", "a backslash"],
)
def test_after_the_login_no_return_url_leads_elsewhere(citizen: Citizen, foreign: str) -> None:
    login = Login(citizen.desktop)
    login.open(f"{login.screen.address}?return-url={quote(foreign, safe='')}")
    sign_in = citizen.go_on_to_vneid(login)
    sign_in.sign_in(citizen.account, citizen.password, citizen.codes).enter_code(citizen.codes)
    Account(citizen.desktop).arrive()
    assert urlsplit(citizen.desktop.page.url).hostname == "dichvucong.laichau.gov.vn"
