"""The national portal's subsystems: who gets in where, by the roles of the dispatch of 2020.

That the subsystems exist at their addresses and who may enter is the dispatch's; their screens, and
the paths below quantri, are invented (?).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.errors import Refused
from pages.national import NationalCitizen
from pages.page import Entrance, arrive
from pages.subsystems import Grants, GrantsOfOne, Subsystem, SubsystemGate
from suites.plugins.visits import Visit
from suites.regression.citizen import Citizen, as_a

QUANTRI = "https://quantri.dichvucong.gov.vn"
# Each one's address, and its name on its screen.
SUBSYSTEMS = {
    "feedback": ("https://pakn.dichvucong.gov.vn/phan-anh-kien-nghi", "Phản ánh, kiến nghị"),
    "procedures": ("https://csdl.dichvucong.gov.vn/thu-tuc-hanh-chinh", "CSDL TTHC quốc gia"),
    "connections": (
        f"{QUANTRI}/ket-noi",
        "Quản trị tình hình kết nối của bộ, ngành, địa phương",
    ),
    "support": (
        f"{QUANTRI}/ho-tro-covid-19",
        "Dịch vụ công hỗ trợ đối tượng gặp khó khăn do đại dịch Covid-19",
    ),
    "certified copies": (
        f"{QUANTRI}/chung-thuc-ban-sao-dien-tu",
        "Dịch vụ công Chứng thực bản sao điện tử từ bản chính",
    ),
}
GRANTING = f"{QUANTRI}/phan-quyen"
ROLES: dict[str, set[str]] = {
    "top-administrator": {*SUBSYSTEMS},
    "feedback-official": {"feedback"},
    "procedures-official": {"procedures"},
    "connections-official": {"connections"},
    "support-official": {"support"},
    "certification-official": {"certified copies"},
    "official-without-rights": set(),
}


@pytest.fixture
def portal() -> str:
    return "national"


@pytest.fixture
def enter(citizen: Citizen) -> Callable[[str], bool]:
    """Open a subsystem, signing in where it asks; whether one is let in."""
    return lambda subsystem: let_in(citizen, subsystem)


@pytest.fixture
def administrator(visit: Callable[..., Visit], portal: str) -> Citizen:
    """The top-level administrator, at a desk of their own."""
    return Citizen(visit(portal, "top-administrator"))


@pytest.fixture
def rights(administrator: Citizen, citizen: Citizen) -> Callable[[], GrantsOfOne]:
    """The administrator's screen with the rights of the test's official."""

    def open_them() -> GrantsOfOne:
        come_to(administrator, GRANTING, Grants)
        return Grants(administrator.desktop).choose_official(citizen.account)

    return open_them


def come_to(citizen: Citizen, address: str, wanted: type[Entrance]) -> None:
    """Open an address, signing in where it asks."""
    citizen.desktop.go(address)
    came = arrive(citizen.desktop, NationalCitizen, wanted)
    if isinstance(came, NationalCitizen):
        came.sign_in(citizen.account, citizen.password)
        arrive(citizen.desktop, wanted)


def let_in(citizen: Citizen, subsystem: str) -> bool:
    """Whether a subsystem lets somebody in, who then stands in that one and no other.

    Whoever is not let in is told so by a page of its own; anything else is an error.
    """
    address, name = SUBSYSTEMS[subsystem]
    desktop = citizen.desktop
    try:
        come_to(citizen, address, Subsystem)
    except Refused as refusal:
        assert refusal.kind == "not granted"
        return False
    came = (desktop.page.url, desktop.read(Subsystem(desktop).control("title")))
    assert came == (address, name)
    return True


@pytest.mark.parametrize(("role", "granted"), ROLES.items(), ids=ROLES)
def test_an_official_gets_in_exactly_where_a_right_is_granted(
    granted: set[str], enter: Callable[[str], bool]
) -> None:
    assert {subsystem for subsystem in SUBSYSTEMS if enter(subsystem)} == granted


@as_a(*(role for role in ROLES if role != "top-administrator"))
def test_nobody_but_the_administrator_comes_to_the_granting_of_rights(citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        come_to(citizen, GRANTING, Grants)
    assert refusal.value.kind == "not granted"


@as_a("official-without-rights")
def test_a_right_that_is_granted_opens_exactly_its_subsystem(
    rights: Callable[[], GrantsOfOne], enter: Callable[[str], bool]
) -> None:
    rights().grant(SUBSYSTEMS["certified copies"][1])
    assert {subsystem for subsystem in SUBSYSTEMS if enter(subsystem)} == {"certified copies"}


@as_a("official-without-rights")
def test_a_right_that_is_withdrawn_closes_its_subsystem_at_once(
    rights: Callable[[], GrantsOfOne], enter: Callable[[str], bool]
) -> None:
    rights().grant(SUBSYSTEMS["feedback"][1])
    assert enter("feedback")
    rights().withdraw(SUBSYSTEMS["feedback"][1])
    assert not enter("feedback")


@pytest.mark.parametrize("host", ["pakn", "csdl", "quantri"])
def test_nobody_gets_in_without_signing_in(host: str, citizen: Citizen) -> None:
    SubsystemGate(citizen.desktop).open(f"https://{host}.dichvucong.gov.vn/").choose_login()
