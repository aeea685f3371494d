"""The officials' profile: eight fields, stored, shown again; and what is refused (HY-2023, 2)."""

import io

import pytest
from national_visitors import OFFICIALS
from PIL import Image

PAGE = f"{OFFICIALS}/hethong/trang-ca-nhan"
UPDATE = f"{PAGE}/cap-nhat"
ENTRY = {
    "ho-ten": "Nguyễn Văn Cán Bộ Mới",
    "gioi-tinh": "Nam",
    "dia-chi": "Số 9, đường Giả Định",
    "ngay-sinh": "09/09/1979",
    "email": "moi@can-bo.example",
    "so-cccd": "000400000001",
    "so-dien-thoai": "0900000409",
}


def signs_in(client, user="canbo1", password="Thu-Nghiem-401!"):
    data = {"username": user, "password": password}
    return client.post(f"{OFFICIALS}/hethong/login", data=data)


@pytest.fixture
def official(client):
    signs_in(client)
    return client


def drawn(kind, size=(40, 40)):
    body = io.BytesIO()
    Image.new("RGB", size, "#0a5ea8").save(body, kind)
    return body.getvalue()


def updates(client, name=None, body=b"", **changed):
    files = {"anh-dai-dien": (name, body)} if name else {"anh-dai-dien": ("", b"")}
    return client.post(UPDATE, data=ENTRY | changed, files=files)


def test_the_personal_page_is_for_officials_only(client):
    for address in (PAGE, UPDATE):
        assert client.get(address).headers["location"] == "/hethong/login"


def test_a_wrong_password_lets_nobody_in(client):
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in signs_in(client, password="Sai-1!").text
    assert client.get(PAGE).status_code == 302


def test_a_locked_account_lets_nobody_in(client):
    assert "Tài khoản bị khoá!" in signs_in(client, "khoa", "Thu-Nghiem-404!").text


def test_five_wrong_passwords_lock_for_a_while(client):
    for _ in range(5):
        signs_in(client, password="Sai-1!")
    assert "khóa 15 phút" in signs_in(client).text


def test_a_captcha_stands_before_the_login(client, scene):
    scene.faults.set("captcha-before-login", {"host": "motcua.hungyen.gov.vn"})
    assert 'alt="Mã xác nhận (captcha)"' in client.get(f"{OFFICIALS}/hethong/login").text
    assert "Mã xác nhận không đúng." in signs_in(client).text


def test_the_form_has_the_eight_fields_and_their_marks(official):
    page = official.get(UPDATE).text
    required = ["Họ tên", "Giới tính", "Ngày sinh", "Số CCCD", "Số điện thoại"]
    for name in required:
        assert f'{name} (<span class="required">*</span>)</label>' in page
    for name in ["Địa chỉ", "Email", "Đính kèm ảnh đại diện"]:
        assert f"{name}</label>" in page


def test_what_was_stored_is_shown_after_signing_in_anew(official, new_client):
    updates(official)
    anew = new_client()
    signs_in(anew)
    page = anew.get(PAGE).text
    assert all(value in page for value in ENTRY.values())


def test_the_picture_is_kept(official, new_client):
    updates(official, "anh.png", drawn("PNG"))
    anew = new_client()
    signs_in(anew)
    answer = anew.get(f"{PAGE}/anh")
    assert answer.headers["content-type"] == "image/png" and answer.content == drawn("PNG")


def test_a_picture_stays_when_another_field_is_changed(official):
    updates(official, "anh.jpg", drawn("JPEG"))
    updates(official, **{"dia-chi": "Số 10"})
    assert official.get(f"{PAGE}/anh").content == drawn("JPEG")


def test_a_picture_is_its_owners_only(official, client, new_client):
    updates(official, "anh.png", drawn("PNG"))
    assert new_client().get(f"{PAGE}/anh").status_code == 404


