"""Account, password and code, as the sign-in page's script asks for them."""

import re
from datetime import datetime

import httpx
import pyotp
import pytest
from staging_visitors import Citizen, LocalScene, NewClient, answer_in, citizen

from staging import hosts
from staging.clock import VIETNAM
from staging.vneid import accounts, codes


def message(response: httpx.Response) -> str:
    assert response.status_code == 400
    return str(response.json()["message"])


def at_code(someone: Citizen) -> Citizen:
    someone.opens_sign_in()
    someone.enters_password().raise_for_status()
    return someone


def test_the_right_password_is_answered_as_the_real_page_answers(lan: Citizen) -> None:
    lan.opens_sign_in()
    answer = lan.enters_password().json()
    assert answer["otp"] is True
    assert answer["phoneNumber"] == "090****001"
    expires = datetime.strptime(answer["expiredDate"], "%d/%m/%Y %H:%M:%S").replace(tzinfo=VIETNAM)
    assert 178 <= (expires - lan.scene.clock.now()).total_seconds() <= 180


def test_the_form_is_shown_by_its_script_so_that_nothing_is_typed_before_it_listens(
    lan: Citizen,
) -> None:
    assert re.search(r'<form id="sign-in"[^>]* hidden>', lan.opens_sign_in().text)
    script = lan.client.get(f"https://{hosts.VNEID}/static/sign-in.js").text
    assert script.index('signIn.addEventListener("submit"') < script.index("signIn.hidden = false")


def test_a_wrong_password_and_an_unknown_account_sound_the_same(lan: Citizen) -> None:
    lan.opens_sign_in()
    unknown = lan.acts("authenticate", username="000199999999", password="x")
    assert message(lan.enters_password("wrong")) == message(unknown) == accounts.WRONG_PASSWORD


def test_the_code_has_six_digits_and_goes_to_the_registered_phone(lan: Citizen) -> None:
    assert re.fullmatch(r"\d{6}", at_code(lan).code_received())


def test_the_right_code_leads_back_to_the_portal(lan: Citizen) -> None:
    assert "code" in lan.signs_in()


def test_a_wrong_code_is_refused(lan: Citizen) -> None:
    assert message(at_code(lan).enters_code("abcdef")) == codes.WRONG


def test_a_code_expires_after_three_minutes(lan: Citizen) -> None:
    at_code(lan)
    lan.scene.clock.advance(180)
    assert message(lan.enters_code()) == codes.EXPIRED


def test_a_code_is_good_until_the_three_minutes_are_over(lan: Citizen) -> None:
    at_code(lan)
    lan.scene.clock.advance(175)
    assert lan.enters_code().json()["redirect"]


def test_a_resent_code_replaces_the_first(lan: Citizen) -> None:
    first = at_code(lan).code_received()
    assert lan.acts("change-mode", resendOtp="true").json()["otp"] is True
    if lan.code_received() != first:
        assert message(lan.enters_code(first)) == codes.WRONG
    assert lan.enters_code().json()["redirect"]


def test_a_code_works_once(lan: Citizen, new_client: NewClient) -> None:
    used = at_code(lan).code_received()
    lan.enters_code(used).raise_for_status()
    again = at_code(citizen(lan.scene, new_client, "lan"))
    if again.code_received() != used:
        assert message(again.enters_code(used)) == codes.WRONG


def test_a_code_of_one_login_is_worth_nothing_in_another(
    lan: Citizen, new_client: NewClient
) -> None:
    other = at_code(citizen(lan.scene, new_client, "lan"))
    others_code = other.code_received()
    if at_code(lan).code_received() != others_code:
        assert message(lan.enters_code(others_code)) == codes.WRONG


def test_a_cancelled_code_is_worth_nothing(lan: Citizen) -> None:
    code = at_code(lan).code_received()
    lan.acts("otp-cancel").raise_for_status()
    assert lan.enters_code(code).status_code == 410


def test_after_cancelling_the_code_one_can_sign_in_again(lan: Citizen) -> None:
    at_code(lan).acts("otp-cancel")
    lan.enters_password().raise_for_status()
    assert lan.enters_code().json()["redirect"]


def test_another_browser_cannot_go_on_with_a_login(lan: Citizen, new_client: NewClient) -> None:
    code = at_code(lan).code_received()
    lan.client = new_client()
    assert lan.enters_code(code).status_code == 410


def test_five_wrong_passwords_lock_for_fifteen_minutes(lan: Citizen) -> None:
    lan.opens_sign_in()
    said = [message(lan.enters_password("wrong")) for _ in range(5)]
    assert said == [accounts.WRONG_PASSWORD] * 4 + [accounts.LOCKED_FOR_NOW]
    assert message(lan.enters_password()) == accounts.LOCKED_FOR_NOW
    lan.scene.clock.advance(15 * 60)
    assert lan.enters_password().json()["otp"] is True


def test_wrong_codes_lock_too_and_the_right_one_comes_too_late(lan: Citizen) -> None:
    at_code(lan)
    said = [message(lan.enters_code("abcdef")) for _ in range(5)]
    assert said[-1] == accounts.LOCKED_FOR_NOW
    assert message(lan.enters_code()) == accounts.LOCKED_FOR_NOW


