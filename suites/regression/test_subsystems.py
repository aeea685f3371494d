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
from pages.subsystems import Grants, Subsystem, SubsystemGate
from suites.regression.citizen import Citizen

QUANTRI = "https://quantri.dichvucong.gov.vn"
ADDRESSES = {
    "feedback": "https://pakn.dichvucong.gov.vn/phan-anh-kien-nghi",
    "procedures": "https://csdl.dichvucong.gov.vn/thu-tuc-hanh-chinh",
    "connections": f"{QUANTRI}/ket-noi",
    "support": f"{QUANTRI}/ho-tro-covid-19",
    "certified copies": f"{QUANTRI}/chung-thuc-ban-sao-dien-tu",
    "granting of rights": f"{QUANTRI}/phan-quyen",
}
ROLES: dict[str, set[str]] = {
    "top-administrator": {*ADDRESSES},
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
    """Open a subsystem, signing in where it asks; whether one is let in.

    Whoever is not is told so by a page of its own; anything else is an error.
    """

    def go(subsystem: str) -> bool:
        wanted: type[Entrance] = Grants if subsystem == "granting of rights" else Subsystem
        device = citizen.desktop
        device.go(ADDRESSES[subsystem])
        try:
            came = arrive(device, NationalCitizen, wanted)
            if isinstance(came, NationalCitizen):
                came.sign_in(citizen.account, citizen.password)
                arrive(device, wanted)
        except Refused as refusal:
            assert refusal.kind == "not granted"
            return False
        return True

    return go


@pytest.mark.parametrize(("role", "granted"), ROLES.items(), ids=ROLES)
def test_an_official_gets_in_exactly_where_a_right_is_granted(
    granted: set[str], enter: Callable[[str], bool]
) -> None:
    assert {subsystem for subsystem in ADDRESSES if enter(subsystem)} == granted


@pytest.mark.parametrize("host", ["pakn", "csdl", "quantri"])
def test_nobody_gets_in_without_signing_in(host: str, citizen: Citizen) -> None:
    SubsystemGate(citizen.desktop).open(f"https://{host}.dichvucong.gov.vn/").choose_login()
