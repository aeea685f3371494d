"""What the scrubber takes out of a file, and what it must leave."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from record.scrubbing import REMOVED, Scrubber, Unclean


@pytest.mark.parametrize(
    "text",
    ["otp=123456&csrt=x", '{"otp": "123456"}', '{"otp":123456}', "Mã là 123456.", "=123456"],
)
def test_a_code_goes_wherever_it_stands_alone(text: str) -> None:
    assert "123456" not in Scrubber({"123456"}).text(text)


@pytest.mark.parametrize("text", ['"t": 9123456', '"x": 0.123456', '"x": 123456.5'])
def test_digits_of_another_number_stay(text: str) -> None:
    assert Scrubber({"123456"}).text(text) == text


def test_a_short_pin_goes_where_it_is_text_and_stays_where_it_is_a_measure() -> None:
    line = json.dumps({"y": 1357, "value": "1357", "body": "pin=1357"})
    assert json.loads(Scrubber({"1357"}).text(line)) == {
        "y": 1357,
        "value": REMOVED,
        "body": f"pin={REMOVED}",
    }


def test_a_picture_within_text_goes_since_it_may_be_a_login_qr() -> None:
    shown = f"<img src='data:image/png;base64,{'iVBO' * 40}=='>"
    assert Scrubber(()).text(shown) == f"<img src='data:image/png;base64,{REMOVED}'>"


def test_a_trace_keeps_its_text_cleaned_and_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "trace.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("trace.trace", "typed Thu-Nghiem")
        archive.writestr("resources/page@1.jpeg", b"\xff\xd8\xff\xe0")
    Scrubber({"Thu-Nghiem"}).file(path)
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            "trace.trace": f"typed {REMOVED}"
        }


def test_a_trace_that_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    (tmp_path / "trace.zip").write_bytes(b"cut off")
    with pytest.raises(Unclean, match=r"trace\.zip"):
        Scrubber({"Thu-Nghiem"}).folder(tmp_path)
