"""Evidence that holds: what was changed, removed, added or swapped is found, and named."""

import json
import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.reporting import Keep
from reporting import commands_evidence, sealing, sealing_at_end
from reporting import keys as keys_
from reporting.commands import main
from reporting.keys import PUBLIC, Signer, fingerprint, public_key, signer
from reporting.manifest import MANIFEST
from reporting.publishing import point_latest, publication
from reporting.retention import tidy, tidy_unsealed
from reporting.sealing import HEAD, Unsealable, seal, sealed_runs
from reporting.verifying import Verification, verify
from tests.reporting.conftest import NOW, MakeRun

DAY = timedelta(days=1)


@pytest.fixture
def three_runs(make_run: MakeRun, key: Signer, runs: Path) -> Path:
    """Three sealed runs, each chained to the one before."""
    for number in (1, 2, 3):
        kept = make_run(f"run-{number}", started=NOW - (4 - number) * DAY)
        seal(kept.folder, key, NOW - (4 - number) * DAY)
    return runs


def verified(runs: Path, key: Ed25519PublicKey, head: str | None = None) -> Verification:
    return verify(runs, key, head, "en")


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


def test_nor_does_the_next_sealing_forget_it(
    three_runs: Path, public: Ed25519PublicKey, key: Signer, make_run: MakeRun
) -> None:
    shutil.rmtree(three_runs / "run-3")
    for name in ("run-4", "run-5"):
        seal(make_run(name).folder, key, NOW)
        problems = verified(three_runs, public).problems
        assert problems == ["run-3: the whole run is missing (number 3)"]


def test_nor_does_sealing_an_older_run_again(
    three_runs: Path, public: Ed25519PublicKey, key: Signer
) -> None:
    shutil.rmtree(three_runs / "run-3")
    seal(three_runs / "run-2", key, NOW)
    problems = verified(three_runs, public).problems
    assert problems == ["run-3: the whole run is missing (number 3, the newest)"]


def test_a_manifest_that_could_not_be_read_for_a_while_does_not_fork_the_chain(
    three_runs: Path, public: Ed25519PublicKey, key: Signer, make_run: MakeRun
) -> None:
    manifest = three_runs / "run-3" / MANIFEST
    content = manifest.read_bytes()
    manifest.write_bytes(b"unreadable")
    seal(make_run("run-4").folder, key, NOW)
    manifest.write_bytes(content)
    assert verified(three_runs, public).problems == []


@pytest.mark.parametrize("note", [None, b"changed"])
def test_a_note_of_the_head_that_was_gone_is_named_after_the_next_sealing_too(
    three_runs: Path, public: Ed25519PublicKey, key: Signer, make_run: MakeRun, note: bytes | None
) -> None:
    shutil.rmtree(three_runs / "run-3")
    (three_runs / HEAD).unlink()
    if note is not None:
        (three_runs / HEAD).write_bytes(note)
    seal(make_run("run-4").folder, key, NOW)
    (problem,) = verified(three_runs, public).problems
    assert problem.startswith(f"number 3: {HEAD} was gone or changed when run-4 was sealed")


@pytest.mark.parametrize("run", ["run-1", "run-3"])
def test_a_run_that_lost_its_manifest_is_not_sealed_anew(
    three_runs: Path, key: Signer, run: str
) -> None:
    (three_runs / run / MANIFEST).unlink()
    with pytest.raises(Unsealable, match="was sealed before"):
        seal(three_runs / run, key, NOW)


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


def test_sealing_twice_changes_nothing(three_runs: Path, key: Signer) -> None:
    before = (three_runs / "run-3" / MANIFEST).read_bytes()
    seal(three_runs / "run-3", key, NOW)
    assert (three_runs / "run-3" / MANIFEST).read_bytes() == before


def test_a_run_is_sealed_where_it_ends(
    make_run: MakeRun, runs: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing_at_end, "signer", lambda: signer(keys))
    said = end_session(make_run().folder)
    (sealed,) = sealed_runs(runs)
    assert sealed.sha256 in said


def test_where_it_cannot_be_sealed_the_session_says_so_and_ends(
    make_run: MakeRun, runs: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing_at_end, "signer", lambda: signer(keys))
    assert "chưa được niêm phong" in end_session(make_run(ended=None, exit_code=None).folder)
    assert sealed_runs(runs) == []


def end_session(folder: Path) -> str:
    """What the terminal shows when a session that made a run comes to its end."""
    terminal, config = Mock(), Mock(ended_run=folder)
    config.pluginmanager.getplugin.return_value = terminal
    sealing_at_end.pytest_unconfigure(config)
    return str(terminal.write_line.call_args.args[0])


