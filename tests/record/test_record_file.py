"""The record's files: what was written stays, and what was cut short is left out."""

import json
import os

import pytest
from record_lines import NOW, claim, journey, step

from record import file
from record.model import Run

ONE = journey(step("matches", claim()))
OTHER = journey(step("matches", claim()), journey="citizen-qr")
RUN = Run(
    run="r",
    environment="embedded",
    edition="published",
    simulated=True,
    judge="guide",
    started=NOW,
    plan=(),
)


def test_journeys_are_read_as_they_were_written(tmp_path):
    file.append(tmp_path, ONE)
    file.append(tmp_path, OTHER)
    assert list(file.journeys(tmp_path)) == [ONE, OTHER]


def test_a_line_has_the_keys_that_others_read(tmp_path):
    file.append(tmp_path, ONE)
    line = json.loads((tmp_path / "record.jsonl").read_text(encoding="utf-8"))
    assert {
        *("schema", "run", "environment", "edition", "portal", "guide", "journey", "attempt"),
        *("outcome", "started", "seconds", "steps", "versions", "trace"),
    } <= set(line)
    (first,) = line["steps"]
    assert {"step", "outcome", "reason", "seconds", "fault", "moves"} <= set(first)
    (move,) = first["moves"]
    assert {
        *("says", "do", "seat", "address", "seconds", "control", "pictures", "claims"),
    } <= set(move)
    assert {"kind", "origin", "claimed", "seen", "verdict", "accepted"} <= set(move["claims"][0])


def test_a_line_is_synced_before_it_counts_as_written(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_size))
    file.append(tmp_path, ONE)
    assert synced == [(tmp_path / "record.jsonl").stat().st_size]


def test_a_folder_without_a_record_has_no_journeys(tmp_path):
    assert list(file.journeys(tmp_path)) == []


def test_a_line_cut_short_is_left_out_wherever_it_was_cut(tmp_path):
    file.append(tmp_path, ONE)
    file.append(tmp_path, OTHER)
    path = tmp_path / "record.jsonl"
    whole = path.read_bytes()
    for end in range(whole.index(b"\n") + 1, len(whole), 7):
        path.write_bytes(whole[:end])
        assert list(file.journeys(tmp_path)) == [ONE]


def test_a_letter_cut_in_the_middle_is_left_out_with_its_line(tmp_path):
    file.append(tmp_path, ONE)
    path = tmp_path / "record.jsonl"
    path.write_bytes(path.read_bytes() + '{"title": "Đ'.encode()[:-1])
    assert list(file.journeys(tmp_path)) == [ONE]


def test_keys_of_a_later_version_are_left_alone(tmp_path):
    line = json.loads(ONE.model_dump_json(by_alias=True)) | {"colour": "blue"}
    (tmp_path / "record.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert list(file.journeys(tmp_path)) == [ONE]


def test_a_run_is_read_as_it_was_written(tmp_path):
    file.write_run(tmp_path, RUN)
    assert file.read_run(tmp_path) == RUN


def test_a_run_that_could_not_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    def disk_full(_number):
        raise OSError(28, "No space left on device")

    file.write_run(tmp_path, RUN)
    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        file.write_run(tmp_path, RUN.model_copy(update={"exit_code": 1}))
    assert file.read_run(tmp_path) == RUN


def test_a_folder_without_a_run_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        file.read_run(tmp_path)
