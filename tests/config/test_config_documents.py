"""What the guides are made to say stands in the published documents, and nobody's data do."""

import re
import unicodedata

import pytest

from config.guides import guides
from config.strict import CONFIG

DOCUMENTS = sorted((CONFIG / "documents").glob("*.txt"))


def plain(text):
    """Lines joined, white space collapsed (no-break spaces too), Unicode composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fragments(guide):
    for journey in guide.journeys:
        for step in journey.steps:
            for move in step.moves:
                yield move.says
                yield from (claim.says for claim in move.claims if claim.says)


@pytest.mark.parametrize("guide", guides().values(), ids=guides())
def test_every_fragment_stands_verbatim_in_its_document(guide):
    document = plain((CONFIG / "documents" / guide.source).read_text(encoding="utf-8"))
    assert [said for said in fragments(guide) if plain(said) not in document] == []


@pytest.mark.parametrize("guide", guides().values(), ids=guides())
def test_every_legal_text_that_a_guide_is_said_to_cite_stands_in_it(guide):
    document = plain((CONFIG / "documents" / guide.source).read_text(encoding="utf-8"))
    assert [basis.cites for basis in guide.legal_basis if plain(basis.cites) not in document] == []


def test_a_no_break_space_and_a_broken_line_do_not_hide_a_fragment():
    assert plain("chọn\u00a0tới\n phần Đăng nhâ\u0323p") == "chọn tới phần Đăng nhập"


CAPITAL = "".join(filter(str.isupper, map(chr, range(0x41, 0x1F00))))
CAPITALISED = rf"[{CAPITAL}][^\W\d_]*"
PERSONAL = {
    "a telephone number": re.compile(r"(?<!\d)0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}(?!\d)"),
    "an identity number": re.compile(r"(?<!\d)(\d{9}|\d{12})(?!\d)"),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "a person's name": re.compile(
        rf"\b(?:đ/c|đồng chí|ông|bà|anh|chị)\s*:?(?:\s+(?-i:{CAPITALISED})){{2}}", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_no_document_holds(document, kind):
    text = plain(document.read_text(encoding="utf-8"))
    assert PERSONAL[kind].search(text) is None


@pytest.mark.parametrize(
    ("kind", "planted"),
    [
        ("a telephone number", "liên hệ 0900 000 001 để"),
        ("a telephone number", "liên hệ 0900000001."),
        ("an identity number", "CCCD 000100000001"),
        ("an e-mail address", "lan@nguoi-dung.example"),
        ("a person's name", "liên hệ: Đ/c Nguyễn Thị Thử Nghiệm"),
    ],
)
def test_personal_data_would_be_found(kind, planted):
    assert PERSONAL[kind].search(planted) is not None


def test_every_document_belongs_to_a_guide_or_is_named_where_it_is_not():
    assert {guide.source for guide in guides().values()} <= {path.name for path in DOCUMENTS}
