"""The registration from the form to an account that can sign in (LC-2020, appendix II)."""

import httpx
import pytest
from national_visitors import NATIONAL, REGISTRATION, Waiting, WholeScene, sms_to

from staging import hosts

PHONE = "0900000101"
IDENTITY = "000300000001"
PASSWORD = "Dang-Ky-1!"
ENTRY = {
    "doi-tuong": "cong-dan",
    "hinh-thuc": "thue-bao-di-dong",
    "so-dien-thoai": PHONE,
    "ho-ten": "Nguyễn Thị Đăng Ký",
    "so-dinh-danh": IDENTITY,
    "ngay-sinh": "21/01/1991",
    "ngay-het-han": "21/01/2041",
    "email": "",
}
WRONG = "Thông tin vừa nhập không chính xác, yêu cầu nhập lại."


def registers(client, **changed):
    return client.post(f"{REGISTRATION}/register", data=ENTRY | changed)


def enters(client, code):
    return client.post(f"{REGISTRATION}/sendOtp", data={"otp": code})


def sets(client, password=PASSWORD, again=PASSWORD):
    data = {"mat-khau": password, "nhap-lai": again}
    return client.post(f"{REGISTRATION}/password", data=data)


def all_of_it(client):
    registers(client)
    enters(client, sms_to(client, PHONE))
    return sets(client)


def signs_in(client, address, password=PASSWORD, user=IDENTITY):
    form = client.get(address, follow_redirects=True)
    data = {"username": user, "password": password}
    return client.post(form.url, data=data, follow_redirects=True)


@pytest.fixture
def at_code(client):
    registers(client)
    return client


@pytest.fixture
def at_password(at_code):
    enters(at_code, sms_to(at_code, PHONE))
    return at_code


@pytest.mark.parametrize("user", [IDENTITY, PHONE])
def test_a_registered_account_can_sign_in(user, client):
    onward = all_of_it(client).headers["location"]
    page = signs_in(client, onward, user=user)
    assert str(page.url) == f"{NATIONAL}/tai-khoan" and "Nguyễn Thị Đăng Ký" in page.text


def test_the_code_has_six_digits_and_goes_to_the_number_entered(at_code):
    assert len(sms_to(at_code, PHONE)) == 6


def test_the_page_says_how_long_the_code_lives(at_code):
    page = at_code.get(f"{REGISTRATION}/sendOtp").text
    assert "chỉ có hiệu lực 2 phút" in page and 'data-seconds="120"' in page


@pytest.mark.parametrize(
    "changed",
    [
        {"so-dien-thoai": "0900000102"},
        {"so-dien-thoai": "0900000999"},
        {"so-dinh-danh": "000300000002"},
        {"ho-ten": "Trần Văn Người Khác"},
        {"ngay-sinh": "22/01/1991"},
        {"ngay-het-han": "21/01/2042"},
    ],
    ids=str,
)
def test_the_number_must_be_the_persons_own(changed, client):
    answer = registers(client, **changed)
    assert answer.status_code == 422 and WRONG in answer.text
    assert "không khớp với thông tin thuê bao" in answer.text


@pytest.mark.parametrize("entered", ["24/04/2020", "24/04/2040"], ids=["as it is", "as if it were"])
def test_an_expired_identity_card_is_refused_whatever_last_day_is_entered(entered, client):
    answer = registers(
        client,
        **{
            "so-dien-thoai": "0900000111",
            "so-dinh-danh": "000300000011",
            "ho-ten": "Phạm Văn Thẻ Hết Hạn",
            "ngay-sinh": "24/04/1961",
            "ngay-het-han": entered,
        },
    )
    assert "Giấy tờ đã hết hạn sử dụng." in answer.text


def test_nobody_registers_twice(client, new_client):
    all_of_it(client)
    assert "đã được đăng ký tài khoản" in registers(new_client()).text


def test_an_official_has_an_account_already(client):
    answer = registers(
        client,
        **{
            "so-dien-thoai": "0900000302",
            "so-dinh-danh": "000200000002",
            "ho-ten": "Trần Thị Phản Ánh",
            "ngay-sinh": "02/02/1982",
            "ngay-het-han": "02/02/2042",
        },
    )
    assert "đã được đăng ký tài khoản" in answer.text


