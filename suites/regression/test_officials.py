"""Officials of Hưng Yên: signing in, and what the profile's form takes and does not take."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from pages.errors import Blocked, Refused
from pages.officials import OfficialsLogin, OfficialsUpdate
from suites.regression.citizen import Citizen, as_a
from visitors.portrait import Picture, portrait
from visitors.secret import Secret, Secrets
from world.control import Control

REQUIRED = ["full_name", "gender", "birth_date", "identity", "phone"]
OPTIONAL = ["address", "email"]
WRONG_KIND = "Ảnh đại diện phải là tệp JPG hoặc PNG."
NO_PICTURE = "Tệp đính kèm không phải là ảnh hợp lệ."
TOO_LARGE = "Ảnh đại diện không được vượt quá 2 MB."


def picture(kind: str) -> bytes:
    """A small picture of a kind."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "#8aa4bd").save(content, kind)
    return content.getvalue()


@pytest.fixture
def portal() -> str:
    return "hung-yen"


@pytest.fixture
def role() -> str:
    return "official"


@pytest.fixture
def login(citizen: Citizen) -> OfficialsLogin:
    """The officials' login page."""
    page = OfficialsLogin(citizen.desktop)
    return page.open(page.screen.address or "")


@pytest.fixture
def form(login: OfficialsLogin, citizen: Citizen) -> OfficialsUpdate:
    """The profile's form."""
    home = login.sign_in(citizen.account, citizen.password)
    return home.choose_personal().choose_update()


@pytest.fixture
def send(form: OfficialsUpdate, citizen: Citizen) -> Callable[..., str]:
    """Send the form with some entries changed; what is said beside the field that is refused."""

    def go(attached: Picture | None = None, **changed: Secret | None) -> str:
        form.fill_in({**citizen.visit.who.details, **changed}, attached or portrait())
        with pytest.raises(Refused) as refusal:
            form.store()
        assert refusal.value.kind == "entry not accepted"
        return citizen.desktop.read(form.control("mistake"))

    return go


def test_the_profile_is_stored_and_shown_after_signing_in_anew(
    form: OfficialsUpdate, citizen: Citizen, elsewhere: Citizen
) -> None:
    form.fill_in(citizen.visit.who.details, portrait()).store()
    page = OfficialsLogin(elsewhere.desktop)
    login = page.open(page.screen.address or "")
    home = login.sign_in(elsewhere.account, elsewhere.password)
    personal = home.choose_personal()
    shown = elsewhere.desktop.read(personal.control("entries"))
    assert citizen.visit.who.details["address"].reveal() in shown
    assert elsewhere.desktop.sees(personal.control("picture"))


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_required_field_must_be_filled(missing: str, send: Callable[..., str]) -> None:
    assert send(**{missing: None}).endswith("không được để trống.")


@pytest.mark.parametrize("missing", OPTIONAL)
def test_another_field_may_be_left_out(
    missing: str, form: OfficialsUpdate, citizen: Citizen
) -> None:
    form.fill_in({**citizen.visit.who.details, missing: None}, portrait()).store()


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("full_name", "R2-D2", "Họ tên chỉ gồm chữ cái và khoảng trắng."),
        ("birth_date", "1981-01-01", "Ngày sinh không đúng định dạng ngày/tháng/năm."),
        ("birth_date", "31/02/1981", "Ngày sinh không có trong lịch."),
        ("birth_date", "01/01/2091", "Ngày sinh phải trước ngày hôm nay."),
        ("email", "canbo1", "Email không đúng định dạng."),
        ("identity", "00040000000", "Số CCCD gồm 12 chữ số."),
        ("phone", "900000401", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."),
        (
            "identity",
            "000400000002",
            "Số CCCD không khớp với số đã được phân quyền trên hệ thống chứng thực.",
        ),
    ],
)
def test_an_entry_is_not_accepted(
    field: str, entry: str, said: str, send: Callable[..., str]
) -> None:
    assert send(**{field: Secret("detail", entry)}) == said


@pytest.mark.parametrize(
    ("attached", "said"),
    [
        (Picture("anh.gif", "image/gif", picture("GIF")), WRONG_KIND),
        (Picture("anh.png", "image/png", picture("GIF")), WRONG_KIND),
        (Picture("anh.jpg", "image/jpeg", picture("PNG")), NO_PICTURE),
        (Picture("anh.png", "image/png", b"khong phai la anh"), NO_PICTURE),
        (Picture("anh.png", "image/png", bytes(2 * 1024 * 1024 + 1)), TOO_LARGE),
    ],
    ids=["kind", "kind-behind-its-name", "other-than-its-name", "no-picture", "too-large"],
)
def test_a_picture_is_judged_by_its_content(
    attached: Picture, said: str, send: Callable[..., str]
) -> None:
    assert send(attached) == said


def test_a_wrong_password_is_refused(
    login: OfficialsLogin, citizen: Citizen, secrets: Secrets
) -> None:
    with pytest.raises(Refused) as refusal:
        login.sign_in(citizen.account, secrets.new("password", "Sai-Mat-Khau-0!"))
    assert refusal.value.kind == "rejected credentials"


@as_a("official-locked")
def test_a_locked_account_is_refused(login: OfficialsLogin, citizen: Citizen) -> None:
    with pytest.raises(Refused) as refusal:
        login.sign_in(citizen.account, citizen.password)
    assert refusal.value.kind == "account locked"


@pytest.mark.sets_faults
def test_a_captcha_is_never_solved(
    citizen: Citizen, login: OfficialsLogin, control: Control
) -> None:
    control.set_fault("captcha-before-login", host="motcua.hungyen.gov.vn")
    login.open(login.screen.address or "")
    with pytest.raises(Blocked) as trouble:
        login.sign_in(citizen.account, citizen.password)
    assert trouble.value.kind == "captcha"
