"""Options that several commands share."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TypeAlias

from record.words import language
from reporting.keys import KEYS, PUBLIC
from reporting.phrases import phrase
from reporting.runs import REPORTS, RUNS, KeptRun, begun_later, kept_run

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_run(command: argparse.ArgumentParser) -> None:
    """Which run is meant."""
    command.add_argument("run", nargs="?", help="a run's name or folder (default: the latest)")
    add_runs(command)


def asked_run(options: argparse.Namespace) -> KeptRun:
    """The run that is meant; unnamed, the latest that ended, and a newer one is not kept quiet.

    Raises:
        NoRun: there is none, or it cannot be read.
    """
    kept = kept_run(options.run, options.runs)
    later = begun_later(kept) if options.run in (None, "latest") else None
    if later is not None:
        said = phrase("begun later", language(), later=later.run.run, run=kept.run.run)
        print(f"reporting: {said}", file=sys.stderr)
    return kept


def add_runs(command: argparse.ArgumentParser) -> None:
    """Where runs lie."""
    command.add_argument("--runs", type=Path, default=RUNS, help="the folder of all runs")


def add_output(command: argparse.ArgumentParser) -> None:
    """Where to publish."""
    place = REPORTS / "published"
    command.add_argument("--output", type=Path, default=place, help="where to publish")


def add_public_key(command: argparse.ArgumentParser) -> None:
    """With which key to verify."""
    command.add_argument(
        "--public-key", type=Path, default=KEYS / PUBLIC, help="the installation's public key (PEM)"
    )
