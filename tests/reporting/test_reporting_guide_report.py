"""The guide report: what a head of office reads of a run."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from config.portals import Atlas
from record.model import StepRecord
from reporting.guide_report import Known, write_guide_report
from reporting.runs import KeptRun
from tests.reporting.conftest import (
    DRIFTS,
    FAILS,
    HOLDS,
    LAST,
    MATCHES_AGAIN,
    NOT_REACHED,
    NOW,
    MakeRun,
    claim,
    move,
)

BLOCKED = FAILS.model_copy(update={"outcome": "blocked"})


def report(kept: KeptRun, known: Known, folder: Path, language: str = "vi") -> str:
    write_guide_report(kept, known, folder, NOW, language)
    return (folder / "guides.html").read_text(encoding="utf-8")


def section(page: str, name: str) -> str:
    found = re.search(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_it_says_how_many_steps_still_hold(make_run: MakeRun, known: Known, tmp_path: Path) -> None:
    page = report(make_run(), known, tmp_path)
    assert "2 trên 3 bước còn đúng" in page
    assert "1 bước phải sửa trong 1 hướng dẫn: 1 chỗ cần viết lại." in page


ACCEPTED = DRIFTS.model_copy(
    update={
        "outcome": "accepted",
        "moves": (
            move(
                "Chọn Đăng nhập ở góc phải.",
                claim("control", "Đăng nhập", "Vào", "accepted"),
            ),
        ),
    }
)
ONLY_DONE = MATCHES_AGAIN.model_copy(update={"moves": (move("Chọn Đăng nhập ở góc phải."),)})


def test_a_step_that_journeys_share_is_counted_once(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    assert "2 trên 3 bước còn đúng" in report(make_run(journeys=3), known, tmp_path)


def test_a_step_without_anything_to_compare_does_not_hold_it_could_be_done(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(steps=(HOLDS, ONLY_DONE, LAST)), known, tmp_path)
    assert "2 trên 3 bước còn đúng" in page
    assert '<span class="tag walked">đi được, không có gì để đối chiếu</span>' in page


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((HOLDS, MATCHES_AGAIN, LAST), "Còn đúng"),
        ((HOLDS, ACCEPTED, LAST), "Khác, đã được chấp nhận"),
        ((HOLDS, DRIFTS, LAST), "Phải sửa"),
        ((HOLDS, BLOCKED, NOT_REACHED), "Chưa kết luận được"),
        ((ONLY_DONE,), "Chưa kết luận được"),
    ],
)
def test_a_guide_is_true_only_where_it_was_seen_to_be(
    make_run: MakeRun, known: Known, tmp_path: Path, steps: tuple[StepRecord, ...], expected: str
) -> None:
    summary = section(report(make_run(steps=steps), known, tmp_path), "summary")
    assert re.findall(r'<td><span class="tag \w*">(.*?)</span>', summary) == [expected]


def test_a_guide_with_a_journey_that_has_no_result_is_not_concluded(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    kept = make_run(steps=(HOLDS, MATCHES_AGAIN, LAST), journeys=2)
    record = kept.folder / "record.jsonl"
    record.write_text(record.read_text().splitlines(keepends=True)[0])
    assert ">Chưa kết luận được</span>" in section(report(kept, known, tmp_path), "summary")


def test_it_lists_exactly_the_steps_to_correct_with_what_to_write_instead(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    listed = section(report(make_run(), known, tmp_path), "write")
    assert re.findall(r"Bước \d", listed) == ["Bước 2"]
    assert "<del>Đăng nhập</del> <ins>Đăng nhập một lần</ins> ở góc phải." in listed


def test_a_correction_met_in_several_journeys_is_listed_once(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    listed = section(report(make_run(journeys=3), known, tmp_path), "write")
    assert listed.count("<ins>Đăng nhập một lần</ins>") == 1


def test_nothing_to_correct_is_said(make_run: MakeRun, known: Known, tmp_path: Path) -> None:
    page = report(make_run(steps=(HOLDS, LAST)), known, tmp_path)
    assert "Không có bước nào phải sửa." in page
    assert not section(page, "write")


def test_what_differs_is_marked_on_both_sides(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(), known, tmp_path)
    assert "Đăng nhập <mark>một lần</mark>" in page


def test_a_simulated_portal_is_said_to_be_one(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(), known, tmp_path)
    assert "Cổng mô phỏng" in page and "cổng mô phỏng" in page
    assert (tmp_path / "guides.csv").read_text(encoding="utf-8").count("cổng mô phỏng") == 3
    assert json.loads((tmp_path / "guides.json").read_text())["simulated"] is True


def test_a_run_on_a_real_portal_is_not_called_simulated(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(simulated=False), known, tmp_path)
    assert "mô phỏng" not in page


def test_it_says_so_in_english_when_asked(make_run: MakeRun, known: Known, tmp_path: Path) -> None:
    page = report(make_run(), known, tmp_path, "en")
    assert '<html lang="en">' in page
    assert "2 of 3 steps still hold as published." in page
    assert "Simulated portal" in page


def test_steps_without_a_conclusion_are_named_with_their_reason(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(steps=(HOLDS, FAILS, NOT_REACHED)), known, tmp_path)
    hidden = section(page, "hidden")
    assert "Bước 3" in hidden and "chưa tới" in hidden and "máy chủ trả lời lỗi" in hidden


def test_a_journey_that_was_planned_and_not_seen_is_named(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    kept = make_run(journeys=2)
    record = kept.folder / "record.jsonl"
    record.write_text(record.read_text().splitlines(keepends=True)[0])
    assert "mau-2024/citizen-2" in report(kept, known, tmp_path)


def test_a_run_without_journeys_is_no_good_news(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(journeys=0), known, tmp_path)
    assert "không kiểm tra được bước nào" in page
    assert "headline good" not in page


def test_a_superseded_legal_basis_is_named_with_what_superseded_it(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    law = section(report(make_run(), known, tmp_path), "law")
    assert "đã bị thay thế bởi Nghị định số 69/2024/NĐ-CP từ 01/07/2024" in law


def test_hashes_browser_and_time_in_viet_nam_stand_in_it(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    about = section(report(make_run(), known, tmp_path), "evidence")
    assert "a" * 64 in about and "b" * 64 in about and "chromium 1" in about
    assert "22/11/2026 09:00 (+07:00)" in about
    assert '<th scope="row">Người chạy</th><td>Tổ kiểm thử</td>' in about


def test_every_picture_stands_with_the_address_it_was_taken_at(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    page = report(make_run(), known, tmp_path)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page)
    assert len(captions) == 3
    assert all("https://dichvucong.mau.example/trang" in caption for caption in captions)


def test_what_is_guessed_of_shared_systems_is_named_for_the_portals_that_use_them(
    make_run: MakeRun, known: Known, real_atlases: dict[str, Atlas], tmp_path: Path
) -> None:
    used = {"mau": real_atlases["lai-chau"]}
    hidden = section(
        report(make_run(), Known(known.guides, used, known.accepted, known.reporting), tmp_path),
        "hidden",
    )
    assert "Chưa rõ hình dáng thật của “Ứng dụng SmartCA”" in hidden
    assert "một cửa" not in hidden


def test_every_unknown_screen_is_of_a_system_that_has_a_portal_file(
    known: Known, real_atlases: dict[str, Atlas]
) -> None:
    systems = {system.portal for atlas in real_atlases.values() for system in atlas.systems}
    assert {screen.portal for screen in known.reporting.unknown_screens} <= systems


def test_what_a_page_said_is_never_taken_for_markup(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    evil = claim("control", "Đăng nhập", "<script>alert(1)</script>", "differs")
    step = DRIFTS.model_copy(update={"moves": (move("Chọn Đăng nhập.", evil),)})
    page = report(make_run(steps=(step,)), known, tmp_path)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_a_page_said_is_never_taken_for_a_formula(
    make_run: MakeRun, known: Known, tmp_path: Path, start: str
) -> None:
    evil = claim("control", "Đăng nhập", f"{start}1+1", "differs")
    step = DRIFTS.model_copy(update={"moves": (move("Chọn Đăng nhập.", evil),)})
    report(make_run(steps=(step,)), known, tmp_path)
    text = (tmp_path / "guides.csv").read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(StringIO(text)))["Thực tế thấy"] == f"'{start}1+1"


def test_json_and_csv_tell_each_claim_once(make_run: MakeRun, known: Known, tmp_path: Path) -> None:
    report(make_run(), known, tmp_path)
    data = json.loads((tmp_path / "guides.json").read_text(encoding="utf-8"))
    steps = data["guides"][0]["journeys"][0]["steps"]
    told = [one["seen"] for step in steps for made in step["moves"] for one in made["claims"]]
    text = (tmp_path / "guides.csv").read_text(encoding="utf-8-sig")
    assert told == [row["Thực tế thấy"] for row in csv.DictReader(StringIO(text))]
    assert steps[1]["moves"][0]["instead"] == "Chọn Đăng nhập một lần ở góc phải."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", {"Kết quả": "sai lệch", "Nguồn": "lời văn", "Kết luận": "khác"}),
        ("en", {"Outcome": "drifted", "Origin": "prose", "Verdict": "differs"}),
    ],
)
def test_the_csv_speaks_the_readers_language(
    make_run: MakeRun, known: Known, tmp_path: Path, language: str, expected: dict[str, str]
) -> None:
    report(make_run(steps=(DRIFTS,)), known, tmp_path, language)
    text = (tmp_path / "guides.csv").read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(StringIO(text))
    assert expected.items() <= row.items()


def test_pictures_beyond_the_limit_are_left_out_and_that_is_said(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    limited = known.reporting.pictures.model_copy(update={"at_most": 1})
    few = known.reporting.model_copy(update={"pictures": limited})
    page = report(make_run(), Known(known.guides, {}, known.accepted, few), tmp_path)
    assert page.count("data:image/jpeg") == 1
    assert "2 ảnh không được đưa vào" in page
    assert "2.jpeg</span></figcaption>" in page  # the step to correct keeps its picture


def test_a_picture_that_is_gone_does_not_stop_the_report(
    make_run: MakeRun, known: Known, tmp_path: Path
) -> None:
    kept = make_run()
    (kept.folder / "pictures/1.jpeg").unlink()
    (kept.folder / "pictures/2.jpeg").write_bytes(b"no picture")
    assert report(kept, known, tmp_path).count("data:image/jpeg") == 1