def test_a_run_that_has_not_ended_is_not_sealed(make_run: MakeRun, key: Signer) -> None:
    with pytest.raises(Unsealable, match="has not ended"):
        seal(make_run(ended=None, exit_code=None).folder, key, NOW)


def test_a_folder_without_a_run_is_not_sealed(runs: Path, key: Signer) -> None:
    (runs / "empty").mkdir()
    with pytest.raises(Unsealable):
        seal(runs / "empty", key, NOW)


def test_killed_before_the_head_is_noted_the_chain_goes_on(
    three_runs: Path,
    key: Signer,
    public: Ed25519PublicKey,
    make_run: MakeRun,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_note_head", killed)
        with pytest.raises(KeyboardInterrupt):
            seal(make_run("run-4").folder, key, NOW)
    assert verified(three_runs, public).problems == []
    seal(make_run("run-5").folder, key, NOW)
    found = verified(three_runs, public)
    assert found.problems == [] and found.head is not None and found.head.number == 5


def _killed_while_sealing(folder: Path, keys: Path) -> None:
    key = signer(keys)
    _kill_in_the_next_writing()
    seal(folder, key, NOW)


def _killed_while_tidying(runs: Path, keys: Path) -> None:
    key = signer(keys)
    _kill_in_the_next_writing()
    tidy(runs, [Keep(kind="pictures", days=2)], key, NOW + timedelta(hours=1), "en")


def _killed_while_making_keys(keys: Path) -> None:
    write = keys_.write_whole

    def written_then_killed(*arguments: Any) -> None:
        write(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    keys_.write_whole = written_then_killed
    signer(keys)


def _kill_in_the_next_writing() -> None:
    os.fsync = lambda _file: os.kill(os.getpid(), signal.SIGKILL)


def end_killed(doing: Callable[..., None], *arguments: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=doing, args=arguments)
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL


def test_a_kill_while_sealing_does_not_look_like_tampering(
    three_runs: Path, keys: Path, key: Signer, public: Ed25519PublicKey, make_run: MakeRun
) -> None:
    folder = make_run("run-4").folder
    end_killed(_killed_while_sealing, folder, keys)
    assert verified(three_runs, public).problems == []
    seal(folder, key, NOW)
    found = verified(three_runs, public)
    assert found.problems == [] and found.runs == 4


def test_a_kill_while_tidying_does_not_look_like_tampering(
    three_runs: Path, keys: Path, key: Signer, public: Ed25519PublicKey
) -> None:
    end_killed(_killed_while_tidying, three_runs, keys)
    assert verified(three_runs, public).problems == []
    done = tidy(three_runs, [Keep(kind="pictures", days=2)], key, NOW + timedelta(hours=1), "en")
    assert [(one.run, one.files) for one in done] == [("run-1", 3), ("run-2", 3)]


def test_a_kill_before_the_public_key_was_written_is_made_good(keys: Path) -> None:
    end_killed(_killed_while_making_keys, keys)
    assert not (keys / PUBLIC).exists()
    made = signer(keys)
    assert fingerprint(public_key(keys / PUBLIC)) == made.fingerprint


def _seal_one(folder: Path, keys: Path) -> None:
    seal(folder, signer(keys), NOW)


def test_runs_that_end_at_once_do_not_fork_the_chain(
    make_run: MakeRun, runs: Path, keys: Path, public: Ed25519PublicKey
) -> None:
    folders = [make_run(f"run-{number}").folder for number in range(6)]
    spawn = multiprocessing.get_context("spawn")
    sealing_ = [spawn.Process(target=_seal_one, args=(folder, keys)) for folder in folders]
    for process in sealing_:
        process.start()
    for process in sealing_:
        process.join(30)
    assert [one.manifest.number for one in sealed_runs(runs)] == [1, 2, 3, 4, 5, 6]
    assert verified(runs, public).problems == []


def test_what_is_too_old_is_removed_and_the_chain_holds(
    three_runs: Path, key: Signer, public: Ed25519PublicKey
) -> None:
    keep = [Keep(kind="pictures", days=2)]
    done = tidy(three_runs, keep, key, NOW + timedelta(hours=1), "en")
    assert [(one.run, one.files) for one in done] == [("run-1", 3), ("run-2", 3)]
    assert not (three_runs / "run-1/pictures").exists()
    found = verified(three_runs, public)
    assert found.problems == [] and found.removed == 6


def test_a_removal_that_nobody_signed_is_a_missing_file(
    three_runs: Path, key: Signer, public: Ed25519PublicKey
) -> None:
    tidy(three_runs, [Keep(kind="pictures", days=2)], key, NOW + timedelta(hours=1), "en")
    note = next((three_runs / "run-1").glob("removal-*.json"))
    told = json.loads(note.read_text())
    told["content"]["files"]["record.jsonl"] = told["content"]["files"]["pictures/1.jpeg"]
    note.write_text(json.dumps(told))
    (three_runs / "run-1/record.jsonl").unlink()
    problems = verified(three_runs, public).problems
    assert "run-1: record.jsonl is missing" in problems
    assert any(note.name in one for one in problems)


def test_a_copy_of_a_statement_of_removal_is_named(
    three_runs: Path, key: Signer, public: Ed25519PublicKey
) -> None:
    tidy(three_runs, [Keep(kind="pictures", days=2)], key, NOW + timedelta(hours=1), "en")
    note = next((three_runs / "run-1").glob("removal-*.json"))
    shutil.copy(note, note.with_name("removal-1.json"))
    (problem,) = verified(three_runs, public).problems
    assert problem.startswith("run-1: removal-1.json")


def test_tidying_does_not_wipe_out_what_verify_would_find(
    three_runs: Path, key: Signer, public: Ed25519PublicKey
) -> None:
    (three_runs / "run-1/pictures/1.jpeg").write_bytes(b"other")
    done = tidy(three_runs, [Keep(kind="pictures", days=2)], key, NOW + timedelta(hours=1), "en")
    assert done[0].problems == ("run-1: pictures/1.jpeg was changed",)
    assert (three_runs / "run-1/pictures/1.jpeg").exists()
    assert verified(three_runs, public).problems == ["run-1: pictures/1.jpeg was changed"]


LATER = datetime.now().astimezone() + 40 * DAY
UNSEALED = [Keep(kind="unsealed", days=30)]


def test_runs_that_were_never_sealed_go_whole_when_they_are_too_old(
    three_runs: Path, key: Signer, public: Ed25519PublicKey, make_run: MakeRun
) -> None:
    make_run("killed", ended=None, exit_code=None)
    (three_runs / "20261122-101500-77").mkdir()  # a regression run: no journeys of guides
    assert tidy_unsealed(three_runs, UNSEALED, key, LATER - 20 * DAY) == []
    removed = tidy_unsealed(three_runs, UNSEALED, key, LATER)
    assert removed == ["20261122-101500-77", "killed"]
    found = verified(three_runs, public)
    assert found.problems == found.notes == [] and found.runs == 3


@pytest.mark.parametrize("run", ["run-1", "run-3"])
def test_a_run_that_lost_its_manifest_is_not_tidied_away(
    three_runs: Path, key: Signer, run: str
) -> None:
    (three_runs / run / MANIFEST).unlink()
    assert tidy_unsealed(three_runs, UNSEALED, key, LATER) == []


def test_nothing_unsealed_is_tidied_away_while_the_head_of_the_chain_is_unknown(
    three_runs: Path, key: Signer
) -> None:
    (three_runs / "run-3" / MANIFEST).unlink()
    (three_runs / HEAD).unlink()
    assert tidy_unsealed(three_runs, UNSEALED, key, LATER) == []


def test_what_is_no_run_is_never_tidied_away(runs: Path, key: Signer) -> None:
    (runs / "letters").mkdir()
    assert tidy_unsealed(runs, UNSEALED, key, LATER) == []


def test_the_command_tidies_what_the_configuration_keeps_no_longer(
    make_run: MakeRun, runs: Path, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands_evidence, "signer", lambda: signer(keys))
    folder = make_run("killed", ended=None, exit_code=None).folder
    out = tmp_path / "out"
    for name in ("old", "new"):
        with publication(out / "guides" / name) as page:
            (page / "guides.html").write_text(name)
        point_latest(out / "guides" / name)
    for path in (*folder.rglob("*"), folder, out / "guides/.whole/old"):
        os.utime(path, (0, 0))
    assert main(["tidy", "--runs", str(runs), "--output", str(out)]) == 0
    assert not folder.exists() and not os.path.lexists(out / "guides/old")
    assert (out / "guides/latest/guides.html").read_text() == "new"


def test_a_key_is_read_by_its_owner_only_and_never_committed(key: Signer, keys: Path) -> None:
    assert (keys / "evidence.pem").stat().st_mode & 0o077 == 0
    assert (keys / ".gitignore").read_text() == "*\n"
