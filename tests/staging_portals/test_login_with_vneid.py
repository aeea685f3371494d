"""The portals' end of the login: what they send to VNeID, and what they accept from it."""

import pytest
from joserfc.jwk import ECKey

LAI_CHAU = "dichvucong.laichau.gov.vn"
THANH_HOA = "dichvucong.thanhhoa.gov.vn"
HUNG_YEN = "dichvucong.hungyen.gov.vn"
IGATE = [LAI_CHAU, HUNG_YEN]
ACCOUNT = "/dich-vu-cong/cong-dan"
DENIED = "Đăng nhập VNeID thất bại. Vui lòng thử lại"


def signed_in(browser) -> bool:
    host = browser.base_url.host
    if host == THANH_HOA:
        return browser.get("/api/session").json()["user"] is not None
    return browser.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("host", [*IGATE, THANH_HOA])
def test_a_login_asks_for_state_nonce_and_pkce(host, browser_at, sign_in, provider):
    sign_in(browser_at(host))
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["scope"] == "openid"
    assert len(provider.asked["state"]) > 20 and len(provider.asked["nonce"]) >= 20


@pytest.mark.parametrize("host", [*IGATE, THANH_HOA])
def test_a_verified_citizen_is_signed_in(host, browser_at, sign_in):
    citizen = browser_at(host)
    sign_in(citizen)
    assert signed_in(citizen)


def test_lai_chau_shows_the_account_of_the_citizen(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    assert sign_in(citizen).headers["location"] == ACCOUNT
    page = citizen.get(ACCOUNT).text
    assert "Nguyễn Thị Thử Nghiệm" in page and "000100000001" in page and "11/01/1990" in page


def test_a_state_of_another_login_is_refused(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen, state="somebody-elses")
    assert not signed_in(citizen)


def test_a_callback_in_a_browser_that_began_no_login_is_refused(browser_at, sign_in, provider):
    sign_in(browser_at(LAI_CHAU), error="server_error")
    stranger = browser_at(LAI_CHAU)
    stranger.get(
        provider.asked["redirect_uri"],
        params={"code": "code-1", "state": provider.asked["state"]},
    )
    assert not signed_in(stranger)


def test_an_answer_of_vneid_is_accepted_once(browser_at, sign_in, provider):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    again = citizen.get(
        provider.asked["redirect_uri"],
        params={"code": "code-1", "state": provider.asked["state"]},
    )
    assert "/dang-nhap" in again.headers["location"]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another-portal"},
        {"iss": "https://example.test"},
        {"exp": 1},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_an_id_token_that_is_not_for_this_login_is_refused(claims, browser_at, sign_in, provider):
    provider.claims = claims
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    assert not signed_in(citizen)


def test_an_id_token_signed_by_another_key_is_refused(browser_at, sign_in, provider):
    provider.sign_with = ECKey.generate_key("P-256")
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    assert not signed_in(citizen)


def test_a_token_is_read_at_the_time_of_the_instance(scene, browser_at, sign_in):
    scene.clock.advance(3600)
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    assert signed_in(citizen)


@pytest.mark.parametrize("host", IGATE)
def test_a_login_cancelled_at_vneid_is_told_and_signs_nobody_in(host, browser_at, sign_in):
    citizen = browser_at(host)
    login = sign_in(citizen, error="access_denied").headers["location"]
    assert DENIED in citizen.get(login).text
    assert not signed_in(citizen)


def test_thanh_hoa_tells_of_a_cancelled_login_on_the_callback_page(browser_at, sign_in):
    citizen = browser_at(THANH_HOA)
    assert DENIED in sign_in(citizen, error="access_denied").text
    assert not signed_in(citizen)


def test_the_alert_about_a_cancelled_login_is_shown_once(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    login = sign_in(citizen, error="access_denied").headers["location"]
    citizen.get(login)
    assert DENIED not in citizen.get(login).text


@pytest.mark.parametrize("host", IGATE)
def test_an_unreachable_vneid_is_told_to_the_citizen(host, browser_at, sign_in, provider):
    provider.reachable = False
    citizen = browser_at(host)
    login = sign_in(citizen).headers["location"]
    assert "Không kết nối được" in citizen.get(login).text
    assert not signed_in(citizen)


def test_a_login_gives_the_session_a_new_name(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    citizen.get("/dich-vu-cong/cong-dan/dang-nhap/chuyen-huong/vneid")
    before = citizen.cookies["PHPSESSID"]
    sign_in(citizen)
    assert citizen.cookies["PHPSESSID"] != before


def test_the_session_cookie_is_kept_from_scripts_and_plain_connections(browser_at):
    answer = browser_at(LAI_CHAU).get("/dich-vu-cong/cong-dan/dang-nhap/chuyen-huong/vneid")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(answer.headers["set-cookie"].split("; "))


def test_an_idle_session_ends(scene, browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    scene.clock.advance(61 * 60)
    assert not signed_in(citizen)


def test_a_reset_of_the_instance_ends_every_session(scene, browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    scene.reset()
    assert not signed_in(citizen)
