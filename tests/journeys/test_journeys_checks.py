"""Every kind of claim: what makes it hold, what makes it differ, and when there was nothing to see."""

from typing import get_args

import pytest

from config.guides import Claim, ClaimKind, seconds_in, way_in
from journeys.checks import CHECKS, check, without_parameters
from journeys.trail import (
    Arrived,
    Asked,
    Counted,
    FormSeen,
    OptionsSeen,
    Received,
    Seen,
    Text,
    Touched,
    Trail,
)

HOME = "https://demo.example/"
FORM = FormSeen("account", (("Họ tên", True), ("Email", False)))
WAYS = OptionsSeen("home", "ways", ("SmartCA", "USB ký số"))
ON_PAGE = Text("home", "HỆ THỐNG THÔNG TIN\nTỈNH MÔ PHỎNG.")
AT_VNEID = Arrived("vneid", "https://vneid.example/auth?state=abc")
AT_ACCOUNT = Arrived("account", "https://demo.example/ca-nhan")
PRESSED = Touched("home", "login", "ĐĂNG NHẬP", None)
QR = Seen("vneid", "qr", "qr", "https://vneid.example/auth")
COUNTDOWN = Seen("otp", "countdown", "còn 02:58", "https://vneid.example/auth")
NOTICE = Seen("otp", "notice", "Mã đã gửi tới 090****001", "https://vneid.example/auth")
BY_SMS = Received("sms", 6)
BY_APP = Received("app", 6)
MEANT = {"words": "trang của tỉnh", "screen": "account"}
SITE = {"words": "trang của tỉnh", "system": "demo"}

HOLDS = [
    ({"address": HOME}, [Arrived("home", HOME)]),
    ({"address": HOME}, [Arrived("home", "https://demo.example?a=b#c")]),
    ({"address": "demo.example"}, [Arrived("home", HOME)]),
    ({"control": "[Đăng nhập]"}, [PRESSED]),
    ({"control": "Đăng nhập", "of": "home.login"}, [Touched("login", "vneid", "x", None), PRESSED]),
    ({"fields": ["Họ tên", "Email"]}, [FORM]),
    ({"fields": [{"name": "họ tên", "required": True}, {"name": "Email"}]}, [FORM]),
    ({"options": ["USB ký số", "SmartCA"]}, [WAYS]),
    ({"text": "Hệ thống thông tin tỉnh Mô Phỏng"}, [ON_PAGE]),
    ({"moves_to": MEANT}, [AT_ACCOUNT]),
    ({"shown_on": {"words": "VNeID", "system": "vneid"}}, [QR]),
    ({"digits": 6}, [Counted("otp", "digits", 6)]),
    ({"digits": 6}, [Counted("otp", "digits", 1), BY_SMS]),
    ({"lifetime": "3 phút"}, [COUNTDOWN, Asked(1.5)]),
    ({"lifetime": "có hiệu lực trong vòng 180 giây"}, [COUNTDOWN, Asked(1.5)]),
    ({"delivery": "điện thoại đã đăng ký"}, [NOTICE, BY_SMS]),
    ({"signed_in": True}, [AT_ACCOUNT]),
    ({"signed_in": False}, [AT_VNEID]),
]
DIFFERS = [
    ({"address": HOME}, [Arrived("home", "https://demo.example/khac")], "/khac"),
    ({"address": HOME}, [Arrived("home", "http://demo.example/")], "http://"),
    ({"address": "demo.example"}, [AT_VNEID], "vneid.example"),
    ({"control": "Đăng ký"}, [PRESSED], "ĐĂNG NHẬP"),
    ({"control": "Đăng ký"}, [Seen("home", "register", None, HOME)], "không có"),
    ({"fields": ["Email", "Họ tên"]}, [FORM], "Họ tên · Email"),
    ({"fields": ["Họ tên"]}, [FORM], "Họ tên · Email"),
    ({"fields": [{"name": "Họ tên"}, {"name": "Email", "required": True}]}, [FORM], "Họ tên (*)"),
    ({"options": ["SmartCA", "USB ký số", "Sim ký số"]}, [WAYS], "SmartCA · USB ký số"),
    ({"options": ["SmartCA"]}, [WAYS], "SmartCA · USB ký số"),
    ({"text": "tỉnh Lai Châu"}, [ON_PAGE], "không có trên màn hình"),
    ({"moves_to": MEANT}, [AT_VNEID], "Trang đăng nhập VNeID – vneid.example"),
    ({"shown_on": SITE}, [QR], "VNeID – vneid.example"),
    ({"shown_on": SITE}, [Seen("vneid", "qr", None, HOME)], "không có"),
    ({"digits": 6}, [Counted("otp", "digits", 8)], "8 ô nhập"),
    ({"digits": 6}, [Received("sms", 8)], "8 chữ số"),
    ({"lifetime": "2 phút"}, [COUNTDOWN, Asked(1.5)], "3 phút, theo đồng hồ đếm ngược"),
    ({"delivery": "điện thoại đã đăng ký"}, [NOTICE, BY_APP], "ứng dụng VNeID"),
    ({"delivery": "tới hộp thư điện tử"}, [NOTICE, BY_SMS], "tin nhắn SMS"),
    (
        {"lifetime": "3 phút"},
        [Seen("otp", "countdown", None, HOME), Asked(1.5)],
        "không có đồng hồ",
    ),
    ({"signed_in": True}, [AT_VNEID], "chưa đăng nhập"),
    ({"signed_in": False}, [AT_ACCOUNT], "đã đăng nhập"),
]
UNCHECKED = [
    ({"control": "Đăng nhập", "of": "home.login"}, [Touched("login", "vneid", "Đăng nhập", None)]),
    ({"lifetime": "3 phút"}, [COUNTDOWN]),
    ({"digits": 6}, [Counted("otp", "digits", 1)]),
    ({"delivery": "điện thoại"}, [NOTICE]),
    ({"shown_on": SITE}, [AT_VNEID]),
]


