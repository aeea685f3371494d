"""The registration's first page: the choice, the form, and what is wrong with an entry."""

from datetime import date

import pytest

from staging.national.registration_form import FIELDS, mistakes

TODAY = date(2024, 7, 1)
REGISTRATION = "dangky.dichvucong.gov.vn"


@pytest.fixture
def entry():
    return {
        "doi-tuong": "cong-dan",
        "hinh-thuc": "thue-bao-di-dong",
        "so-dien-thoai": "0900000099",
        "ho-ten": "Ngô Thị Ví Dụ",
        "so-dinh-danh": "000100000099",
        "ngay-sinh": "02/09/1991",
        "ngay-het-han": "02/09/2031",
        "email": "",
    }


def test_a_complete_entry_has_no_mistakes(entry):
    assert mistakes(entry, TODAY) == {}


@pytest.mark.parametrize("name", [field.name for field in FIELDS if field.required])
def test_a_required_field_must_be_filled_in(name, entry):
    assert "không được để trống" in mistakes(entry | {name: ""}, TODAY)[name]


@pytest.mark.parametrize(
    "name, value",
    [
        ("so-dien-thoai", "12345"),
        ("so-dinh-danh", "0001"),
        ("ngay-sinh", "1991-09-02"),
        ("ngay-sinh", "31/02/1991"),
        ("ngay-sinh", "01/07/2024"),
        ("ngay-het-han", "30/06/2024"),
        ("email", "khong-phai-thu"),
    ],
)
def test_a_malformed_value_is_named(name, value, entry):
    assert list(mistakes(entry | {name: value}, TODAY)) == [name]


def test_the_kind_of_account_has_to_be_chosen(entry):
    assert "doi-tuong" in mistakes(entry | {"hinh-thuc": ""}, TODAY)


def test_the_page_offers_citizen_and_mobile_subscription(browser_at):
    page = browser_at(REGISTRATION).get("/register").text
    assert "Công dân" in page and "Thuê bao di động" in page and ">Đăng ký</button>" in page


def test_a_wrong_form_comes_back_with_what_was_entered(browser_at, entry):
    answer = browser_at(REGISTRATION).post("/register", data=entry | {"so-dien-thoai": "12345"})
    assert answer.status_code == 422
    assert "Thông tin vừa nhập không chính xác, yêu cầu nhập lại." in answer.text
    assert (
        'value="12345"' in answer.text and 'aria-describedby="mistake-so-dien-thoai"' in answer.text
    )


def test_an_added_field_is_required(scene, browser_at, entry):
    scene.faults.set("field-added", {"host": REGISTRATION, "label": "Mã tỉnh"})
    answer = browser_at(REGISTRATION).post("/register", data=entry)
    assert answer.status_code == 422 and "Mã tỉnh" in answer.text
