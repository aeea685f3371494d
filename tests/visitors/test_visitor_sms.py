"""Codes from the inbox: the newest message after the request."""

from collections.abc import Callable

import httpx
import pytest

from visitors.codes import NotDelivered, Unusable
from visitors.secret import Secrets
from visitors.sms_inbox import SmsInbox, code_in

PHONE = "0900000001"
TEXT = "VNeID: Mã OTP đăng nhập của bạn là {}. Mã có hiệu lực trong 3 phút."


class Phone:
    """An inbox in memory, and a clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []
        self.seconds = 0.0
        self.later: list[tuple[float, str]] = []

    def receive(self, text: str, to: str = PHONE) -> None:
        self.messages.append({"id": len(self.messages) + 1, "to": to, "at": "", "text": text})

    def answer(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        after = int(asked.get("after", "0"))
        found = [m for m in self.messages if m["to"] == asked["to"] and int(str(m["id"])) > after]
        return httpx.Response(200, json=found)

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        for due, text in [late for late in self.later if late[0] <= self.seconds]:
            self.later.remove((due, text))
            self.receive(text)


@pytest.fixture
def phone():
    return Phone()


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def inbox(phone, secrets):
    with httpx.Client(transport=httpx.MockTransport(phone.answer)) as client:
        yield SmsInbox(
            "https://sms.example/", PHONE, client, secrets, 30, phone.wait, lambda: phone.seconds
        )


def test_the_newest_message_after_the_request_counts(phone, inbox):
    phone.receive(TEXT.format("111111"))
    mark = inbox.request_mark()
    phone.receive(TEXT.format("222222"))
    phone.receive(TEXT.format("333333"))
    assert inbox.code(mark).code.reveal() == "333333"


def test_a_message_from_before_the_request_is_not_the_answer(phone, inbox):
    phone.receive(TEXT.format("111111"))
    with pytest.raises(NotDelivered, match="within 30 seconds"):
        inbox.code(inbox.request_mark())
    assert phone.seconds == pytest.approx(30)


def test_a_late_message_is_waited_for(phone, inbox):
    phone.later.append((20, TEXT.format("444444")))
    received = inbox.code(inbox.request_mark())
    assert received.code.reveal() == "444444"
    assert 20 <= received.seconds < 21


def test_messages_to_others_do_not_count(phone, inbox):
    mark = inbox.request_mark()
    phone.receive(TEXT.format("555555"), to="0900000002")
    with pytest.raises(NotDelivered):
        inbox.code(mark)


def test_a_message_without_a_code_is_passed_over(phone, inbox):
    mark = inbox.request_mark()
    phone.receive(TEXT.format("666666"))
    phone.receive("Chúc mừng năm mới!")
    assert inbox.code(mark).code.reveal() == "666666"


def test_it_says_how_many_digits_the_code_has(phone, inbox):
    mark = inbox.request_mark()
    phone.receive(TEXT.format("12345678"))
    assert inbox.code(mark).digits == 8


def test_the_message_is_kept_without_its_code(phone, inbox, secrets):
    mark = inbox.request_mark()
    phone.receive(TEXT.format("777777"))
    received = inbox.code(mark)
    assert received.text == TEXT.format("••••••")
    assert "777777" not in repr(received)
    assert "777777" in secrets.values()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT.format("123456"), "123456"),
        ("Ma OTP: 654321, hotline 18001096", "654321"),
        ("Hotline 19000368. Mã xác thực là 4821.", "4821"),
        ("123456 la ma xac thuc cua ban", "123456"),
        ("Ma\u0303 OTP la\u0300 222333", "222333"),
        ("Hết hạn 22/11/2026, 3 phút", None),
    ],
)
def test_the_code_is_told_from_other_numbers(text, code):
    assert code_in(text) == code


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: httpx.Response(500),
        lambda _: httpx.Response(200, text="<html>"),
        lambda _: httpx.Response(200, json={"error": "?"}),
    ],
)
def test_an_inbox_that_is_none_is_our_trouble(
    answer: Callable[[httpx.Request], httpx.Response], secrets
):
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        inbox = SmsInbox("https://sms.example", PHONE, client, secrets)
        with pytest.raises(Unusable, match="does not answer as one"):
            inbox.request_mark()