def test_a_right_password_alone_does_not_forget_wrong_codes(lan: Citizen) -> None:
    for _ in range(4):
        at_code(lan).enters_code("abcdef")
    assert message(at_code(lan).enters_code("abcdef")) == accounts.LOCKED_FOR_NOW


def test_a_whole_login_forgets_wrong_entries(lan: Citizen, new_client: NewClient) -> None:
    lan.opens_sign_in()
    for _ in range(4):
        lan.enters_password("wrong")
    lan.signs_in()
    again = citizen(lan.scene, new_client, "lan")
    again.opens_sign_in()
    assert message(again.enters_password("wrong")) == accounts.WRONG_PASSWORD


@pytest.mark.parametrize(
    ("key", "why"), [("thap", accounts.LEVEL_TOO_LOW), ("khoa", accounts.LOCKED_BY_ISSUER)]
)
def test_level_one_and_locked_accounts_are_refused(
    scene: LocalScene, new_client: NewClient, key: str, why: str
) -> None:
    someone = citizen(scene, new_client, key)
    someone.opens_sign_in()
    assert message(someone.enters_password()) == why


def test_a_second_portal_does_not_ask_again(lan: Citizen) -> None:
    lan.signs_in()
    response = lan.opens_sign_in()
    assert response.status_code == 302
    assert "code" in answer_in(response.headers["location"])


def test_from_2025_06_the_app_shows_the_code_and_consent_and_passcode_follow(lan: Citizen) -> None:
    lan.scene.edition = "2025-06"
    lan.opens_sign_in()
    assert lan.enters_password().json()["mode"] == "app"
    totp = pyotp.TOTP(lan.person.totp_secret)
    code = totp.at(int(lan.scene.clock.timestamp()))
    assert lan.enters_code(code).json()["next"] == "consent"
    assert lan.acts("consent", agreed="true").json()["next"] == "passcode"
    assert lan.acts("passcode", passcode=lan.person.passcode).json()["redirect"]


def test_from_2025_06_a_code_of_the_app_works_once_for_the_whole_account(
    lan: Citizen, new_client: NewClient
) -> None:
    lan.scene.edition = "2025-06"
    totp = pyotp.TOTP(lan.person.totp_secret)
    now = int(lan.scene.clock.timestamp())
    used, next_one = totp.at(now), totp.at(now + 30)
    at_code(lan).enters_code(used).raise_for_status()
    again = at_code(citizen(lan.scene, new_client, "lan"))
    assert message(again.enters_code(used)) == codes.WRONG
    assert again.enters_code(next_one).json()["next"] == "consent"


def test_from_2025_06_sms_can_be_chosen(lan: Citizen) -> None:
    lan.scene.edition = "2025-06"
    at_code(lan)
    assert lan.acts("change-mode", mode="sms").json()["mode"] == "sms"
    assert lan.enters_code().json()["next"] == "consent"


def test_without_the_tick_there_is_no_consent(lan: Citizen) -> None:
    lan.scene.edition = "2025-06"
    at_code(lan).acts("change-mode", mode="sms")
    lan.enters_code()
    assert lan.acts("consent", agreed="false").status_code == 400


def test_consent_cannot_be_skipped(lan: Citizen) -> None:
    lan.scene.edition = "2025-06"
    at_code(lan).acts("change-mode", mode="sms")
    lan.enters_code()
    assert lan.acts("passcode", passcode=lan.person.passcode).status_code == 410


def test_a_code_of_eight_digits_is_asked_for_and_sent(lan: Citizen) -> None:
    lan.scene.faults.set("otp-digits", {})
    lan.opens_sign_in()
    assert lan.enters_password().json()["digits"] == 8
    assert re.fullmatch(r"\d{8}", lan.code_received())


def test_another_lifetime_of_the_code_is_said_and_kept(lan: Citizen) -> None:
    lan.scene.faults.set("otp-lifetime", {"seconds": 60})
    at_code(lan)
    lan.scene.clock.advance(60)
    assert message(lan.enters_code()) == codes.EXPIRED


def test_a_captcha_before_the_login_has_to_be_solved(lan: Citizen) -> None:
    lan.scene.faults.set("captcha-before-login", {"host": hosts.VNEID})
    assert "Hình ảnh mã xác nhận" in lan.opens_sign_in().text
    assert "Mã xác nhận" in message(lan.enters_password())


def test_an_added_field_has_to_be_filled(lan: Citizen) -> None:
    lan.scene.faults.set("field-added", {"host": hosts.VNEID, "label": "Mã tỉnh"})
    assert "Mã tỉnh" in lan.opens_sign_in().text
    assert "Mã tỉnh" in message(lan.enters_password())


def test_an_extra_screen_comes_before_the_portal(lan: Citizen) -> None:
    lan.scene.faults.set("extra-screen", {"host": hosts.VNEID})
    assert at_code(lan).enters_code().json()["next"] == "survey"
    assert lan.acts("survey").json()["redirect"]


def test_a_renamed_control_has_its_new_name(lan: Citizen) -> None:
    lan.scene.faults.set(
        "control-renamed", {"host": hosts.VNEID, "control": "login", "to": "Vào ngay"}
    )
    assert "Vào ngay" in lan.opens_sign_in().text


def test_a_removed_control_is_gone(lan: Citizen) -> None:
    lan.scene.faults.set("control-removed", {"host": hosts.VNEID, "control": "forgot-password"})
    assert "Quên mật khẩu" not in lan.opens_sign_in().text
