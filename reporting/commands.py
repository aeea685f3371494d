"""The command line of reporting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from config.strict import Mistake
from record.words import language
from reporting.guide_report import known, write_guide_report
from reporting.publishing import publication
from reporting.runs import REPORTS, RUNS, NoRun, kept_run

EXIT_CODES = """exit codes:
  0  done; for gate and verify: passed
  1  gate: a rule failed; verify: something was changed, missing, added or reordered
  2  nothing could be done: wrong options, wrong configuration, or no run; one sentence says why
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks.

    Returns:
        The exit code, as `--help` explains it.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except (Mistake, NoRun, OSError, ValueError) as error:
        print(f"reporting: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reporting",
        description="Reports, evidence and the gate: all of it read from the record of a run.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _guides(commands)
    return parser


def _guides(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("guides", help="the guide report: guides.html, .json, .csv")
    _run_options(command)
    command.add_argument("--language", choices=["vi", "en"], default=language())
    command.set_defaults(do=_write_guides)


def _run_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", nargs="?", help="a run's name or folder (default: the latest)")
    command.add_argument("--runs", type=Path, default=RUNS, help="the folder of all runs")
    command.add_argument(
        "--output", type=Path, default=REPORTS / "published", help="where to publish"
    )


def _write_guides(options: argparse.Namespace) -> int:
    kept = kept_run(options.run, options.runs)
    now = datetime.now().astimezone()
    place: Path = options.output / f"{kept.run.run}-{options.language}"
    with publication(place) as folder:
        write_guide_report(kept, known(), folder, now, options.language)
    print(place / "guides.html")
    return 0
