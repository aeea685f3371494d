"""The living guide: the published steps made anew, with proposals marked as such."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Error

from record.model import Box
from reporting.commands import main
from reporting.guide_report import Known
from reporting.living_guide import write_living_guides
from reporting.runs import KeptRun, NoRun
from tests.reporting.conftest import (
    DRIFTS,
    FAILS,
    HOLDS,
    LAST,
    NOT_REACHED,
    MakeRun,
    a_picture,
    claim,
    move,
)

UNANNOUNCED = DRIFTS.model_copy(
    update={
        "moves": (
            move(
                "Chọn Đăng nhập ở góc phải.",
                claim("unannounced", "", "Hộp thoại mới", "differs", origin="ours"),
                unannounced=("Hộp thoại mới",),
                pictures=(
                    a_picture("pictures/2.jpeg", screen="new", unannounced="Hộp thoại mới"),
                    a_picture("pictures/3.jpeg"),
                ),
            ),
        )
    }
)


def page(kept: KeptRun, known: Known, folder: Path) -> str:
    write_living_guides(kept, known, "mau", folder, "vi")
    return (folder / "mau-2024.html").read_text(encoding="utf-8")


def test_the_steps_stand_in_their_published_order(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    html = page(make_run(), known, tmp_path)
    assert re.findall(r"<h3>(.*?)</h3>", html) == ["Bước 1", "Bước 2", "Bước 3"]


def test_words_that_hold_stay_and_the_others_are_proposed(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    html = page(make_run(), known, tmp_path)
    assert "<span>Truy cập trang chủ.</span>" in html
    assert (
        "<strong>[Đề xuất]</strong> Chọn <del>Đăng nhập</del> <ins>Đăng nhập một lần</ins>" in html
    )
    assert html.count("[Đề xuất]") == 2  # the other one is the superseded legal basis


def test_a_screen_not_announced_is_put_in_before_with_its_picture(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    html = page(make_run(steps=(HOLDS, UNANNOUNCED, LAST)), known, tmp_path)
    added = html.index("[Đề xuất bổ sung]</strong> <ins>“Hộp thoại mới” hiện ra.</ins>")
    assert added < html.index("Chọn Đăng nhập ở góc phải.")
    assert html.count("<img") == 4


def test_steps_that_were_not_reached_keep_their_words_and_say_so(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    html = page(make_run(steps=(HOLDS, FAILS, NOT_REACHED)), known, tmp_path)
    assert "Không làm được như hướng dẫn: cổng dịch vụ công: máy chủ trả lời lỗi" in html
    assert "Chưa kiểm chứng trong lần chạy này: Bước 2: máy chủ trả lời lỗi" in html
    assert "Hệ thống trở về trang chủ." in html


def test_an_accepted_difference_keeps_the_published_words_with_an_aside(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    by = {"who": "Nhóm mẫu", "why": "thử", "until": "2099-01-01"}
    accepted = claim("control", "Đăng nhập", "Vào", "accepted", accepted=by)
    step = DRIFTS.model_copy(
        update={"outcome": "accepted", "moves": (move("Chọn Đăng nhập.", accepted),)}
    )
    html = page(make_run(steps=(HOLDS, step, LAST)), known, tmp_path)
    assert "<span>Chọn Đăng nhập.</span>" in html
    assert "Trên màn hình ghi: “Vào” (khác biệt đã được chấp nhận)." in html


def test_a_screen_that_people_accepted_is_put_in_as_such_and_not_proposed(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    came = UNANNOUNCED.moves[0].claims[0].model_copy(update={"verdict": "accepted"})
    moves = (UNANNOUNCED.moves[0].model_copy(update={"claims": (came,)}),)
    step = UNANNOUNCED.model_copy(update={"outcome": "accepted", "moves": moves})
    html = page(make_run(steps=(HOLDS, step, LAST)), known, tmp_path)
    label = "[Màn hình đã được chấp nhận]"
    assert f"<strong>{label}</strong> “Hộp thoại mới” hiện ra." in html
    assert html.count("<img") == 4
    assert "Số chỗ có đề xuất: 0." in html
    texts = [one.text for one in Document(str(tmp_path / "mau-2024.docx")).paragraphs]
    assert f"(1) {label} “Hộp thoại mới” hiện ra." in texts


def test_the_docx_proposes_what_superseded_the_law_as_the_html_does(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    write_living_guides(make_run(), known, "mau", tmp_path, "vi")
    law = Document(str(tmp_path / "mau-2024.docx")).paragraphs[-1]
    old, new = "Nghị định số 59/2022/NĐ-CP", "Nghị định số 69/2024/NĐ-CP"
    state = f"đã bị thay thế bởi {new} từ 01/07/2024"
    assert law.text == f"[Đề xuất] {old} {new} ({state}; công báo)"
    assert [run.text for run in law.runs if run.font.strike] == [old]
    assert [run.text.strip() for run in law.runs if run.font.underline] == [new]


def test_html_and_docx_are_published_when_the_browser_breaks_while_printing(
    make_run: MakeRun,
    runs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks() -> None:
        raise Error("Target page, context or browser has been closed\nCall log: …")

    make_run()
    monkeypatch.setattr("reporting.printing.sync_playwright", breaks)
    published = tmp_path / "published"
    asked = ["guide", "--portal", "mau", "--runs", str(runs), "--output", str(published)]
    assert main(asked) == 0
    assert {path.suffix for path in (published / "living/mau").iterdir()} == {".html", ".docx"}
    assert "could not print (Target page, context or browser has been closed)" in (
        capsys.readouterr().err
    )


def test_what_a_picture_of_the_guide_shows_no_longer_is_proposed_beneath_the_words(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    differs = claim("options", "A · B", "A · B · C", "differs", origin="screenshot")
    step = DRIFTS.model_copy(update={"moves": (move("Chọn Đăng nhập.", differs),)})
    html = page(make_run(steps=(HOLDS, step, LAST)), known, tmp_path)
    assert "<span>Chọn Đăng nhập.</span>" in html
    note = "Các lựa chọn trên màn hình: A, B và C."
    assert f"<strong>[Đề xuất]</strong> <ins>{note}</ins>" in html
    assert "Số chỗ có đề xuất: 1." in html
    texts = [one.text for one in Document(str(tmp_path / "mau-2024.docx")).paragraphs]
    assert f"[Đề xuất] {note}" in texts


def test_steps_that_two_journeys_share_are_written_once(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    kept = make_run(journeys=2)
    published = known.guides["mau-2024"]
    second = published.journeys[0].model_copy(update={"journey": "citizen-2"})
    both = published.model_copy(update={"journeys": (*published.journeys, second)})
    html = page(kept, Known({"mau-2024": both}, {}, known.accepted, known.reporting), tmp_path)
    assert "Bước 1, Bước 2, Bước 3: như ở mục 1." in html
    assert html.count("<h3>") == 3


def test_the_docx_holds_the_same_steps_and_pictures(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    write_living_guides(make_run(), known, "mau", tmp_path, "vi")
    document = Document(str(tmp_path / "mau-2024.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [one for one in texts if re.fullmatch(r"Bước \d", one)] == ["Bước 1", "Bước 2", "Bước 3"]
    assert "(1) [Đề xuất] Chọn Đăng nhập Đăng nhập một lần ở góc phải." in texts
    assert any("Cổng mô phỏng" in one for one in texts)
    assert len(document.inline_shapes) == 3


def test_the_control_is_framed_and_personal_data_is_covered_in_the_pixels(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    covered = a_picture("pictures/1.jpeg", personal=(Box(x=40, y=25, width=15, height=8),))
    step = HOLDS.model_copy(
        update={"moves": (move("Truy cập.", picture=None, pictures=(covered,)),)}
    )
    write_living_guides(make_run(steps=(step,)), known, "mau", tmp_path, "vi")
    with ZipFile(tmp_path / "mau-2024.docx") as document:
        name = next(one for one in document.namelist() if one.endswith((".jpeg", ".jpg")))
        picture = Image.open(io.BytesIO(document.read(name))).convert("RGB")
    assert all(abs(part - 128) < 12 for part in picture.getpixel((47, 29)))


def test_a_picture_of_an_unknown_screen_stays_out_since_nobody_knows_what_to_cover(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    unknown = a_picture("pictures/2.jpeg", screen=None)
    step = FAILS.model_copy(update={"moves": (move("Chọn Đăng nhập.", pictures=(unknown,)),)})
    html = page(make_run(steps=(HOLDS, step, NOT_REACHED)), known, tmp_path)
    assert html.count("<img") == 1


def test_a_portal_that_was_not_walked_is_said_in_one_sentence(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    with pytest.raises(NoRun, match="walked no guide of portal “elsewhere”; it walked: mau"):
        write_living_guides(make_run(), known, "elsewhere", tmp_path, "vi")