@pytest.mark.parametrize("name", ["ho-ten", "gioi-tinh", "ngay-sinh", "so-cccd", "so-dien-thoai"])
@pytest.mark.parametrize("empty", ["", "   "])
def test_a_required_field_must_not_be_empty(name, empty, official):
    answer = updates(official, **{name: empty})
    assert answer.status_code == 422
    assert f'id="mistake-{name}"' in answer.text and "không được để trống" in answer.text


@pytest.mark.parametrize("name", ["dia-chi", "email"])
def test_the_other_fields_may_be_empty(name, official):
    assert updates(official, **{name: ""}).headers["location"] == "/hethong/trang-ca-nhan"


@pytest.mark.parametrize(
    "name, value",
    [
        ("ho-ten", "Nguyễn 123"),
        ("gioi-tinh", "Không rõ"),
        ("ngay-sinh", "1979-09-09"),
        ("ngay-sinh", "9/9/1979"),
        ("ngay-sinh", "31/02/1979"),
        ("ngay-sinh", "01/01/2990"),
        ("ngay-sinh", "01/01/2020"),
        ("email", "khong-phai-thu"),
        ("email", "hai@@can-bo.example"),
        ("email", "co khoang trang@can-bo.example"),
        ("so-cccd", "00040000000"),
        ("so-cccd", "00040000000a"),
        ("so-dien-thoai", "090000040"),
        ("so-dien-thoai", "1900000409"),
        ("so-dien-thoai", "09000o0409"),
    ],
)
def test_a_malformed_entry_is_named_and_not_stored(name, value, official):
    answer = updates(official, **{name: value})
    assert answer.status_code == 422 and f'id="mistake-{name}"' in answer.text
    assert "Nguyễn Văn Cán Bộ Mới" not in official.get(PAGE).text


def test_the_identity_number_is_the_authorised_one(official):
    answer = updates(official, **{"so-cccd": "000400000009"})
    assert "không khớp với số đã được phân quyền" in answer.text


def test_without_an_authorised_number_any_is_taken(client):
    signs_in(client, "canbo3", "Thu-Nghiem-403!")
    assert updates(client, **{"so-cccd": "000400000009"}).status_code == 303


@pytest.mark.parametrize(
    "name, body, message",
    [
        ("anh.gif", drawn("GIF"), "phải là tệp JPG hoặc PNG"),
        ("anh.pdf", b"%PDF-1.7", "phải là tệp JPG hoặc PNG"),
        ("anh", drawn("PNG"), "phải là tệp JPG hoặc PNG"),
        ("anh.png", b"khong phai anh", "không phải là ảnh hợp lệ"),
        ("anh.png", b"", "không phải là ảnh hợp lệ"),
        ("anh.png", drawn("PNG")[:60], "không phải là ảnh hợp lệ"),
        ("anh.png", drawn("JPEG"), "không phải là ảnh hợp lệ"),
        ("anh.jpg", drawn("GIF"), "phải là tệp JPG hoặc PNG"),
        ("anh.png", drawn("PNG") + bytes(2 * 1024 * 1024), "không được vượt quá 2 MB"),
    ],
    ids=[
        "gif",
        "pdf",
        "no ending",
        "text behind the name",
        "empty",
        "cut off",
        "jpeg behind png",
        "gif behind jpg",
        "too large",
    ],
)
def test_a_picture_is_judged_by_its_content(name, body, message, official):
    answer = updates(official, name, body)
    assert answer.status_code == 422 and message in answer.text
    assert official.get(f"{PAGE}/anh").status_code == 404


def test_signing_out_ends_the_session(official):
    official.post(f"{OFFICIALS}/hethong/logout")
    assert official.get(PAGE).status_code == 302


def test_a_profile_can_be_put_back(official):
    updates(official)
    official.delete("https://control.staging.test/profiles/canbo1")
    assert "Số 1, đường Giả Định, phường Mô Phỏng" in official.get(PAGE).text
