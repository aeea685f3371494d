"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from reporting.keys import KEYS, PUBLIC
from reporting.runs import REPORTS, RUNS

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_run(command: argparse.ArgumentParser) -> None:
    """Which run is meant."""
    command.add_argument("run", nargs="?", help="a run's name or folder (default: the latest)")
    add_runs(command)


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
