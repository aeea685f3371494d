"""From an error to a fault: whose it is, of what kind, and what a person may want to change."""

from pathlib import Path

import pytest

from journeys.deadline import OurDeadline
from journeys.explaining import explain, outcome_of, proposal
from pages.errors import Blocked, Broken, Gone, Refused

AT_PORTAL = "https://demo.example/trang"
AT_VNEID = "https://vneid.example/auth"


def well(_host):
    return None, ""


def must_not_be_asked(host):
    raise AssertionError(f"{host} was probed")


def explained(error, atlas, address=AT_PORTAL, probe=must_not_be_asked):
    fault = explain(error, address, atlas, probe)
    return fault.component, fault.kind, fault.message


def about_ourselves():
    error = Refused("internal", "a program is missing on this machine")
    error.component = "ourselves"
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Gone("a", "home"), "failed"),
        (Refused("code expired", "a"), "failed"),
        (Broken("dns", "a"), "failed"),
        (Blocked("captcha", "a"), "blocked"),
        (OurDeadline(120), "internal"),
        (about_ourselves(), "internal"),
        (KeyError("a"), "internal"),
    ],
)
def test_each_error_has_its_outcome(error, outcome):
    assert outcome_of(error) == outcome


@pytest.mark.parametrize(
    ("address", "component"),
    [(AT_PORTAL, "portal"), (AT_VNEID, "VNeID"), ("https://nobody.example/", "portal")],
)
def test_a_fault_belongs_to_the_system_at_the_address(address, component, atlas):
    assert explained(Broken("http", "HTTP 500"), atlas, address) == (component, "http", "HTTP 500")


def test_the_host_that_an_error_names_wins_over_the_address(atlas):
    error = Broken("connect", "ERR_CONNECTION_REFUSED", host="vneid.example")
    assert explained(error, atlas)[0] == "VNeID"


def test_what_is_missing_on_our_own_machine_is_no_fault_of_the_page_that_says_so(atlas):
    assert explained(about_ourselves(), atlas)[0] == "ourselves"


def test_a_control_that_is_gone_belongs_to_its_screens_system(atlas):
    assert explained(Gone("“QR”", "vneid", "qr"), atlas)[:2] == ("VNeID", "control gone")


def test_a_code_that_did_not_come_is_the_fault_of_the_messages(atlas):
    error = Broken("code not delivered", "60 s")
    assert explained(error, atlas, AT_VNEID) == ("SMS", "code not delivered", "60 s")


@pytest.mark.parametrize("kind", ["dns", "connect", "tls", "http"])
def test_a_page_that_did_not_come_is_told_by_what_a_probe_finds(kind, atlas):
    fault = explained(Broken("timeout", "20 s"), atlas, probe=lambda host: (kind, f"at {host}"))
    assert fault == ("portal", kind, "at demo.example")


def test_a_page_that_did_not_come_from_a_host_that_is_well_was_slow(atlas):
    fault = explained(Broken("timeout", "20 s"), atlas, probe=well)
    assert fault == ("portal", "timeout", "20 s")


def test_our_own_deadline_is_our_fault(atlas):
    assert explained(OurDeadline(120), atlas)[:2] == ("ourselves", "timeout")


def test_a_bug_is_our_fault_and_told_in_one_line(atlas):
    assert explained(ValueError("one\ntwo"), atlas) == (
        "ourselves",
        "internal",
        "ValueError: one",
    )


def test_an_error_without_words_is_told_by_its_kind(atlas):
    assert explained(KeyError(), atlas)[2] == "KeyError: "


def test_a_control_that_is_gone_proposes_the_closest_with_file_and_line(atlas):
    proposed = proposal(Gone("a", "home", "login", closest="Đăng nhập VNeID"), atlas)
    assert proposed is not None and "“Đăng nhập VNeID”" in proposed
    path, line, _ = proposed.split(":", 2)
    assert Path(path).read_text().splitlines()[int(line) - 1].strip().startswith("login:")


@pytest.mark.parametrize(
    "error",
    [Gone("a", "home", "login"), Gone("a", "home", closest="b"), Broken("http", "a")],
    ids=["nothing close", "no control", "nothing gone"],
)
def test_nothing_is_proposed_where_nothing_can_be_told(error, atlas):
    assert proposal(error, atlas) is None
