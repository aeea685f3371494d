"""What to write instead."""

from typing import Any

import pytest

from config.guides import Claim
from config.reporting import reporting
from journeys.checks import check
from journeys.trail import Asked, Counted, Event, OptionsSeen, Received, Seen, Trail
from record.model import CheckedClaim, Fault
from reporting.wording import Wordsmith
from tests.reporting.conftest import claim, move


@pytest.fixture
def wordsmith(real_atlases: dict[str, Any]) -> Wordsmith:
    patterns = reporting()
    return Wordsmith(patterns.wording, patterns.wording_of_faults, real_atlases)


def instead(wordsmith: Wordsmith, says: str, *claims: CheckedClaim) -> str:
    proposal = wordsmith.instead("lai-chau", move(says), claims)
    return proposal.sentence if proposal else ""


def test_a_new_name_takes_the_place_of_the_old_one(wordsmith: Wordsmith) -> None:
    differs = claim("control", "“Đóng”", "Đăng xuất", "differs")
    assert instead(wordsmith, "chọn Đóng để thoát", differs) == "chọn Đăng xuất để thoát"


def test_whose_telephone_it_is_goes_with_the_telephone(wordsmith: Wordsmith) -> None:
    differs = claim(
        "delivery", "Số điện thoại mà công dân đã đăng ký", "ứng dụng VNeID: Nhập mã", "differs"
    )
    says = "Nhập mã gồm 6 chữ số được gửi tới Số điện thoại mà công dân đã đăng ký tài khoản VNEID."
    assert instead(wordsmith, says, differs) == "Nhập mã gồm 6 chữ số được gửi tới ứng dụng VNeID."


def test_fields_are_named_as_the_sentence_names_them(wordsmith: Wordsmith) -> None:
    differs = claim("fields", "tài khoản · mật khẩu", "Số định danh cá nhân · Mật khẩu", "differs")
    written = instead(wordsmith, "nhập tài khoản và mật khẩu của Công dân", differs)
    assert written == "nhập Số định danh cá nhân và Mật khẩu của Công dân"


def test_what_does_not_stand_in_the_sentence_is_added(wordsmith: Wordsmith) -> None:
    differs = claim("delivery", "tin nhắn tới điện thoại", "ứng dụng VNeID: Mở ứng dụng", "differs")
    written = instead(wordsmith, "Hệ thống sẽ gửi tin nhắn.", differs)
    assert written.startswith("Hệ thống sẽ gửi tin nhắn. Mã xác thực nhận qua ứng dụng VNeID")


def test_a_control_is_renamed_where_it_is_pressed_not_where_a_page_is_called_like_it(
    wordsmith: Wordsmith,
) -> None:
    differs = claim("control", "Đăng nhập", "Tiếp tục", "differs")
    says = "Tại trang Đăng nhập VNEID, nhập tài khoản, sau đó ấn chọn Đăng nhập."
    written = instead(wordsmith, says, differs)
    assert written == "Tại trang Đăng nhập VNEID, nhập tài khoản, sau đó ấn chọn Tiếp tục."


def test_a_name_is_no_part_of_a_longer_word_and_its_own_case_comes_first(
    wordsmith: Wordsmith,
) -> None:
    differs = claim("control", "Đóng", "Thoát", "differs")
    says = "Chọn Đóng để đóng, rồi ký Đóngx."
    assert instead(wordsmith, says, differs) == "Chọn Thoát để đóng, rồi ký Đóngx."


SAYS = {
    "digits": "Nhập OTP gồm 6 chữ số trong 6 phút",
    "lifetime": "Nhập OTP (có hiệu lực trong vòng 3 phút)",
    "options": "bằng 2 hình thức: SmartCA, Sim ký số",
}
WRITTEN: list[tuple[dict[str, Any], list[Event], str]] = [
    ({"digits": 6}, [Counted("otp", "digits", 8)], "Nhập OTP gồm 8 chữ số trong 6 phút"),
    ({"digits": 6}, [Received("sms", 8)], "Nhập OTP gồm 8 chữ số trong 6 phút"),
    (
        {"lifetime": "3 phút"},
        [Seen("otp", "countdown", "còn 01:28", ""), Asked(1.5)],
        "Nhập OTP (có hiệu lực trong vòng 1 phút 30 giây)",
    ),
    (
        {"options": ["SmartCA", "Sim ký số"]},
        [OptionsSeen("business", "ways", ("SmartCA", "USB ký số", "Sim ký số"))],
        "bằng 2 hình thức: SmartCA, USB ký số và Sim ký số",
    ),
]


