"""`python -m staging`: starts the embedded portals; `python -m staging browse`: looks at them."""

import argparse
import asyncio
import sys
import warnings
from pathlib import Path

from staging.editions import EDITIONS, PUBLISHED


def main() -> int:
    arguments = _parse(sys.argv[1:])
    try:
        return _browse(arguments) if arguments.command == "browse" else _serve(arguments)
    except OSError as error:
        print(f"The embedded portals cannot be reached or started: {error}.", file=sys.stderr)
        return 1


def _browse(arguments: argparse.Namespace) -> int:
    from staging.browse import browse

    return browse(arguments.address, edition=arguments.edition)


def _serve(arguments: argparse.Namespace) -> int:
    # Authlib announces a move to another HTTP library; nobody who starts this can act on it.
    # Imported first, because it puts a filter of its own in front of all others.
    import authlib.deprecate  # type: ignore[import-untyped]  # noqa: F401

    warnings.filterwarnings("ignore", message="The httpx module is deprecated")
    from staging.run import run

    asyncio.run(
        run(
            edition=arguments.edition,
            front_desk_port=arguments.front_desk_port,
            ready_file=arguments.ready_file,
            parent=arguments.parent_pid,
            until_stdin_closes=arguments.until_stdin_closes,
            data=arguments.data,
            provinces=tuple(arguments.province),
        )
    )
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m staging",
        description="The embedded portals: simulated, on loopback, under their real names.",
    )
    parser.add_argument("--edition", choices=EDITIONS, default=PUBLISHED, help="the as-of date")
    parser.add_argument(
        "--front-desk-port", type=int, default=0, help="0: any free port, printed when ready"
    )
    parser.add_argument("--ready-file", type=Path, help="gets what /directory answers, when ready")
    parser.add_argument("--parent-pid", type=int, help="end when this process ends")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end when standard input is closed"
    )
    parser.add_argument(
        "--data",
        type=Path,
        help="folder for what outlives this instance: registered accounts, rights, profiles",
    )
    parser.add_argument(
        "--province",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a further province of the iGate family, as YAML: client_id, host, name, office",
    )
    parser.set_defaults(command="serve")
    commands = parser.add_subparsers(metavar="[browse]")
    browse = commands.add_parser("browse", help="open a browser on the embedded portals")
    browse.add_argument(
        "address", nargs="?", help="front desk of a running instance; else starts one"
    )
    browse.add_argument("--edition", choices=EDITIONS, default=PUBLISHED)
    browse.set_defaults(command="browse")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
