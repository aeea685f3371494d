"""SmartCA and the SIM: what waits for a person, and what the person does with it."""

import pytest
from national_visitors import SIM, SMARTCA, with_sim, with_smartca

REFUSED = "Yêu cầu ký số đã bị từ chối."
TIMED_OUT = "Yêu cầu ký số đã hết thời gian chờ. Vui lòng thử lại."
PIN_LOCKED = "Mã PIN đã bị khoá. Vui lòng liên hệ nhà cung cấp dịch vụ."


@pytest.fixture
def phone(new_client):
    return new_client()


@pytest.fixture
def app(phone, scene):
    """The SmartCA app of the first organisation, signed in."""
    organisation = scene.organisation("mot")
    log_in = {"user": organisation.tax_code, "password": organisation.smartca_password}
    phone.post(f"{SMARTCA}/dang-nhap", data=log_in)
    return phone


@pytest.fixture
def sim(phone):
    phone.post(f"{SIM}/lap-sim", data={"phone": "0900000201"})
    return phone


def test_the_page_waits_until_the_person_confirms(representative):
    representative.ask("smartca", user="0001000001")
    assert representative.ask("smartca/status") == {"waiting": True}


def test_page_and_app_show_the_same_code(representative, app):
    code = representative.ask("smartca", user="0001000001")["code"]
    assert code in app.get(f"{SMARTCA}/").text


def test_smartca_refused_in_the_app(representative, app):
    representative.ask("smartca", user="0001000001")
    request = app.get(f"{SMARTCA}/cho-xac-nhan").json()[0]
    app.post(f"{SMARTCA}/yeu-cau/{request}", data={"decision": "refuse"})
    assert representative.ask("smartca/status") == {"message": REFUSED}


def test_smartca_not_confirmed_in_time(representative, scene):
    representative.ask("smartca", user="0001000001")
    scene.clock.advance(180)
    assert representative.ask("smartca/status") == {"message": TIMED_OUT}


def test_smartca_without_an_account(representative):
    answer = representative.ask("smartca", user="0009999999")
    assert answer == {"message": "Tài khoản SmartCA không tồn tại."}


def test_a_wrong_smartca_pin_is_told_and_may_be_entered_again(representative, app):
    representative.ask("smartca", user="0001000001")
    request = app.get(f"{SMARTCA}/cho-xac-nhan").json()[0]
    page = app.post(f"{SMARTCA}/yeu-cau/{request}", data={"decision": "confirm", "pin": "000000"})
    assert "Mã PIN không đúng. Còn 4 lần thử." in page.text
    assert representative.ask("smartca/status") == {"waiting": True}


def test_five_wrong_smartca_pins_lock_it(representative, app):
    representative.ask("smartca", user="0001000001")
    request = app.get(f"{SMARTCA}/cho-xac-nhan").json()[0]
    for _ in range(5):
        app.post(f"{SMARTCA}/yeu-cau/{request}", data={"decision": "confirm", "pin": "000000"})
    assert representative.ask("smartca/status") == {"message": PIN_LOCKED}


def test_a_wrong_password_opens_no_app(phone):
    data = {"user": "0001000001", "password": "Sai-Mat-Khau-1!"}
    assert "không chính xác" in phone.post(f"{SMARTCA}/dang-nhap", data=data).text
    assert phone.get(f"{SMARTCA}/").headers["location"] == "/dang-nhap"


def test_an_app_shows_the_requests_of_its_own_organisation_only(representative, app):
    representative.ask("smartca", user="0001000002")
    assert app.get(f"{SMARTCA}/cho-xac-nhan").json() == []


@pytest.mark.parametrize("number", ["", "090000020", "09000002011", "09000o0201"])
def test_a_telephone_number_has_ten_digits(number, representative):
    answer = representative.ask("sim", phone=number)
    assert answer == {"message": "Số điện thoại gồm 10 chữ số."}


def test_a_number_without_a_signing_sim(representative):
    answer = representative.ask("sim", phone="0900000999")
    assert answer == {"message": "Số điện thoại chưa được đăng ký sim ký số!"}


def test_sim_refused_on_the_phone(representative, sim):
    representative.ask("sim", phone="0900000201")
    request = sim.get(f"{SIM}/cho-xac-nhan").json()[0]
    sim.post(f"{SIM}/yeu-cau/{request}", data={"decision": "refuse"})
    assert representative.ask("sim/status") == {"message": REFUSED}


def test_sim_not_confirmed_in_time(representative, scene):
    representative.ask("sim", phone="0900000201")
    scene.clock.advance(60)
    assert representative.ask("sim/status") == {"message": TIMED_OUT}


def test_three_wrong_sim_pins_lock_it(representative, sim):
    representative.ask("sim", phone="0900000201")
    request = sim.get(f"{SIM}/cho-xac-nhan").json()[0]
    for _ in range(3):
        sim.post(f"{SIM}/yeu-cau/{request}/pin", data={"decision": "confirm", "pin": "0000"})
    assert representative.ask("sim/status") == {"message": PIN_LOCKED}


@pytest.mark.parametrize("way", [with_smartca, with_sim])
def test_a_locked_pin_signs_nothing(way, representative, phone, scene):
    answer = way(representative, phone, scene.organisation("khoa-thiet-bi"))
    assert answer == {"message": PIN_LOCKED}


@pytest.mark.parametrize(
    "address", [f"{SMARTCA}/api/v1/signatures/sign", f"{SIM}/api/mss/signature"]
)
def test_only_the_provider_may_ask_for_a_signature(address, client):
    assert client.post(address, json={}).status_code == 401
