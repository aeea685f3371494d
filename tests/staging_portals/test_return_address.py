"""`return-url`: honoured for places of the portal, refused when it leads elsewhere."""

import pytest

from staging.portals.return_address import local_path

LAI_CHAU = "dichvucong.laichau.gov.vn"
LOGIN = "/dich-vu-cong/cong-dan/dang-nhap"

ELSEWHERE = [
    "https://example.test/",
    "//example.test/",
    "/\\example.test/",
    "\\\\example.test",
    "/\t/example.test",
    "javascript:alert(1)",
    "example.test",
    "",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_an_address_that_leads_elsewhere_is_no_local_path(wanted):
    assert local_path(wanted) is None


@pytest.mark.parametrize("wanted", ["/", "/thong-ke", "/tim-kiem?tu-khoa=khai%20sinh#ket-qua"])
def test_a_path_of_the_portal_is_a_local_path(wanted):
    assert local_path(wanted) == wanted


def test_a_guarded_page_leads_to_the_login_and_says_where_to_return(browser_at):
    answer = browser_at(LAI_CHAU).get("/dich-vu-cong/nop-ho-so?ma=GL.000002")
    expected = f"{LOGIN}?return-url=/dich-vu-cong/nop-ho-so%3Fma%3DGL.000002"
    assert answer.headers["location"] == expected


def test_the_login_page_hands_the_return_address_on(browser_at):
    page = browser_at(LAI_CHAU).get(LOGIN, params={"return-url": "/thong-ke"}).text
    assert "chuyen-huong/vneid?return-url=/thong-ke" in page


def test_after_the_login_the_citizen_is_where_they_wanted_to_be(browser_at, sign_in):
    wanted = "/dich-vu-cong/nop-ho-so%3Fma=GL.000002"
    answer = sign_in(browser_at(LAI_CHAU), wanted=wanted)
    assert answer.headers["location"] == "/dich-vu-cong/nop-ho-so?ma=GL.000002"


@pytest.mark.parametrize("wanted", ["https://example.test/", "//example.test/", "/%5Cexample.test"])
def test_after_the_login_nobody_is_sent_elsewhere(wanted, browser_at, sign_in):
    answer = sign_in(browser_at(LAI_CHAU), wanted=wanted)
    assert answer.headers["location"] == "/dich-vu-cong/cong-dan"


def test_a_signed_in_citizen_is_not_sent_elsewhere_by_the_login_page(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    answer = citizen.get(LOGIN, params={"return-url": "//example.test/"})
    assert answer.headers["location"] == "/dich-vu-cong/cong-dan"
