"""Evidence that holds: what was changed, removed, added or swapped is found, and named."""

import random
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reporting.commands import main
from reporting.keys import PUBLIC, Signer, signer
from reporting.manifest import MANIFEST
from reporting.sealing import HEAD, seal, sealed_runs
from reporting.verifying import verify
from tests.reporting.conftest import NOW, MakeRun, verified


def test_untouched_runs_are_as_they_were_sealed(three_runs: Path, public: Ed25519PublicKey) -> None:
    found = verified(three_runs, public)
    assert found.problems == [] and found.runs == 3 and found.files == 18


def test_every_sampled_change_is_found_and_named(
    three_runs: Path, public: Ed25519PublicKey
) -> None:
    chance = random.Random(7)
    files = [
        path for path in sorted(three_runs.rglob("*")) if path.is_file() and path.stat().st_size
    ]
    for number in range(50):
        done = (change_a_byte, remove, add, swap)[number % 4]
        before = {path: path.read_bytes() for path in files}
        touched = done(chance, files)
        problems = verified(three_runs, public).problems
        for path in touched:
            assert is_named(path, three_runs, touched, problems), (done, touched, problems)
        for path in touched:
            path.unlink(missing_ok=True)
        for path, content in before.items():
            path.write_bytes(content)
    assert verified(three_runs, public).problems == []


def change_a_byte(chance: random.Random, files: list[Path]) -> list[Path]:
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return [path]


def remove(chance: random.Random, files: list[Path]) -> list[Path]:
    path = chance.choice(files)
    path.unlink()
    return [path]


def add(chance: random.Random, files: list[Path]) -> list[Path]:
    path = chance.choice(files).with_name(chance.choice(["added.txt", "removal-1.json"]))
    path.write_text("x")
    return [path]


def swap(chance: random.Random, files: list[Path]) -> list[Path]:
    path = chance.choice(files)
    content = path.read_bytes()
    other = chance.choice([one for one in files if one.read_bytes() != content])
    path.write_bytes(other.read_bytes())
    other.write_bytes(content)
    return [path, other]


def is_named(path: Path, runs: Path, touched: list[Path], problems: list[str]) -> bool:
    """A file with its run; of a run that lost its manifest, that is all that can be known."""
    run, _, inside = path.relative_to(runs).as_posix().partition("/")
    if runs / run / MANIFEST in touched:
        inside = MANIFEST
    start = f"{run}: {inside}" if inside else run
    return any(one.startswith(start) for one in problems)


def test_a_changed_file_is_named_with_its_run(three_runs: Path, public: Ed25519PublicKey) -> None:
    (three_runs / "run-2/pictures/1.jpeg").write_bytes(b"other")
    assert verified(three_runs, public).problems == ["run-2: pictures/1.jpeg was changed"]


def test_a_file_called_like_a_statement_of_removal_is_hashed_further_down(
    three_runs: Path, public: Ed25519PublicKey
) -> None:
    (three_runs / "run-2/pictures/removal-1.json").write_text("x")
    assert verified(three_runs, public).problems == ["run-2: pictures/removal-1.json was added"]


@pytest.mark.parametrize("run", ["run-2", "run-3"])
def test_a_run_that_lost_its_manifest_is_named(
    three_runs: Path, public: Ed25519PublicKey, run: str
) -> None:
    (three_runs / run / MANIFEST).unlink()
    assert verified(three_runs, public).problems == [f"{run}: {MANIFEST} is missing"]


def test_where_nothing_is_sealed_the_command_does_not_say_that_all_is_well(
    runs: Path, keys: Path, key: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--public-key", str(keys / PUBLIC)]
    for folder in (runs, runs / "mistyped"):
        assert main(["verify", "--runs", str(folder), *options]) == 2
        assert "không có gì để kiểm tra" in capsys.readouterr().err


def test_what_is_found_is_told_in_vietnamese(
    three_runs: Path, public: Ed25519PublicKey, make_run: MakeRun
) -> None:
    (three_runs / "run-2/pictures/1.jpeg").write_bytes(b"other")
    make_run("run-4")
    found = verify(three_runs, public)
    assert found.problems == ["run-2: pictures/1.jpeg đã bị thay đổi"]
    assert found.notes[0].startswith("run-4: đã kết thúc nhưng chưa bao giờ được niêm phong")


def test_a_missing_run_is_named(three_runs: Path, public: Ed25519PublicKey) -> None:
    shutil.rmtree(three_runs / "run-2")
    assert verified(three_runs, public).problems == ["run-2: the whole run is missing (number 2)"]


def test_the_newest_run_cannot_disappear_unseen(three_runs: Path, public: Ed25519PublicKey) -> None:
    shutil.rmtree(three_runs / "run-3")
    problems = verified(three_runs, public).problems
    assert problems == ["run-3: the whole run is missing (number 3, the newest)"]


def test_nor_can_it_with_the_note_of_the_head_when_the_head_was_sent_out(
    three_runs: Path, public: Ed25519PublicKey
) -> None:
    newest = sealed_runs(three_runs)[-1].sha256
    older = (three_runs / HEAD).read_bytes()
    shutil.rmtree(three_runs / "run-3")
    (three_runs / HEAD).write_bytes(older)
    assert any(newest in one for one in verified(three_runs, public, newest).problems)


def test_two_runs_that_changed_places_are_named(three_runs: Path, public: Ed25519PublicKey) -> None:
    (three_runs / "run-1").rename(three_runs / "x")
    (three_runs / "run-2").rename(three_runs / "run-1")
    (three_runs / "x").rename(three_runs / "run-2")
    problems = verified(three_runs, public).problems
    assert f"run-1: {MANIFEST} is that of run-2" in problems
    assert f"run-2: {MANIFEST} is that of run-1" in problems


def test_a_run_that_was_never_sealed_is_named_as_no_evidence(
    three_runs: Path, public: Ed25519PublicKey, make_run: MakeRun
) -> None:
    make_run("run-2a")
    found = verified(three_runs, public)
    assert found.notes == ["run-2a: ended, and was never sealed: no evidence"]
    assert found.problems == []


def test_a_run_sealed_with_another_key_is_named(
    three_runs: Path, public: Ed25519PublicKey, make_run: MakeRun, tmp_path: Path
) -> None:
    seal(make_run("run-4").folder, signer(tmp_path / "other"), NOW)
    problems = verified(three_runs, public).problems
    assert f"run-4: {MANIFEST} was changed: its signature does not fit" in problems


def test_a_run_under_way_is_no_evidence_and_no_problem(
    three_runs: Path, public: Ed25519PublicKey, make_run: MakeRun
) -> None:
    make_run("run-4", ended=None, exit_code=None)
    found = verified(three_runs, public)
    assert found.problems == [] and found.notes[0].startswith("run-4: under way")
