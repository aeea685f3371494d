"""What is too old is removed, and the chain stays verifiable over it."""

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.reporting import Keep
from reporting import commands_evidence
from reporting.commands import main
from reporting.keys import Signer, signer
from reporting.manifest import MANIFEST
from reporting.publishing import point_latest, publication
from reporting.retention import tidy, tidy_unsealed
from reporting.sealing import HEAD
from tests.reporting.conftest import DAY, NOW, MakeRun, verified


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
