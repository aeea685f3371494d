"""A run is sealed where it ends, chained to the noted head; what is lost stays named."""

import multiprocessing
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reporting import sealing_at_end
from reporting.keys import Signer, signer
from reporting.manifest import MANIFEST
from reporting.sealing import HEAD, Unsealable, seal, sealed_runs
from tests.reporting.conftest import NOW, MakeRun, verified


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


def test_a_key_is_read_by_its_owner_only_and_never_committed(key: Signer, keys: Path) -> None:
    assert (keys / "evidence.pem").stat().st_mode & 0o077 == 0
    assert (keys / ".gitignore").read_text() == "*\n"
