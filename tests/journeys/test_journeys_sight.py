"""A last look at a page in trouble: what kind of trouble it is."""

import pytest

from journeys.sight import Sight, closest, net_error_kind, trouble
from pages.errors import Blocked, Broken

WELL = Sight("https://demo.example/", title="Trang chủ", status=200, text="Đăng nhập\nĐăng ký")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ERR_NAME_NOT_RESOLVED", "dns"),
        ("ERR_CERT_DATE_INVALID", "tls"),
        ("ERR_CERT_COMMON_NAME_INVALID", "tls"),
        ("ERR_CERT_AUTHORITY_INVALID", "tls"),
        ("ERR_SSL_PROTOCOL_ERROR", "tls"),
        ("ERR_TIMED_OUT", "timeout"),
        ("ERR_CONNECTION_TIMED_OUT", "timeout"),
        ("ERR_CONNECTION_REFUSED", "connect"),
        ("ERR_CONNECTION_RESET", "connect"),
        ("ERR_EMPTY_RESPONSE", "connect"),
        ("ERR_INTERNET_DISCONNECTED", "connect"),
        ("", "connect"),
        ("csp", "connect"),
    ],
)
def test_each_net_error_has_its_kind(code, kind):
    assert net_error_kind(code) == kind


def test_a_page_that_is_well_is_in_no_trouble(atlas):
    assert trouble(None, WELL, atlas) is None


def test_a_request_that_failed_is_the_trouble_of_its_host(atlas):
    seen = Sight(WELL.address, failed_request=("https://vneid.example/auth", "ERR_TIMED_OUT"))
    found = trouble(None, seen, atlas)
    assert (type(found), found.kind, found.host) == (Broken, "timeout", "vneid.example")


@pytest.mark.parametrize(
    ("text", "error", "kind"),
    [
        ("Request Rejected\nYour support ID is: 1", Blocked, "firewall"),
        ("Xin lỗi!\nHệ thống đang bảo trì.", Broken, "maintenance"),
    ],
)
def test_a_page_that_is_not_the_portals_is_known_by_its_words(text, error, kind, atlas):
    found = trouble(None, Sight(WELL.address, status=200, text=text), atlas)
    assert (type(found), found.kind) == (error, kind)


def test_a_known_page_is_told_by_the_line_that_says_so(atlas):
    seen = Sight(WELL.address, status=503, text="Xin lỗi!\nHệ thống đang bảo trì.\nCảm ơn")
    assert trouble(None, seen, atlas).message == "Hệ thống đang bảo trì."


def test_an_error_page_that_nobody_knows_is_told_by_its_status(atlas):
    seen = Sight(WELL.address, status=502, headings=("Bad Gateway",))
    found = trouble(None, seen, atlas)
    assert (found.kind, found.message) == ("http", "HTTP 502 – Bad Gateway")


def test_the_closest_control_is_the_one_most_like_a_known_name():
    seen = Sight(WELL.address, controls=("Đăng ký", "Đăng nhập VNeID", "Trang chủ"))
    assert closest(("Đăng nhập",), seen) == "Đăng nhập VNeID"


@pytest.mark.parametrize(("names", "controls"), [((), ("a",)), (("a",), ())])
def test_without_names_or_controls_nothing_is_close(names, controls):
    assert closest(names, Sight(WELL.address, controls=controls)) is None


def test_a_page_is_called_by_its_heading_then_its_title_then_its_address():
    assert Sight("a", title="b", headings=("c",)).headline == "c"
    assert Sight("a", title="b").headline == "b"
    assert Sight("a").headline == "a"