@pytest.mark.parametrize("code", ["", "000", "abcdef"])
def test_a_wrong_code_is_refused(code, at_code):
    assert "Mã OTP vừa nhập không chính xác" in enters(at_code, code).text


def test_a_code_lives_for_two_minutes(at_code, scene):
    code = sms_to(at_code, PHONE)
    scene.clock.advance(120)
    assert "Mã OTP quá thời gian chờ" in enters(at_code, code).text


def test_a_code_is_good_until_then(at_code, scene):
    code = sms_to(at_code, PHONE)
    scene.clock.advance(118)
    assert enters(at_code, code).headers["location"] == "/password"


def test_only_the_last_code_counts(at_code):
    first = sms_to(at_code, PHONE)
    while (second := sms_to(at_code, PHONE)) == first:
        at_code.post(f"{REGISTRATION}/sendOtp/gui-lai")
    assert enters(at_code, first).status_code == 400
    assert enters(at_code, second).headers["location"] == "/password"


def test_five_wrong_codes_end_the_registration(at_code):
    for _ in range(5):
        answer = enters(at_code, "")
    assert "nhập sai mã OTP quá 5 lần" in answer.text
    assert at_code.get(f"{REGISTRATION}/sendOtp").headers["location"] == "/register"


@pytest.mark.parametrize("page", ["sendOtp", "password"])
def test_no_step_can_be_skipped(page, client):
    assert client.get(f"{REGISTRATION}/{page}").headers["location"] == "/register"


def test_a_password_is_not_set_before_the_code(at_code):
    assert sets(at_code).headers["location"] == "/register"


@pytest.mark.parametrize(
    "password", ["Ab1!xyz", "mat-khau-1!", "MAT-KHAU-1!", "Mat-Khau-!", "MatKhau12"]
)
def test_a_password_has_to_follow_the_rule(password, at_password):
    answer = sets(at_password, password, password)
    assert answer.status_code == 422
    assert "Sử dụng 8 ký tự trở lên bao gồm chữ thường" in answer.text


def test_the_two_entries_have_to_be_the_same(at_password):
    assert "không khớp" in sets(at_password, PASSWORD, PASSWORD + "x").text


def test_nobody_signs_in_with_another_password(client):
    page = signs_in(client, all_of_it(client).headers["location"], password="Khac-Han-1!")
    assert "Tài khoản hoặc mật khẩu không chính xác." in page.text


def test_five_wrong_passwords_lock_the_account_for_a_while(client, scene):
    onward = all_of_it(client).headers["location"]
    for _ in range(5):
        page = signs_in(client, onward, password="Khac-Han-1!")
    assert "khóa 15 phút" in page.text
    assert "khóa 15 phút" in signs_in(client, onward).text


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_later_editions_register_no_citizens(edition, client, scene):
    scene.edition = edition
    assert "Công dân</label>" not in client.get(f"{REGISTRATION}/register").text
    assert registers(client).status_code == 422


def test_a_removed_account_is_gone(client):
    onward = all_of_it(client).headers["location"]
    control = f"https://{hosts.CONTROL}/registrations"
    assert client.get(control).json()["registrations"][0]["identity"] == IDENTITY
    assert client.delete(f"{control}/{IDENTITY}").json() == {"registrations": []}
    assert "không chính xác" in signs_in(client, onward).text


def test_removing_what_is_not_there_is_told(client):
    assert client.delete(f"https://{hosts.CONTROL}/registrations/{IDENTITY}").status_code == 404


def test_an_account_survives_a_restart_and_a_reset_with_a_data_folder(tmp_path, runner):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        scene = WholeScene(tmp_path / name, data=tmp_path / "data")
        client = httpx.Client(transport=Waiting(runner, scene.in_process))
        if name == "first":
            onward = all_of_it(client).headers["location"]
            scene.reset()
        else:
            assert "Nguyễn Thị Đăng Ký" in signs_in(client, onward).text
        scene.close()