@pytest.mark.parametrize(("written", "events", "expected"), WRITTEN)
def test_what_a_check_really_says_makes_a_sentence_that_a_guide_could_print(
    wordsmith: Wordsmith,
    real_atlases: dict[str, Any],
    written: dict[str, Any],
    events: list[Event],
    expected: str,
) -> None:
    wanted = Claim.model_validate({**written, "origin": "prose"})
    checked = check(wanted, Trail(events), real_atlases["lai-chau"])
    assert checked.verdict == "differs"
    assert instead(wordsmith, SAYS[checked.kind], checked) == expected


def test_a_lifetime_that_the_sentence_does_not_name_is_added(wordsmith: Wordsmith) -> None:
    differs = claim("lifetime", "3 phút", "2 phút, theo đồng hồ đếm ngược", "differs")
    written = instead(wordsmith, "Nhập mã.", differs)
    assert written == "Nhập mã. Mã có hiệu lực trong vòng 2 phút."


def test_two_differences_of_one_sentence_are_put_right_together(wordsmith: Wordsmith) -> None:
    first = claim("control", "Đóng", "Thoát", "differs")
    second = claim("digits", "6", "8 chữ số", "differs")
    assert (
        instead(wordsmith, "nhập 6 số rồi chọn Đóng", second, first) == "nhập 8 số rồi chọn Thoát"
    )


def test_words_on_a_picture_change_no_sentence(wordsmith: Wordsmith) -> None:
    differs = claim("text", "Dòng cũ", "không có trên màn hình", "differs", origin="screenshot")
    proposal = wordsmith.instead("lai-chau", move("Nhập mã."), [differs])
    assert proposal is not None and not proposal.pieces
    assert "Chụp lại ảnh minh hoạ" in proposal.notes[0]


def test_nothing_seen_nothing_proposed(wordsmith: Wordsmith) -> None:
    assert (
        wordsmith.instead("lai-chau", move("x"), [claim("control", "A", None, "unchecked")]) is None
    )


def test_a_screen_not_announced_is_told_with_what_to_do_on_it(wordsmith: Wordsmith) -> None:
    seen = claim("unannounced", "", "Hộp thoại Xác nhận chia sẻ thông tin", "differs")
    sentence = wordsmith.screen("lai-chau", seen).sentence
    assert sentence.startswith("“Hộp thoại Xác nhận chia sẻ thông tin” hiện ra. Đánh dấu “")
    assert "rồi chọn “Xác nhận chia sẻ”" in sentence


def test_an_unknown_screen_is_told_without_guessing(wordsmith: Wordsmith) -> None:
    seen = claim("unannounced", "", "Màn hình lạ", "differs")
    assert wordsmith.screen("nowhere", seen).sentence == "“Màn hình lạ” hiện ra."


def test_an_address_that_moved_is_written_anew(wordsmith: Wordsmith) -> None:
    old = claim("address", "dichvucong.cu.example", None, "unchecked")
    gone = move("Truy cập (dichvucong.cu.example)", old, address="https://moi.example/")
    fault = Fault(component="portal", kind="moved", message="Cổng mới (moi.example)")
    proposal = wordsmith.after_fault(gone, fault)
    assert proposal is not None
    assert proposal.sentence == (
        "Truy cập (https://moi.example/). Trang này nay chuyển sang Cổng mới (moi.example)."
    )


def test_an_outage_proposes_no_wording(wordsmith: Wordsmith) -> None:
    fault = Fault(component="portal", kind="http", message="500")
    assert wordsmith.after_fault(move("Truy cập"), fault) is None
