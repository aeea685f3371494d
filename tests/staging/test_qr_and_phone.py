"""The QR code on the page, and the app that reads it: three guides, three phone flows."""

import re

import httpx
import pyotp
import pytest
from staging_visitors import CALLBACK, Citizen, LocalScene, NewClient, Request, citizen

from staging import hosts
from staging.vneid import accounts, qr

APP = f"https://{hosts.APP}"
CALLBACKS = {
    "lai-chau": CALLBACK,
    "thanh-hoa": f"https://{hosts.THANH_HOA}/ssovneid/callback",
    "hung-yen": f"https://{hosts.HUNG_YEN}/dich-vu-cong/cong-dan/dang-nhap/vneid",
}


class PhoneInHand:
    """A citizen's phone, logged in to the app."""

    def __init__(self, someone: Citizen, client: httpx.Client) -> None:
        self.client = client
        self.someone = someone
        self.log_in()

    def log_in(self) -> httpx.Response:
        person = self.someone.person
        return self.send("/dang-nhap", identity=person.identity, password=person.password)

    def send(self, path: str, **form: str) -> httpx.Response:
        return self.client.post(f"{APP}{path}", data=form, follow_redirects=True)

    def scan(self, payload: str | None = None) -> httpx.Response:
        return self.send("/quet-ma-qr", payload=payload or self.someone.qr)

    def approve(self) -> None:
        self.scan()
        self.send("/yeu-cau-dang-nhap", decision="confirm")
        self.send("/passcode", passcode=self.someone.person.passcode)


@pytest.fixture
def phone(lan: Citizen, new_client: NewClient) -> PhoneInHand:
    return PhoneInHand(lan, new_client())


def opens_from(someone: Citizen, portal: str) -> None:
    changed = {"client_id": portal, "redirect_uri": CALLBACKS[portal]}
    someone.opens_sign_in(Request(parameters=changed))


def page_sees(someone: Citizen) -> dict[str, str]:
    return dict(someone.acts("qr-status", id=someone.qr).json())


def test_at_lai_chau_the_app_asks_for_confirmation_and_passcode(
    lan: Citizen, phone: PhoneInHand
) -> None:
    opens_from(lan, "lai-chau")
    assert "Xác nhận" in phone.scan().text
    assert "Nhập passcode" in phone.send("/yeu-cau-dang-nhap", decision="confirm").text
    assert "thành công" in phone.send("/passcode", passcode=lan.person.passcode).text
    assert page_sees(lan)["redirect"].startswith(CALLBACK)


def test_at_thanh_hoa_a_notice_follows_the_confirmation(lan: Citizen, phone: PhoneInHand) -> None:
    opens_from(lan, "thanh-hoa")
    phone.scan()
    notice = phone.send("/yeu-cau-dang-nhap", decision="confirm").text
    assert "Thông báo" in notice and "Đóng" in notice
    assert page_sees(lan)["redirect"].startswith(CALLBACKS["thanh-hoa"])
    assert "Nhóm dịch vụ" in phone.send("/thong-bao").text


def test_at_hung_yen_the_notice_comes_at_once_and_closing_it_logs_out(
    lan: Citizen, phone: PhoneInHand
) -> None:
    opens_from(lan, "hung-yen")
    assert "Đóng" in phone.scan().text
    assert page_sees(lan)["redirect"].startswith(CALLBACKS["hung-yen"])
    assert "nhập thông tin đăng nhập" in phone.send("/thong-bao").text


@pytest.mark.parametrize("portal", CALLBACKS)
def test_from_2025_06_the_app_is_the_same_everywhere(
    lan: Citizen, phone: PhoneInHand, portal: str
) -> None:
    lan.scene.edition = "2025-06"
    opens_from(lan, portal)
    assert "Xác nhận" in phone.scan().text
    assert "Nhập passcode" in phone.send("/yeu-cau-dang-nhap", decision="confirm").text


def test_a_qr_code_works_once(lan: Citizen, phone: PhoneInHand) -> None:
    lan.opens_sign_in()
    phone.approve()
    assert qr.QR_USED in phone.scan().text


def test_a_qr_code_read_by_one_phone_is_refused_to_another(
    lan: Citizen, phone: PhoneInHand, new_client: NewClient
) -> None:
    lan.opens_sign_in()
    phone.scan()
    assert qr.QR_USED in PhoneInHand(lan, new_client()).scan().text


def test_a_qr_code_expires_after_two_minutes(lan: Citizen, phone: PhoneInHand) -> None:
    lan.opens_sign_in()
    lan.scene.clock.advance(120)
    assert page_sees(lan)["status"] == "expired"
    assert qr.QR_EXPIRED in phone.scan().text


def test_a_reloaded_qr_code_works_and_the_old_one_does_not(
    lan: Citizen, phone: PhoneInHand
) -> None:
    lan.opens_sign_in()
    old, lan.qr = lan.qr, lan.acts("qr").json()["id"]
    assert qr.NOT_A_LOGIN_QR in phone.scan(old).text
    phone.approve()
    assert page_sees(lan)["redirect"]


def test_any_other_qr_code_is_refused(phone: PhoneInHand) -> None:
    assert qr.NOT_A_LOGIN_QR in phone.scan("https://zalo.me/000").text


def test_another_browser_learns_nothing_from_a_qr_code(
    lan: Citizen, phone: PhoneInHand, new_client: NewClient
) -> None:
    lan.opens_sign_in()
    phone.approve()
    lan.client = new_client()
    assert lan.acts("qr-status", id=lan.qr).status_code == 410


def test_a_wrong_passcode_is_refused_and_nobody_is_signed_in(
    lan: Citizen, phone: PhoneInHand
) -> None:
    lan.opens_sign_in()
    phone.scan()
    phone.send("/yeu-cau-dang-nhap", decision="confirm")
    assert "Passcode không chính xác" in phone.send("/passcode", passcode="000000").text
    assert page_sees(lan)["status"] == "scanned"


def test_refusing_on_the_phone_is_shown_on_the_page(lan: Citizen, phone: PhoneInHand) -> None:
    lan.opens_sign_in()
    phone.scan()
    phone.send("/yeu-cau-dang-nhap", decision="refuse")
    assert page_sees(lan)["status"] == "refused"


def test_an_account_not_allowed_on_the_web_is_refused_by_the_app(
    scene: LocalScene, new_client: NewClient
) -> None:
    someone = citizen(scene, new_client, "chan")
    someone.opens_sign_in()
    answer = PhoneInHand(someone, new_client()).scan()
    assert accounts.NOT_ALLOWED_ON_WEB in answer.text


def test_the_app_asks_to_log_in_first(new_client: NewClient) -> None:
    response = new_client().get(f"{APP}/quet-ma-qr", follow_redirects=True)
    assert "Vui lòng nhập thông tin đăng nhập để tiếp tục" in response.text


def test_the_app_shows_a_login_code_only_from_2025_06_on(phone: PhoneInHand) -> None:
    assert "Mã OTP" not in phone.client.get(f"{APP}/").text
    phone.someone.scene.edition = "2025-06"
    totp = pyotp.TOTP(phone.someone.person.totp_secret)
    shown = re.search(r">(\d{6})<", phone.client.get(f"{APP}/ma-dang-nhap").text)
    assert shown is not None
    assert totp.verify(shown[1], for_time=phone.someone.scene.clock.timestamp(), valid_window=1)


def test_a_damaged_qr_code_is_another_picture(lan: Citizen) -> None:
    assert qr.qr_image("x" * 36, damaged=True) != qr.qr_image("x" * 36)