def checked(written, events, atlas):
    claim = Claim.model_validate({**written, "origin": "prose"})
    return check(claim, Trail(list(events)), atlas)


def name(case):
    return f"{next(iter(case))}" if isinstance(case, dict) else None


@pytest.mark.parametrize(("written", "events"), HOLDS, ids=name)
def test_it_holds(written, events, atlas):
    assert checked(written, events, atlas).verdict == "holds"


@pytest.mark.parametrize(("written", "events", "seen"), DIFFERS, ids=name)
def test_it_differs_and_says_what_was_seen(written, events, seen, atlas):
    found = checked(written, events, atlas)
    assert found.verdict == "differs"
    assert seen in found.seen


@pytest.mark.parametrize(("written", "events"), UNCHECKED, ids=name)
def test_it_is_unchecked_where_there_was_nothing_of_it(written, events, atlas):
    assert checked(written, events, atlas).verdict == "unchecked"


@pytest.mark.parametrize(("written", "_events"), HOLDS, ids=name)
def test_it_is_unchecked_where_there_was_nothing_at_all(written, _events, atlas):
    found = checked(written, [], atlas)
    assert (found.verdict, found.seen) == ("unchecked", None)


def test_every_kind_of_claim_is_checked_here_both_ways():
    kinds = set(get_args(ClaimKind))
    assert {next(iter(written)) for written, _ in HOLDS} == kinds == set(CHECKS)
    assert {next(iter(written)) for written, _, _ in DIFFERS} == kinds


def test_the_newest_of_two_counts(atlas):
    events = [Arrived("home", HOME), AT_ACCOUNT]
    assert checked({"moves_to": MEANT}, events, atlas).verdict == "holds"


def test_what_is_seen_of_an_address_holds_no_parameters(atlas):
    assert checked({"address": HOME}, [AT_VNEID], atlas).seen == "https://vneid.example/auth"


def test_a_claim_keeps_its_origin_and_words(atlas):
    found = checked({"moves_to": MEANT}, [AT_ACCOUNT], atlas)
    assert (found.origin, found.claimed) == ("prose", "trang của tỉnh")


@pytest.mark.parametrize(
    ("shown", "holds"), [("03:00", True), ("02:50", True), ("02:49", False), ("03:11", False)]
)
def test_a_countdown_may_be_ten_seconds_off(shown, holds, atlas):
    events = [Seen("otp", "countdown", shown, HOME), Asked(0)]
    assert checked({"lifetime": "3 phút"}, events, atlas).verdict == (
        "holds" if holds else "differs"
    )


@pytest.mark.parametrize("shown", ["01:59", "01:57", "1:56"])
def test_a_lifetime_is_told_alike_at_every_moment_of_its_countdown(shown, atlas):
    events = [Seen("otp", "countdown", shown, HOME), Asked(1)]
    seen = checked({"lifetime": "3 phút"}, events, atlas).seen
    assert seen == "2 phút, theo đồng hồ đếm ngược"


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("3 phút", 180), ("trong vòng 2 phút.", 120), ("45 giây", 45), ("", None)],
)
def test_seconds_are_read_from_words(words, seconds):
    assert seconds_in(words) == seconds


def test_parameters_and_fragments_are_taken_off_an_address():
    assert without_parameters("https://a.example/b?code=1#c") == "https://a.example/b"


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("tin nhắn OTP tới điện thoại của Công dân", "sms"),
        ("về số thuê bao vừa đăng ký", "sms"),
        ("trên ứng dụng VNeID của điện thoại", "app"),
        ("tới hộp thư điện tử", "mail"),
        ("sau ít phút", None),
    ],
)
def test_the_way_of_a_code_is_read_from_the_guides_words(words, way):
    assert way_in(words) == way
