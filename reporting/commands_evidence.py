"""The commands about evidence: seal, verify, tidy; and the gate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.reporting import Keep, reporting
from record.words import language
from reporting.gate import Ruling, gate, passes
from reporting.guide_report import known
from reporting.keys import NoKey, public_key, signer
from reporting.manifest import Link
from reporting.options import Commands, add_output, add_public_key, add_run, add_runs
from reporting.phrases import phrase
from reporting.publishing import withdraw
from reporting.retention import tidy, tidy_unsealed
from reporting.runs import KeptRun, NoRun, kept_run
from reporting.sealing import seal
from reporting.verifying import verify


def add_commands(commands: Commands) -> None:
    """Tell the command line of them."""
    command = commands.add_parser("seal", help="manifest of a run: hashed, chained, signed")
    add_run(command)
    command.set_defaults(do=_seal)

    command = commands.add_parser(
        "verify",
        help="find what was changed, missing, added or reordered since runs were sealed",
        description="Exit code 0: all is as it was sealed. 1: something is not; each is named. "
        "2: there is nothing to verify with.",
    )
    add_runs(command)
    add_public_key(command)
    command.add_argument("--head", help="the chain's head as it was sent out (SHA-256)")
    command.set_defaults(do=_verify)

    command = commands.add_parser("tidy", help="remove what is too old; the chain stays verifiable")
    add_runs(command)
    add_output(command)
    command.set_defaults(do=_tidy)

    command = commands.add_parser(
        "gate",
        help="pass or fail a run by the rules in config/reporting.yaml",
        description="Prints every rule with its figure; unnamed, the run is the one started last, "
        "which fails where it did not end. Exit code 0: the run passes. 1: a rule "
        "fails it, or it has no journeys. 2: there is no run, or the configuration is wrong.",
    )
    add_run(command)
    add_public_key(command)
    command.set_defaults(do=_gate)


def _seal(options: argparse.Namespace) -> int:
    seal_run(kept_run(options.run, options.runs))
    return 0


def seal_run(kept: KeptRun) -> None:
    """Seal a run, and print the head of the chain.

    Raises:
        Unsealable: the folder holds no run.
    """
    sealed = seal(kept.folder, signer(), datetime.now().astimezone())
    files = len(sealed.manifest.files)
    print(phrase("run sealed", language(), run=sealed.manifest.run, files=files))
    _print_head(sealed.link)


def _verify(options: argparse.Namespace) -> int:
    found = verify(options.runs, public_key(options.public_key), options.head, language())
    if not found.runs and not found.problems:
        raise NoRun(phrase("nothing to verify", language(), runs=options.runs))
    for sentence in found.problems:
        print(f"✗ {sentence}")
    for sentence in found.notes:
        print(f"· {sentence}")
    counts = {"runs": found.runs, "files": found.files, "removed": found.removed}
    print(phrase("verified", language(), **counts, problems=len(found.problems)))
    if found.head:
        _print_head(found.head)
    return 1 if found.problems else 0


def _print_head(head: Link) -> None:
    print(phrase("chain head", language(), **head.model_dump()))


def _tidy(options: argparse.Namespace) -> int:
    now, key, keep = datetime.now().astimezone(), signer(), reporting().keep
    if not options.runs.is_dir():
        raise NoRun(phrase("no runs", language(), runs=options.runs))
    done = tidy(options.runs, keep, key, now, language())
    for one in done:
        print(phrase("tidied run", language(), run=one.run, files=one.files))
        for sentence in one.problems:
            said = phrase("tidied not", language(), problem=sentence)
            print(f"✗ {said}", file=sys.stderr)
    for run in tidy_unsealed(options.runs, keep, key, now):
        print(phrase("tidied unsealed", language(), run=run))
    for place in _withdrawn(options.output, keep, now):
        print(phrase("tidied published", language(), place=place))
    print(phrase("tidied", language(), files=sum(one.files for one in done)))
    return 1 if any(one.problems for one in done) else 0


def _withdrawn(output: Path, keep: Iterable[Keep], now: datetime) -> Iterator[str]:
    for rule in keep:
        if rule.kind == "published" and output.is_dir():
            for folder in sorted(output.iterdir()):
                names = withdraw(folder, now - timedelta(days=rule.days))
                yield from (f"{folder.name}/{name}" for name in names)


def _gate(options: argparse.Namespace) -> int:
    kept = kept_run(options.run, options.runs, ended=False)
    rulings = gate(kept, known(), datetime.now().astimezone(), _key(options), language())
    simulated = f" ({phrase('simulated portal', language())})" if kept.run.simulated else ""
    print(f"{kept.run.run}{simulated}")
    for ruling in rulings:
        _print_ruling(ruling)
    passed = passes(rulings)
    print(phrase("gate passes" if passed else "gate fails", language()))
    return 0 if passed else 1


def _print_ruling(ruling: Ruling) -> None:
    mark = "✓" if ruling.found.holds else ("✗" if ruling.fails else "·")
    print(f"{mark} {phrase(f'rule {ruling.rule}', language())}: {ruling.found.figure}")
    for sentence in ruling.found.details:
        print(f"    {sentence}")


def _key(options: argparse.Namespace) -> Ed25519PublicKey | None:
    try:
        return public_key(options.public_key)
    except NoKey:
        return None
