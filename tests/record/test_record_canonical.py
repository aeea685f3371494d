"""When two wordings are the same: canonical forms decide, and nothing else."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from record.canonical import canonical, holds_words, same

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
WORDS = st.text(st.sampled_from(VIETNAMESE), min_size=1, max_size=7)
NUMBERS = st.integers(0, 99).map(str)
WORDINGS = st.lists(WORDS | NUMBERS, min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        ("Đăng nhập", "Đăng ký"),
        ("3 phút", "2 phút"),
        ("3 phút", "13 phút"),
        (
            "[Tài khoản VNeID Bộ Công an]",
            "ĐĂNG NHẬP Tài khoản Định danh điện tử cấp bởi Bộ Công An",
        ),
        (
            "ĐĂNG NHẬP Tài khoản Định danh điện tử được cấp bởi Bộ Công An",
            "ĐĂNG NHẬP Tài khoản Định danh điện tử cấp bởi Bộ Công An",
        ),
        ("số định danh", "số CCCD"),
        ("Mật khẩu", "Mật khẩu mới"),
        ("Hủy bỏ", "Huỷ"),
        ("ma", "mà"),
        ("mà", "má"),
        ("to", "tô"),
        ("do", "đo"),
        ("", "Đăng nhập"),
    ],
)
def test_what_means_something_else_is_not_the_same(claimed, seen):
    assert not same(claimed, seen)


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        ("Đăng nhập", "ĐĂNG NHẬP"),
        ("[Đăng nhập]", "Đăng nhập"),
        ("“Xác nhận”", "Xác nhận"),
        ("'Đóng'", "«Đóng»"),
        ("Bộ Công an", "Bộ Công An"),
        ("Tài khoản\nVNeID", "Tài khoản VNeID"),
        ("Tài khoản\u00a0VNeID", "  Tài khoản   VNeID "),
        ("Bị khoá", "Bị khóa"),
        ("Huỷ bỏ", "Hủy bỏ"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("Thuỷ", "Thủy"),
        ("Đăng nhập", unicodedata.normalize("NFD", "Đăng nhập")),
    ],
)
def test_what_only_looks_different_is_the_same(claimed, seen):
    assert same(claimed, seen)


@given(WORDINGS)
def test_the_canonical_form_of_a_canonical_form_is_itself(wording):
    assert canonical(canonical(wording)) == canonical(wording)


@given(WORDINGS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_composition_does_not_matter(wording, form):
    assert same(wording, unicodedata.normalize(form, wording))


@given(WORDINGS)
def test_case_and_white_space_do_not_matter(wording):
    assert same(wording, f"\n{wording.upper()}".replace(" ", " \u00a0\t"))


@given(WORDINGS, WORDS | NUMBERS)
def test_a_word_more_is_another_wording(wording, word):
    assert not same(wording, f"{wording} {word}")


@given(NUMBERS, NUMBERS, WORDS)
def test_another_number_is_another_wording(number, other, word):
    assume(number != other)
    assert not same(f"{number} {word}", f"{other} {word}")


@given(WORDINGS, WORDINGS, WORDINGS)
def test_a_text_holds_the_words_that_stand_in_it(before, words, after):
    assert holds_words(words, f"{before} {words} {after}")


@pytest.mark.parametrize("text", ["{}.", "({}),", "– {}: 18001096", "{}!", "a\n{}\nb"])
def test_punctuation_beside_the_words_does_not_hide_them(text):
    assert holds_words("Mã OTP không chính xác", text.format("Mã OTP không chính xác"))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("3 phút", "trong 13 phút"),
        ("3 phút", "3 phútx"),
        ("hoang", "hoàng hôn"),
        ("Đăng nhập", "Đăng ký"),
        ("Quét mã QR", "Quét mã"),
    ],
)
def test_part_of_a_word_is_not_the_word(words, text):
    assert not holds_words(words, text)
