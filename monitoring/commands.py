"""The monitor's command line: what can be asked of it, and the exit codes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from config.monitor import Monitor, monitor
from config.strict import CONFIG, Mistake
from monitoring import asking, doing, drilling, watching
from monitoring.place import GiveBack, OpenPlace
from monitoring.store import NoStore

EXITS = """exit codes:
  0  done; `once`: every portal works; `status`: every portal works or is meant to be quiet
  1  `once`, `status`: a portal does not work
  2  a mistake in the command or the configuration, told with file, line and remedy
  3  we are broken: the store cannot be used, the browser is missing, nothing could be walked
"""
Answer = tuple[int, list[str], object]
"""Exit code, lines for people, and the same for scripts."""


def main(arguments: list[str] | None, open_place: OpenPlace, give_back: GiveBack) -> int:
    """Do what was asked.

    Args:
        arguments: of the command line.
        open_place: makes an environment concrete, for those commands that walk.
        give_back: takes a test account off the suites' own list.

    Returns:
        The exit code, as --help tells.
    """
    asked = parser().parse_args(arguments)
    asked.open_place, asked.off_the_suites_list = open_place, give_back
    try:
        config = monitor(asked.config)
        if asked.language:
            config = config.model_copy(update={"language": asked.language})
        do: Callable[[Monitor, argparse.Namespace], Answer] = asked.do
        code, lines, data = do(config, asked)
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 2
    except NoStore as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 0
    if asked.json and data is not None:
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines)) if lines else None
    return code


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(
        prog="python monitor.py",
        description="Watches the portals: runs the smoke journeys on a cadence, decides what is an "
        "outage, tells the right people once, and shows how things stand.",
        epilog=EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    common = _common()
    top.set_defaults(config=CONFIG / "monitor.yaml", language=None, json=False)
    commands = top.add_subparsers(metavar="command", required=True)

    def command(
        name: str, what: str, do: Callable[[Monitor, argparse.Namespace], Answer]
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=what, description=what, parents=[common], epilog=EXITS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        made.set_defaults(do=do)
        return made

    _watching(command)
    _looking(command)
    _acting(command)
    return top


def _common() -> argparse.ArgumentParser:
    """What every command takes. Without defaults: those of a command's parts would undo its own."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    add = common.add_argument
    add("--config", type=Path, help="its file (config/monitor.yaml)")
    add("--language", choices=["vi", "en"], help="of what people read (the file says which)")
    add("--json", action="store_true", help="answer for scripts, on standard output")
    return common


Command = Callable[
    [str, str, Callable[[Monitor, argparse.Namespace], Answer]], argparse.ArgumentParser
]


def _watching(command: Command) -> None:
    for name, what, do in (
        ("start", "watch until stopped (Ctrl+C, SIGTERM)", watching.start),
        ("once", "one run now; then alerts are sent and it ends", watching.once),
    ):
        made = command(name, what, do)
        made.add_argument(
            "--embedded", metavar="ADDRESS", help="attach to embedded portals that are running"
        )
        made.add_argument("--portal", action="append", help="only this one (may be repeated)")
        if name == "start":
            made.add_argument("--board", action="store_true", help="show the board as well")
            _board_options(made)
    made = command("board", "show the board alone", watching.board)
    _board_options(made)


def _board_options(made: argparse.ArgumentParser) -> None:
    made.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    made.add_argument("--port", type=int, default=8790, help="0: any free one (%(default)s)")
    made.add_argument(
        "--token-from", metavar="NAME", default="GUIDEWATCH_BOARD_TOKEN",
        help="environment variable with the access token, needed beyond loopback (%(default)s)",
    )  # fmt: skip


def _looking(command: Command) -> None:
    made = command("status", "how things stand; with --since, figures of a period", asking.status)
    made.add_argument("--since", help="30d, 24h, or 2026-11-01 (Vietnam's time)")
    made.add_argument("--until", help="end of the period (now)")
    made.add_argument("--csv", action="store_true", help="the period as CSV")
    made = command("incidents", "open and past incidents", asking.incidents)
    made.add_argument("number", type=int, nargs="?", help="one of them, with its history")
    made.add_argument("--since", default="30d", help="how far back (%(default)s)")
    made.add_argument("--open", action="store_true", help="only those that are not over")


def _acting(command: Command) -> None:
    made = command("acknowledge", "say that somebody takes care of an incident", doing.acknowledge)
    made.add_argument("incident", type=int)
    made.add_argument("--by", required=True, help="who")
    made = command("mute", "no more messages about an incident for a while", doing.mute)
    made.add_argument("incident", type=int)
    made.add_argument("--by", required=True, help="who")
    made.add_argument("--for", dest="length", default="2h", help="how long (%(default)s)")
    made = command(
        "accounts", "test accounts put aside; give one back after looking", doing.accounts
    )
    made.add_argument("--give-back", metavar="ACCOUNT", help="use it again")
    made = command("maintenance", "planned work: add, list, end", doing.maintenance)
    kinds = made.add_subparsers(dest="kind", metavar="add|list|end", required=True)
    common = [_common()]
    added = kinds.add_parser("add", help="plan work", parents=common)
    added.add_argument("of", help="a portal, guide/journey, a shared system (VNeID, …), or all")
    added.add_argument("--from", dest="begin", help="2026-12-05T22:00 (Vietnam's time; now)")
    added.add_argument("--for", dest="length", help="2h")
    added.add_argument("--until", help="instead of --for")
    added.add_argument("--reason", required=True)
    added.add_argument("--by", required=True, help="who")
    kinds.add_parser("list", help="what is planned and going on", parents=common)
    ended = kinds.add_parser("end", help="end or call off", parents=common)
    ended.add_argument("number", type=int)
    made = command("drill", "an incident on purpose, end to end; its texts say so", drilling.drill)
    made.add_argument("--by", required=True, help="who")
    made.add_argument(
        "--for", dest="length", default="0s", help="until the all-clear (%(default)s)"
    )
    made = command("backup", "copy the store while it is used", doing.backup)
    made.add_argument("file", type=Path, help="where to; must not be there yet")
