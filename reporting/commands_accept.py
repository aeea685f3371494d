"""The command that accepts a difference. A person gives it; no run ever does."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from config.accepted import Acceptance
from config.strict import CONFIG
from record.words import language, word
from reporting.accepting import Difference, open_differences, write_acceptance
from reporting.options import Commands, add_run, asked_run
from reporting.phrases import phrase
from reporting.runs import KeptRun


def add_command(commands: Commands) -> None:
    """Tell the command line of it."""
    command = commands.add_parser(
        "accept",
        help="accept a difference for a time; without options: list those that are open",
        description="Shows what the guide says and what was seen, asks, and writes an entry into "
        "accepted.yaml. Exit code 0: written, or listed. 1: not accepted. 2: nothing to accept.",
    )
    add_run(command)
    command.add_argument("--guide")
    command.add_argument("--step")
    command.add_argument("--kind", help="kind of the claim: control, fields, text, unannounced, …")
    command.add_argument("--words", help="what is claimed or seen, where several differ in a step")
    command.add_argument("--journey", help="only in this journey (default: all of the guide)")
    command.add_argument("--who", help="who accepts it")
    command.add_argument("--why", help="why, in one sentence")
    command.add_argument("--until", type=date.fromisoformat, help="until which day (2027-06-30)")
    command.add_argument("--yes", action="store_true", help="do not ask again")
    command.add_argument("--accepted", type=Path, default=CONFIG / "accepted.yaml")
    command.set_defaults(do=accept)


def accept(options: argparse.Namespace) -> int:
    """Accept one difference, or list what can be accepted."""
    kept = asked_run(options)
    everything = open_differences(kept.journeys)
    fitting = [
        one
        for one in everything
        if one.fits(options.guide, options.step, options.kind, options.words)
        and options.journey in (None, *one.journeys)
    ]
    if len(fitting) != 1 or not (options.who and options.why and options.until):
        _show(kept, fitting)
        return _not_one(len(fitting), options)
    if options.until < date.today():
        _complain("accept past")
        return 2
    _show(kept, fitting)
    if not options.yes and not _agreed():
        print(phrase("accept no", language()))
        return 1
    entry = _entry(fitting[0], options)
    replaced = write_acceptance(entry, options.accepted)
    if replaced is not None:
        print(phrase("accept replaced", language(), seen=replaced.seen, until=replaced.until))
    print(phrase("accept done", language(), file=options.accepted.name, until=entry.until))
    return 0


def _entry(difference: Difference, options: argparse.Namespace) -> Acceptance:
    return Acceptance(
        guide=difference.guide,
        journey=options.journey,
        step=difference.step,
        kind=difference.claim.kind,
        claimed=difference.claim.claimed,
        seen=difference.claim.seen or "",
        who=options.who,
        why=options.why,
        until=options.until,
    )


def _show(kept: KeptRun, differences: list[Difference]) -> None:
    shown = language()
    simulated = f" ({word('simulated portal')})" if kept.run.simulated else ""
    print(f"{kept.run.run}{simulated}")
    for one in differences:
        print(f"\n--guide {one.guide} --step “{one.step}” --kind {one.claim.kind}")
        print(f"  {phrase('in journeys', shown)}: {', '.join(one.journeys)}")
        print(f"  {phrase('guide writes', shown)}: “{one.claim.claimed}”")
        print(f"  {phrase('today', shown)}: “{one.claim.seen}”")


def _not_one(count: int, options: argparse.Namespace) -> int:
    chosen = any((options.guide, options.step, options.kind, options.words, options.who))
    if not chosen:
        print(f"\n{phrase('accept open', language(), count=count)}")
        return 0
    _complain("accept say" if count == 1 else "accept fit", count=count)
    return 2


def _complain(key: str, **values: object) -> None:
    print(f"reporting: {phrase(key, language(), **values)}", file=sys.stderr)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        _complain("accept nobody")
        return False
    return input(phrase("accept ask", language())).strip().lower() in ("y", "yes", "c", "có")
