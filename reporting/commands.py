"""The command line of reporting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from config.accepted import accepted
from config.strict import Mistake
from record.words import language
from reporting import commands_accept, commands_evidence
from reporting.acceptances import Reminder, reminders
from reporting.allure import NoAllure, write_allure
from reporting.guide_report import known, write_guide_report
from reporting.keys import NoKey
from reporting.living_guide import print_living_guides, write_living_guides
from reporting.options import Commands, add_output, add_run, asked_run
from reporting.pages import HANOI
from reporting.phrases import phrase
from reporting.printing import NotPrinted
from reporting.publishing import point_latest, publication
from reporting.runs import KeptRun, NoRun, shows_of_traces
from reporting.sealing import Unsealable, opened

EXIT_CODES = """exit codes:
  0  done; for gate and verify: passed
  1  gate: a rule failed; verify: something was changed, missing, added or reordered;
     accept: the person said no
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
    except (Mistake, NoRun, NoKey, NoAllure, Unsealable, OSError, ValueError) as error:
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
    _guide(commands)
    _allure(commands)
    _report(commands)
    commands_evidence.add_commands(commands)
    commands_accept.add_command(commands)
    return parser


def _guides(commands: Commands) -> None:
    command = commands.add_parser("guides", help="the guide report: guides.html, .json, .csv")
    add_run(command)
    add_output(command)
    command.add_argument("--language", choices=["vi", "en"], default=language())
    command.set_defaults(do=_write_guides)


def _write_guides(options: argparse.Namespace) -> int:
    kept = asked_run(options)
    now = datetime.now().astimezone()
    sealed = opened(kept.folder)
    manifest = sealed.sha256 if sealed else None
    place: Path = options.output / f"guides{_suffix(options)}" / kept.run.run
    with publication(place) as folder:
        write_guide_report(kept, known(), folder, now, options.language, manifest)
    point_latest(place)
    print(place / "guides.html")
    return 0


def _suffix(options: argparse.Namespace) -> str:
    return "" if options.language == "vi" else f"-{options.language}"


def _allure(commands: Commands) -> None:
    command = commands.add_parser("allure", help="Allure of a run; needs Node.js")
    add_run(command)
    add_output(command)
    command.add_argument("--language", choices=["vi", "en"], default=language())
    command.set_defaults(do=_write_allure)


def _write_allure(options: argparse.Namespace) -> int:
    kept = asked_run(options)
    place: Path = options.output / "allure" / kept.run.run
    with publication(place) as folder:
        history = options.output / "allure" / "history.jsonl"
        write_allure(kept, folder, history, options.language, _again(kept))
    point_latest(place)
    print(place / "index.html")
    for command in shows_of_traces(kept):
        print(phrase("trace", options.language, command=command))
    return 0


def _again(kept: KeptRun) -> list[Reminder]:
    today = datetime.now(HANOI).date()
    return reminders(accepted().accepted, kept.journeys, today)


def _report(commands: Commands) -> None:
    command = commands.add_parser("report", help="all of it: seal, guide report, Allure")
    add_run(command)
    add_output(command)
    command.add_argument("--language", choices=["vi", "en"], default=language())
    command.set_defaults(do=_write_all)


def _write_all(options: argparse.Namespace) -> int:
    kept = asked_run(options)
    options.run = str(kept.folder)  # one run in every report, whatever ends meanwhile
    try:
        commands_evidence.seal_run(kept)
    except Unsealable as unsealed:  # a run that did not end is reported, and says so
        print(f"reporting: {unsealed}", file=sys.stderr)
    _write_guides(options)
    try:
        _write_allure(options)
    except NoAllure as missing:
        print(f"reporting: {missing}", file=sys.stderr)
    return 0


def _guide(commands: Commands) -> None:
    command = commands.add_parser("guide", help="the living guide of a portal: HTML, PDF, DOCX")
    command.add_argument("--portal", required=True)
    add_run(command)
    add_output(command)
    command.add_argument("--language", choices=["vi", "en"], default=language())
    command.set_defaults(do=_write_guide)


def _write_guide(options: argparse.Namespace) -> int:
    kept = asked_run(options)
    place: Path = options.output / "living" / f"{options.portal}{_suffix(options)}"
    with publication(place) as folder:
        again = _again(kept)
        write_living_guides(kept, known(), options.portal, folder, options.language, again)
        try:
            print_living_guides(folder, kept, options.language)
        except NotPrinted as why:
            print(f"reporting: {why}", file=sys.stderr)
    for path in sorted(place.iterdir()):
        print(path)
    return 0
