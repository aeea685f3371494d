"""The national provider between a portal and VNeID: request, choice, return, sign-out."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from national_visitors import ACCOUNT, LAI_CHAU, NATIONAL, PROVIDER, TO_NATIONAL, through_vneid

RETRY = f"{PROVIDER}/authenticationendpoint/retry.do"
THANH_HOA = "https://dichvucong.thanhhoa.gov.vn"


def at_choice(client, begin=TO_NATIONAL):
    return client.get(begin, follow_redirects=True)


def key_of(page):
    return parse_qs(urlsplit(str(page.url)).query)["sessionDataKey"][0]


def chooses(client, page, idp):
    params = {"idp": idp, "sessionDataKey": key_of(page)}
    return client.get(f"{PROVIDER}/commonauth", params=params, follow_redirects=True)


def where(response):
    return str(response.url).partition("?")[0]


@pytest.mark.parametrize("edition, cards", [("published", 2), ("2025-06", 3), ("2026-11", 2)])
def test_the_kinds_of_account_of_each_edition(edition, cards, client, scene):
    page = at_choice(client)
    scene.edition = edition
    assert client.get(page.url).text.count('class="kind"') == cards


def test_in_2026_the_card_for_organisations_is_gone(client, scene):
    page = at_choice(client)
    scene.edition = "2026-11"
    assert 'id="icon-1"' not in client.get(page.url).text
    assert where(chooses(client, page, "dvcqg")) == RETRY


def test_the_notice_cites_the_decree(client):
    assert "Nghị định số 59/2022/NĐ-CP ngày 05/09/2022" in at_choice(client).text


def test_a_citizen_comes_back_to_lai_chau_signed_in(client, scene):
    vneid = chooses(client, at_choice(client), "vneid")
    page = through_vneid(client, scene.person("lan"), vneid)
    assert str(page.url) == ACCOUNT and "Nguyễn Thị Thử Nghiệm" in page.text


def test_a_citizen_comes_back_to_the_national_portal_signed_in(client, scene):
    vneid = chooses(client, at_choice(client, f"{NATIONAL}/sso/login"), "vneid")
    page = through_vneid(client, scene.person("lan"), vneid)
    assert str(page.url) == f"{NATIONAL}/tai-khoan" and "11/01/1990" in page.text


def test_a_citizen_comes_back_to_thanh_hoa_signed_in(client, scene):
    vneid = chooses(client, at_choice(client, f"{THANH_HOA}/sso/login"), "vneid")
    through_vneid(client, scene.person("lan"), vneid)
    assert client.get(f"{THANH_HOA}/api/session").json()["user"]["identity"] == "000100000001"


def test_a_citizen_who_cancels_at_vneid_is_not_signed_in(client):
    vneid = chooses(client, at_choice(client), "vneid")
    state = parse_qs(urlsplit(str(vneid.url)).query)["state"][0]
    back = {"error": "access_denied", "state": state}
    page = client.get(f"{PROVIDER}/commonauth", params=back, follow_redirects=True)
    assert "Đăng nhập VNeID thất bại. Vui lòng thử lại" in page.text
    assert client.get(ACCOUNT).status_code == 302


def test_the_third_card_signs_a_representative_in_as_the_organisation(client, scene):
    scene.edition = "2025-06"
    vneid = chooses(client, at_choice(client), "vneid-org")
    page = through_vneid(client, scene.person("lan"), vneid)
    assert "Công ty TNHH Thử Nghiệm Một" in page.text


def test_the_third_card_without_an_organisation(client, scene):
    scene.edition = "2025-06"
    vneid = chooses(client, at_choice(client), "vneid-org")
    page = through_vneid(client, scene.person("hoa"), vneid)
    assert "chưa được đăng ký định danh điện tử cho tổ chức" in page.text


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_key_ends_at_retry(key, client):
    address = f"{PROVIDER}/authenticationendpoint/login.do?sessionDataKey={key}"
    page = client.get(address, follow_redirects=True)
    assert where(page) == RETRY
    assert "Đã xảy ra lỗi trong quá trình xác thực. Vui lòng thử đăng nhập lại." in page.text


def test_a_key_of_another_browser_is_stale(client, new_client):
    page = at_choice(client)
    assert where(new_client().get(page.url, follow_redirects=True)) == RETRY


def test_a_key_goes_stale_after_a_quarter_of_an_hour(client, scene):
    page = at_choice(client)
    scene.clock.advance(901)
    assert where(client.get(page.url, follow_redirects=True)) == RETRY


def test_a_used_key_is_stale(client, scene):
    page = at_choice(client)
    through_vneid(client, scene.person("lan"), chooses(client, page, "vneid"))
    assert where(client.get(page.url, follow_redirects=True)) == RETRY


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"redirect_uri": "https://example.test/"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_request_that_names_no_known_portal_goes_no_further(changed, client):
    asked = httpx.URL(client.get(TO_NATIONAL).headers["location"]).copy_merge_params(changed)
    assert where(client.get(asked, follow_redirects=True)) == RETRY


@pytest.mark.parametrize("missing", ["code_challenge", "nonce"])
def test_a_request_without_pkce_or_nonce_is_sent_back(missing, client):
    asked = httpx.URL(client.get(TO_NATIONAL).headers["location"]).copy_remove_param(missing)
    answer = client.get(asked).headers["location"]
    assert answer.startswith(LAI_CHAU) and "error=invalid_request" in answer


def test_a_code_is_good_once(client, scene):
    vneid = chooses(client, at_choice(client), "vneid")
    page = through_vneid(client, scene.person("lan"), vneid)
    callback = next(r.url for r in page.history if r.url.path.endswith("/dang-nhap/dvcqg"))
    again = client.get(callback, follow_redirects=True)
    assert "Phiên đăng nhập không hợp lệ" in again.text


def test_signing_out_ends_the_session_at_vneid_too(client, scene):
    vneid = chooses(client, at_choice(client), "vneid")
    through_vneid(client, scene.person("lan"), vneid)
    home = client.get(f"{ACCOUNT}/dang-xuat", follow_redirects=True)
    assert str(home.url) == f"{LAI_CHAU}/"
    assert "Mật khẩu" in chooses(client, at_choice(client), "vneid").text


def test_signing_out_at_one_portal_ends_the_session_at_the_others(client, scene):
    vneid = chooses(client, at_choice(client), "vneid")
    through_vneid(client, scene.person("lan"), vneid)
    chooses(client, at_choice(client, f"{THANH_HOA}/sso/login"), "vneid")
    assert client.get(f"{THANH_HOA}/api/session").json()["user"]
    client.get(f"{ACCOUNT}/dang-xuat", follow_redirects=True)
    assert client.get(f"{THANH_HOA}/api/session").json()["user"] is None


def test_a_captcha_stands_before_the_choice(client, scene):
    scene.faults.set("captcha-before-login", {"host": "xacthuc.dichvucong.gov.vn"})
    page = at_choice(client)
    assert "captcha" in page.text and 'class="kind"' not in page.text
