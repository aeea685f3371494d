"""Registration on the national portal: entries, codes and passwords that are taken, and others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.errors import Refused
from pages.registration import Registration, RegistrationOtp, RegistrationPassword
from suites.regression.citizen import Citizen, Entered, as_a
from visitors.secret import Secret, Secrets
from world.control import Control

LIFETIME = 2 * 60  # seconds that a code counts
REQUIRED = ["phone", "full_name", "identity", "birth_date", "valid_until"]


@pytest.fixture
def portal() -> str:
    return "national"


@pytest.fixture
def role() -> str:
    return "newcomer"


@pytest.fixture
def form(citizen: Citizen) -> Registration:
    """The form for a citizen with a mobile subscription."""
    page = Registration(citizen.desktop)
    return page.open(page.screen.address or "").choose_mobile()


@pytest.fixture
def code_screen(form: Registration, citizen: Citizen) -> RegistrationOtp:
    """The screen that asks for the code, which is on its way."""
    return form.fill_in(citizen.visit.who.details).register(citizen.codes)


@pytest.fixture
def password_screen(code_screen: RegistrationOtp, citizen: Citizen) -> RegistrationPassword:
    """The screen that asks for the new password."""
    return code_screen.enter_code(citizen.codes)


@pytest.fixture
def send(form: Registration, citizen: Citizen) -> Callable[..., str]:
    """Send the form with some entries changed; what is said beside the field that is refused."""

    def go(**changed: Secret | None) -> str:
        form.fill_in({**citizen.visit.who.details, **changed})
        with pytest.raises(Refused) as refusal:
            form.register(citizen.codes)
        assert refusal.value.kind == "entry not accepted"
        return citizen.desktop.read(form.control("mistake"))

    return go


def test_a_registered_account_signs_in(
    password_screen: RegistrationPassword, citizen: Citizen
) -> None:
    login = password_screen.set_password(citizen.password)
    login.sign_in_to_portal(citizen.account, citizen.password)


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_required_field_must_be_filled(missing: str, send: Callable[..., str]) -> None:
    assert send(**{missing: None}).endswith("không được để trống.")


def test_the_e_mail_address_may_be_left_out(form: Registration, citizen: Citizen) -> None:
    form.fill_in({**citizen.visit.who.details, "email": None}).register(citizen.codes)


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("phone", "12345", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."),
        ("identity", "1234567890", "Số CMND gồm 9 chữ số, số CCCD gồm 12 chữ số."),
        ("birth_date", "1991-01-21", "Ngày không đúng định dạng ngày/tháng/năm."),
        ("birth_date", "31/02/1991", "Ngày không đúng định dạng ngày/tháng/năm."),
        ("birth_date", "21/01/2091", "Ngày sinh phải trước ngày hôm nay."),
        ("valid_until", "21/01/2020", "Giấy tờ đã hết hạn sử dụng."),
        ("email", "khong-phai-thu", "Thư điện tử không đúng định dạng."),
        ("phone", "0900000102", "Số điện thoại không khớp với thông tin thuê bao của nhà mạng."),
        (
            "identity",
            "000300000002",
            "Số điện thoại không khớp với thông tin thuê bao của nhà mạng.",
        ),
    ],
)
def test_an_entry_is_not_accepted(
    field: str, entry: str, said: str, send: Callable[..., str]
) -> None:
    assert send(**{field: Secret("detail", entry)}) == said


@as_a("newcomer-card-expired")
def test_an_identity_card_that_is_valid_no_longer_is_refused(
    send: Callable[..., str],
) -> None:
    assert send() == "Giấy tờ đã hết hạn sử dụng."


@as_a("newcomer-registered")
def test_who_has_an_account_cannot_register_again(form: Registration, citizen: Citizen) -> None:
    form.fill_in(citizen.visit.who.details)
    with pytest.raises(Refused) as refusal:
        form.register(citizen.codes)
    assert refusal.value.kind == "already registered"


def test_a_wrong_code_is_refused(
    code_screen: RegistrationOtp, citizen: Citizen, secrets: Secrets
) -> None:
    right = citizen.codes.receive("sms").reveal()
    wrong = secrets.new("code", f"{right[:-1]}{(int(right[-1]) + 1) % 10}")
    with pytest.raises(Refused) as refusal:
        code_screen.enter_code(Entered(wrong))
    assert refusal.value.kind == "code wrong"


@pytest.mark.moves_clock
def test_an_expired_code_is_refused(
    code_screen: RegistrationOtp, citizen: Citizen, control: Control
) -> None:
    code = citizen.codes.receive("sms")
    control.advance_clock(LIFETIME)
    with pytest.raises(Refused) as refusal:
        code_screen.enter_code(Entered(code))
    assert refusal.value.kind == "code expired"


def test_a_code_that_was_sent_again_is_taken(
    code_screen: RegistrationOtp, citizen: Citizen
) -> None:
    code_screen.resend(citizen.codes).enter_code(citizen.codes)


def test_the_code_before_one_that_was_sent_again_is_refused(
    code_screen: RegistrationOtp, citizen: Citizen
) -> None:
    first = citizen.codes.receive("sms")
    again = code_screen.resend(citizen.codes)
    citizen.codes.receive("sms")
    with pytest.raises(Refused) as refusal:
        again.enter_code(Entered(first))
    assert refusal.value.kind == "code wrong"


@pytest.mark.parametrize(
    "weak",
    ["Ngan-1!", "khong-hoa-1!", "KHONG-THUONG-1!", "Khong-So-Nao!", "KhongKyTu1"],
    ids=["short", "no-capital", "no-small", "no-digit", "no-sign"],
)
def test_a_password_against_the_rule_is_refused(
    weak: str, password_screen: RegistrationPassword, secrets: Secrets
) -> None:
    with pytest.raises(Refused) as refusal:
        password_screen.set_password(secrets.new("password", weak))
    assert refusal.value.kind == "password rule"


def test_two_different_passwords_are_refused(
    password_screen: RegistrationPassword, citizen: Citizen, secrets: Secrets
) -> None:
    other = secrets.new("password", "Thu-Nghiem-Khac-1!")
    with pytest.raises(Refused) as refusal:
        password_screen.set_passwords(citizen.password, other)
    assert refusal.value.kind == "passwords differ"
