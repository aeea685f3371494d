"""A kill at any moment leaves a chain that goes on, and nothing that looks like tampering."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.reporting import Keep
from reporting import keys as keys_
from reporting import sealing
from reporting.keys import PUBLIC, Signer, fingerprint, public_key, signer
from reporting.retention import tidy
from reporting.sealing import seal
from tests.reporting.conftest import NOW, MakeRun, verified


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
