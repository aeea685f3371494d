"""Organisations sign in with a certificate, in three ways; and everything that is refused."""

import base64

import pytest
from national_visitors import Representative

from staging import hosts

WAYS = ["usb", "smartca", "sim"]
NOT_VALID = "Lỗi khi validation certificate!"
EXPIRED = "Chứng chỉ hết hạn!"
NOT_SIGNED = "Chữ ký số không hợp lệ. Vui lòng thử lại."
UNKNOWN_SERIAL = "Không tìm thấy user theo serial! Vui lòng thử lại sau"
NO_ACCOUNT = "Tài khoản không tồn tại trong hệ thống!"
LOCKED = "Tài khoản bị khoá!"
REVOCATION_UNKNOWN = (
    "Không kiểm tra được tình trạng thu hồi của chứng thư số. Vui lòng thử lại sau."
)


@pytest.mark.parametrize("way", WAYS)
def test_a_good_certificate_signs_the_organisation_in_at_lai_chau(way, sign, representative):
    representative.goes_on(sign(way, "mot"))
    page = representative.client.get("https://dichvucong.laichau.gov.vn/dich-vu-cong/cong-dan")
    assert "Công ty TNHH Thử Nghiệm Một" in page.text and "0001000001" in page.text


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "key, message",
    [
        ("chua-hieu-luc", NOT_VALID),
        ("thu-hoi", NOT_VALID),
        ("ngoai", NOT_VALID),
        ("khac-khoa", NOT_SIGNED),
        ("khac-ma-so", UNKNOWN_SERIAL),
        ("khac-serial", UNKNOWN_SERIAL),
        ("chua-dang-ky", NO_ACCOUNT),
        ("bi-khoa", LOCKED),
    ],
)
def test_another_certificate_gets_nobody_in(way, key, message, sign, representative):
    answer = sign(way, key)
    representative.goes_on(answer)
    assert answer == {"message": message} and not representative.signed_in()


@pytest.mark.parametrize(
    "way, message", [("usb", NOT_VALID), ("smartca", NOT_VALID), ("sim", EXPIRED)]
)
def test_an_expired_certificate_gets_nobody_in(way, message, sign, representative):
    answer = sign(way, "het-han")
    representative.goes_on(answer)
    assert answer == {"message": message} and not representative.signed_in()


@pytest.mark.parametrize("way", WAYS)
def test_a_signature_over_another_challenge_gets_nobody_in(way, sign, representative, scene):
    scene.faults.set("signature-elsewhere", {})
    answer = sign(way, "mot")
    representative.goes_on(answer)
    assert answer == {"message": NOT_SIGNED} and not representative.signed_in()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "fault, given",
    [
        ("revocation-list-outdated", {}),
        ("revocation-list-forged", {}),
        ("connection-refused", {"host": hosts.CERTIFICATE_SERVICE}),
    ],
)
def test_nobody_gets_in_while_revocation_cannot_be_checked(
    way, fault, given, sign, representative, scene
):
    scene.faults.set(fault, given)
    answer = sign(way, "mot")
    representative.goes_on(answer)
    assert answer == {"message": REVOCATION_UNKNOWN} and not representative.signed_in()


def _signed_by_token(representative, token_page, organisation):
    with token_page.connected():
        chosen = token_page.chooses(organisation)
        challenge = base64.b64decode(representative.ask("usb/challenge")["challenge"])
        signed = token_page.signs(challenge, chosen["Serial"], organisation.token_pin)
    return {"certificate": chosen["Data"], "signature": signed["Data"]}


def test_a_signature_of_an_earlier_challenge_is_worth_nothing(representative, token_page, scene):
    given = _signed_by_token(representative, token_page, scene.organisation("mot"))
    representative.ask("usb/challenge")
    assert representative.ask("usb", **given) == {"message": NOT_SIGNED}


def test_a_signature_is_good_for_one_login(representative, token_page, scene):
    given = _signed_by_token(representative, token_page, scene.organisation("mot"))
    representative.ask("usb", **given)
    assert representative.ask("usb", **given) == {"redirect": "/authenticationendpoint/retry.do"}


def test_a_signature_for_one_login_is_no_good_for_another(
    representative, token_page, scene, new_client
):
    given = _signed_by_token(representative, token_page, scene.organisation("mot"))
    another = Representative(new_client())
    another.ask("usb/challenge")
    assert another.ask("usb", **given) == {"message": NOT_SIGNED}


def test_a_certificate_of_somebody_else_beside_a_good_signature_is_refused(
    representative, token_page, scene
):
    given = _signed_by_token(representative, token_page, scene.organisation("mot"))
    with token_page.connected():
        other = token_page.chooses(scene.organisation("hai"))
    assert representative.ask("usb", **given | {"certificate": other["Data"]}) == {
        "message": NOT_SIGNED
    }


@pytest.mark.parametrize("rubbish", ["", "????", "AAAA"])
def test_what_is_no_certificate_is_refused(rubbish, representative):
    representative.ask("usb/challenge")
    answer = representative.ask("usb", certificate=rubbish, signature=rubbish)
    assert answer == {"message": NOT_VALID}


def test_a_challenge_waits_for_five_minutes(representative, token_page, scene):
    given = _signed_by_token(representative, token_page, scene.organisation("mot"))
    scene.clock.advance(301)
    assert representative.ask("usb", **given) == {"redirect": "/authenticationendpoint/retry.do"}


@pytest.mark.parametrize("way", ["smartca", "sim"])
def test_a_login_of_one_browser_is_not_open_to_another(way, representative, new_client):
    representative.client = new_client()
    answer = representative.ask(way, user="0001000001", phone="0900000201")
    assert answer == {"redirect": "/authenticationendpoint/retry.do"}


@pytest.mark.parametrize("way", WAYS)
def test_in_2026_the_ways_are_gone(way, representative, scene):
    scene.edition = "2026-11"
    path = "usb/challenge" if way == "usb" else way
    answer = representative.ask(path, user="0001000001", phone="0900000201")
    assert answer == {"redirect": "/authenticationendpoint/retry.do"}


@pytest.mark.parametrize("way", WAYS)
def test_in_june_2025_the_ways_still_work(way, sign, representative, scene):
    scene.edition = "2025-06"
    representative.goes_on(sign(way, "hai"))
    assert representative.signed_in()
