"""What a visitor meets on the pages, by edition and by fault."""

from urllib.parse import urlsplit

import pytest

LAI_CHAU = "dichvucong.laichau.gov.vn"
HUNG_YEN = "dichvucong.hungyen.gov.vn"
THANH_HOA = "dichvucong.thanhhoa.gov.vn"
NATIONAL = "dichvucong.gov.vn"
NATIONAL_IDP = "xacthuc.dichvucong.gov.vn"
PROVINCES = [LAI_CHAU, HUNG_YEN, THANH_HOA]
EVERYWHERE = [*PROVINCES, NATIONAL]
LOGIN = "/dich-vu-cong/cong-dan/dang-nhap"


@pytest.mark.parametrize("host", EVERYWHERE)
def test_every_portal_says_that_it_is_simulated(host, browser_at):
    assert "Cổng mô phỏng để kiểm thử – không phải cổng thật" in browser_at(host).get("/").text


@pytest.mark.parametrize("host", EVERYWHERE)
def test_no_page_loads_anything_from_elsewhere(host, browser_at):
    page = browser_at(host).get("/").text
    assert 'src="http' not in page and 'rel="stylesheet" href="http' not in page


def test_thanh_hoa_login_in_the_header_is_no_link(browser_at):
    page = browser_at(THANH_HOA).get("/").text
    assert '<a class="ant-btn ant-btn-primary" data-action="login">Đăng nhập</a>' in page


def test_thanh_hoa_cards_are_links_as_published_and_handlers_in_2025(scene, browser_at):
    assert '<a class="login-card" href="/ssovneid/login">' in browser_at(THANH_HOA).get("/").text
    scene.edition = "2025-06"
    page = browser_at(THANH_HOA).get("/").text
    assert '<div class="login-card" data-href="/ssovneid/login">' in page


@pytest.mark.parametrize("edition, shown", [("published", False), ("2025-06", True)])
def test_the_zalo_pop_up_of_thanh_hoa_came_in_2025(edition, shown, scene, browser_at):
    scene.edition = edition
    assert ("Mã QR Zalo" in browser_at(THANH_HOA).get("/").text) is shown


def test_hung_yen_login_moves_on_by_itself(browser_at):
    assert "data-moves-on" in browser_at(HUNG_YEN).get(LOGIN).text


@pytest.mark.parametrize("host", PROVINCES)
@pytest.mark.parametrize("path", ["/", LOGIN])
def test_in_2026_the_provinces_lead_to_the_national_portal(host, path, scene, browser_at):
    scene.edition = "2026-11"
    answer = browser_at(host).get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, "https://dichvucong.gov.vn/")


@pytest.mark.parametrize(
    "edition, where",
    [
        ("published", "https://xacthuc.dichvucong.gov.vn/oauth2/authorize?"),
        ("2025-06", "https://xacthuc.dichvucong.gov.vn/oauth2/authorize?"),
        ("2026-11", "https://sso.dancuquocgia.gov.vn/auth?"),
    ],
)
def test_the_national_portal_logs_in_where_its_edition_says(edition, where, scene, browser_at):
    scene.edition = edition
    assert browser_at(NATIONAL).get("/sso/login").headers["location"].startswith(where)


def test_in_2026_a_citizen_signs_in_at_the_national_portal(scene, browser_at, sign_in):
    scene.edition = "2026-11"
    citizen = browser_at(NATIONAL)
    assert sign_in(citizen).headers["location"] == "/tai-khoan"
    assert "Nguyễn Thị Thử Nghiệm" in citizen.get("/tai-khoan").text


@pytest.mark.parametrize("edition, cards", [("published", 2), ("2025-06", 3)])
def test_the_identity_provider_offers_the_kinds_of_its_edition(edition, cards, scene, browser_at):
    scene.edition = edition
    asked = urlsplit(browser_at(NATIONAL).get("/sso/login").headers["location"])
    person = browser_at(NATIONAL_IDP)
    page = person.get(f"{asked.path}?{asked.query}", follow_redirects=True).text
    assert page.count('class="kind"') == cards


def test_a_captcha_stands_before_the_login(scene, browser_at):
    scene.faults.set("captcha-before-login", {"host": LAI_CHAU})
    page = browser_at(LAI_CHAU).get(LOGIN).text
    assert "captcha" in page and "Định danh điện tử" not in page


def test_a_wrong_answer_to_the_captcha_lets_nobody_through(scene, browser_at):
    scene.faults.set("captcha-before-login", {"host": LAI_CHAU})
    citizen = browser_at(LAI_CHAU)
    citizen.get("/captcha.png")
    citizen.post(LOGIN, data={"captcha": "?????"})
    assert "Mã xác nhận không đúng" in citizen.get(LOGIN).text


def test_a_second_qr_stands_before_the_choice(scene, browser_at):
    scene.faults.set("second-qr", {"host": LAI_CHAU})
    assert 'alt="Mã QR Zalo"' in browser_at(LAI_CHAU).get(LOGIN).text


@pytest.mark.parametrize("host, path", [(LAI_CHAU, "/"), (THANH_HOA, "/"), (NATIONAL, "/")])
def test_a_renamed_login_shows_its_new_name(host, path, scene, browser_at):
    scene.faults.set("control-renamed", {"host": host, "control": "login", "to": "Vào hệ thống"})
    assert "Vào hệ thống" in browser_at(host).get(path).text


def test_a_removed_choice_is_gone(scene, browser_at):
    scene.faults.set("control-removed", {"host": LAI_CHAU, "control": "vneid"})
    assert "Định danh điện tử" not in browser_at(LAI_CHAU).get(LOGIN).text


def test_a_field_is_added_to_the_login(scene, browser_at):
    scene.faults.set("field-added", {"host": LAI_CHAU, "label": "Mã tỉnh"})
    assert '<label for="added">Mã tỉnh' in browser_at(LAI_CHAU).get(LOGIN).text


def test_an_extra_screen_stands_between_login_and_account(scene, browser_at, sign_in):
    scene.faults.set("extra-screen", {"host": LAI_CHAU})
    citizen = browser_at(LAI_CHAU)
    survey = citizen.get(sign_in(citizen).headers["location"]).text
    assert "Bỏ qua" in survey and 'href="/dich-vu-cong/cong-dan"' in survey


def test_the_controls_that_faults_can_name_are_listed(scene, browser_at):
    browser_at(LAI_CHAU)
    assert {"login", "register", "vneid", "national", "sign-out"} <= set(scene.controls()[LAI_CHAU])
