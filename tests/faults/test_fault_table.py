"""What each fault of the embedded portals must lead to: outcome, step, component, kind.

The table is the contract: no hang, no `internal`, and the fault is told where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from journeys.binding import Plan
from record.model import JourneyRecord, StepRecord
from world.control import Control

LAI_CHAU = "dichvucong.laichau.gov.vn"
THANH_HOA = "dichvucong.thanhhoa.gov.vn"
VNEID = "sso.dancuquocgia.gov.vn"
PROVIDER = "xacthuc.dichvucong.gov.vn"
REGISTRATION = "dangky.dichvucong.gov.vn"
OFFICIALS = "motcua.hungyen.gov.vn"
SMARTCA = "smartca-app.staging.test"
SIM = "sim.staging.test"
AGENT = "token-agent.staging.test"

LC, LC_QR = "lai-chau-2024/citizen-password", "lai-chau-2024/citizen-qr"
TH, TH_QR = "thanh-hoa-2024/citizen-password", "thanh-hoa-2024/citizen-qr"
HY, HY_OUT = "hung-yen-2023/citizen-password", "hung-yen-2023/sign-out"
BY_SMARTCA = "lai-chau-2024/organisation-smartca"
BY_TOKEN = "lai-chau-2024/organisation-usb"
BY_SIM = "lai-chau-2024/organisation-sim"
NEWCOMER, OFFICIAL = "lai-chau-2020/citizen-registration", "hung-yen-2023/official-profile"
AUTHORITY = "ca.staging.test"
CHOICE, SIGNING = "Bước 3", "Bước 3, đăng nhập"
REVOCATION_UNKNOWN = ("failed", SIGNING, "signing service", "revocation unknown")


@dataclass(frozen=True)
class Row:
    """One fault, one journey, and what must be said of it."""

    fault: str
    given: dict[str, Any]
    journey: str
    outcome: str
    step: str | None = None
    component: str | None = None
    kind: str | None = None

    def __str__(self) -> str:
        return f"{self.fault} on {self.journey}"


TABLE = [
    Row("latency", {"host": LAI_CHAU, "seconds": 1}, LC, "accepted"),
    Row("hang", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "timeout"),
    Row("hang", {"host": VNEID}, LC, "failed", "Bước 4", "VNeID", "timeout"),
    Row("connection-refused", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "connect"),
    Row("connection-refused", {"host": VNEID}, TH, "failed", "Bước 3", "VNeID", "connect"),
    Row("tls-expired", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "tls"),
    Row("tls-expired", {"host": VNEID}, LC, "failed", "Bước 4", "VNeID", "tls"),
    Row("tls-wrong-host", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "tls"),
    Row("tls-foreign", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "tls"),
    Row("error-500", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "http"),
    Row("error-500", {"host": VNEID}, LC, "failed", "Bước 4", "VNeID", "http"),
    Row("maintenance", {"host": LAI_CHAU}, LC, "failed", "Bước 1", "portal", "maintenance"),
    Row("firewall", {"host": LAI_CHAU}, LC, "blocked", "Bước 1", "portal", "firewall"),
    Row("captcha-before-login", {"host": LAI_CHAU}, LC, "blocked", "Bước 2", "portal", "captcha"),
    Row("captcha-before-login", {"host": VNEID}, LC, "blocked", "Bước 4.A", "VNeID", "captcha"),
    Row("captcha-before-login", {"host": THANH_HOA}, TH, "blocked", "Bước 1", "portal", "captcha"),
    Row(
        "redirected-portal",
        {"host": LAI_CHAU, "to": "https://dichvucong.gov.vn/"},
        LC,
        *("failed", "Bước 1", "portal", "moved"),
    ),
    Row("lookalike-login", {"host": LAI_CHAU}, LC, "blocked", "Bước 4", "portal", "look-alike"),
    Row("sms-lost", {}, LC, "failed", "Bước 4.A", "SMS", "code not delivered"),
    Row("sms-late", {"seconds": 2}, LC, "accepted"),
    Row("qr-unreadable", {}, LC_QR, "failed", "Bước 4.B.2", "VNeID", "qr unreadable"),
    Row("second-qr", {"host": THANH_HOA}, TH_QR, "drifted", "Bước 1"),
    Row(
        "second-qr",
        {"host": LAI_CHAU},
        LC,
        *("failed", "Bước 3", "portal", "unknown screen"),
    ),
    Row(
        "control-renamed",
        {"host": LAI_CHAU, "control": "login", "to": "Vào hệ thống"},
        LC,
        *("drifted", "Bước 2"),
    ),
    Row(
        "control-removed",
        {"host": LAI_CHAU, "control": "vneid"},
        LC,
        *("failed", "Bước 3", "portal", "control gone"),
    ),
    Row(
        "control-removed",
        {"host": VNEID, "control": "otp-confirm"},
        HY,
        *("failed", "Cách 1", "VNeID", "control gone"),
    ),
    Row(
        "field-added",
        {"host": VNEID, "label": "Mã vùng"},
        LC,
        *("failed", "Bước 4.A", "VNeID", "refused"),
    ),
    Row("otp-digits", {"digits": 8}, LC, "drifted", "Bước 4.A"),
    Row("otp-digits", {"digits": 8}, TH, "accepted"),
    Row("otp-lifetime", {"seconds": 120}, HY, "drifted", "Cách 1"),
    Row(
        "extra-screen",
        {"host": LAI_CHAU},
        LC,
        *("failed", "Bước 4.A", "portal", "unknown screen"),
    ),
    Row("session-survives-sign-out", {"host": VNEID}, HY_OUT, "drifted", "Đăng xuất"),
    Row("vneid-down", {}, LC, "failed", "Bước 4", "VNeID", "connect"),
    Row("vneid-down", {}, HY, "failed", "1", "VNeID", "connect"),
    Row("hang", {"host": PROVIDER}, BY_SIM, "failed", CHOICE, "national provider", "timeout"),
    Row("tls-foreign", {"host": PROVIDER}, BY_SIM, "failed", CHOICE, "national provider", "tls"),
    Row("error-500", {"host": PROVIDER}, BY_SIM, "failed", CHOICE, "national provider", "http"),
    Row(
        "captcha-before-login",
        {"host": PROVIDER},
        BY_SMARTCA,
        *("blocked", CHOICE, "national provider", "captcha"),
    ),
    Row(
        "control-removed",
        {"host": PROVIDER, "control": "smartca-sign-in"},
        BY_SMARTCA,
        *("failed", SIGNING, "national provider", "control gone"),
    ),
    *(
        Row(
            "signature-elsewhere",
            {},
            way,
            *("failed", SIGNING, "national provider", "signature not valid"),
        )
        for way in (BY_SMARTCA, BY_TOKEN, BY_SIM)
    ),
    *(
        Row(fault, {"host": host}, way, "failed", SIGNING, "signing service", kind)
        for host, way in ((SMARTCA, BY_SMARTCA), (SIM, BY_SIM), (AGENT, BY_TOKEN))
        for fault, kind in (("connection-refused", "connect"), ("error-500", "http"))
    ),
    Row("hang", {"host": SMARTCA}, BY_SMARTCA, "failed", SIGNING, "signing service", "timeout"),
    Row(
        "token-agent-stopped",
        {},
        BY_TOKEN,
        *("failed", SIGNING, "signing service", "signing program missing"),
    ),
    Row("token-absent", {}, BY_TOKEN, "failed", SIGNING, "signing service", "token missing"),
    Row("revocation-list-outdated", {}, BY_SIM, *REVOCATION_UNKNOWN),
    Row("revocation-list-forged", {}, BY_SIM, *REVOCATION_UNKNOWN),
    Row("connection-refused", {"host": AUTHORITY}, BY_SIM, *REVOCATION_UNKNOWN),
    Row("token-agent-port", {"port": 9202}, BY_TOKEN, "matches"),
    Row(
        "connection-refused",
        {"host": REGISTRATION},
        NEWCOMER,
        "failed",
        "Bước 1",
        "national provider",
        "connect",
    ),
    Row(
        "firewall",
        {"host": REGISTRATION},
        NEWCOMER,
        "blocked",
        "Bước 1",
        "national provider",
        "firewall",
    ),
    Row(
        "captcha-before-login",
        {"host": REGISTRATION},
        NEWCOMER,
        "blocked",
        "Bước 1",
        "national provider",
        "captcha",
    ),
    Row("sms-lost", {}, NEWCOMER, "failed", "Bước 4", "SMS", "code not delivered"),
    Row("hang", {"host": PROVIDER}, NEWCOMER, "failed", "Bước 5", "national provider", "timeout"),
    Row("maintenance", {"host": OFFICIALS}, OFFICIAL, "failed", "2", "portal", "maintenance"),
    Row("tls-expired", {"host": OFFICIALS}, OFFICIAL, "failed", "2", "portal", "tls"),
    Row("captcha-before-login", {"host": OFFICIALS}, OFFICIAL, "blocked", "2", "portal", "captcha"),
]


def rows() -> Iterator[ParameterSet]:
    """`make test` walks the first row of each fault and what it leads to, `make prove` all others."""
    shown = set()
    for row in TABLE:
        what = (row.fault, row.outcome, row.kind)
        yield pytest.param(row, id=str(row), marks=[pytest.mark.prove] if what in shown else [])
        shown.add(what)


@pytest.mark.parametrize("row", rows())
def test_a_fault_is_told_where_it_is_and_what_it_is(
    row: Row,
    control: Control,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> None:
    control.set_fault(row.fault, **row.given)

    record = walk_journey(plan_of(row.journey))

    assert told(record) == (row.outcome, row.step, row.component, row.kind)


def told(record: JourneyRecord) -> tuple[str, str | None, str | None, str | None]:
    """What a record says: its outcome, and the first step that has it with that step's fault."""
    if record.outcome in ("matches", "accepted"):
        return record.outcome, None, None, None
    step = first(record)
    fault = step.fault
    return record.outcome, step.step, fault.component if fault else None, kind_of(record)


def kind_of(record: JourneyRecord) -> str | None:
    """The kind of the fault, if there is one."""
    faults = [step.fault for step in record.steps if step.fault]
    return faults[0].kind if faults else None


def first(record: JourneyRecord) -> StepRecord:
    """The first step that has the journey's outcome."""
    return next(step for step in record.steps if step.outcome == record.outcome)
