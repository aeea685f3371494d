"""The embedded portals as a program of their own: started as a child, or attached to."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

import httpx

from world.control import Control
from world.missing import Missing
from world.names import Names

PROJECT = Path(__file__).parent.parent
READY = "READY "
LIMIT = 20.0  # seconds until the program must be ready; it needs about one
GRACE = 5.0  # seconds it has to end by itself before it is ended


@dataclass(frozen=True)
class Embedded:
    """A running instance.

    Attributes:
        address: its front desk, by which others can attach.
        names: every name it serves, and its authority.
        edition: the one it shows now.
        control: its control interface; none where it has none.
        sms: the address of its SMS inbox.
    """

    address: str
    names: Names
    edition: str
    control: Control | None
    sms: str | None


@contextmanager
def start(
    edition: str,
    tell: Callable[[str], None] | None = None,
    limit: float = LIMIT,
    program: tuple[str, ...] = (sys.executable, "-m", "staging"),
) -> Iterator[Embedded]:
    """Run an instance of one's own, and end it with the block, whatever happens in there.

    It also ends when this process dies, because its standard input closes then.

    Args:
        edition: what it shows.
        tell: where progress goes, a sentence at a time.
        limit: seconds until it must be ready.
        program: what to run.

    Raises:
        Missing: it did not get ready; with the last it said.
    """
    command = [*program, "--edition", edition, "--until-stdin-closes"]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
        )
        try:
            if tell:
                tell(f"starting the embedded portals (edition {edition}) …")
            address = _ready(child, said, limit)
            with attach(address) as embedded:
                if tell:
                    tell(f"the embedded portals are ready: {len(embedded.names.map)} names")
                yield embedded
        finally:
            _end(child)


@contextmanager
def attach(address: str) -> Iterator[Embedded]:
    """Use an instance that somebody else runs; it goes on running afterwards.

    Args:
        address: its front desk, `http://127.0.0.1:port`.

    Raises:
        Missing: nothing answers there, or something else does.
    """
    address = address.rstrip("/")
    try:
        with httpx.Client(trust_env=False, timeout=5.0) as client:
            directory = client.get(f"{address}/directory").raise_for_status().json()
        names = Names(map=directory["names"], ca_pem=directory["ca"])
        edition = str(directory["edition"])
    except (httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError, KeyError, TypeError) as error:
        raise Missing(
            f"no embedded portals answer at {address} ({type(error).__name__}: {error}); "
            "start them with `python -m staging` and give the address it prints"
        ) from None
    control = Control(directory["control"], names) if directory.get("control") else None
    try:
        yield Embedded(address, names, edition, control, directory.get("sms"))
    finally:
        if control:
            control.close()


def _ready(child: subprocess.Popen[bytes], said: IO[bytes], limit: float) -> str:
    """The front desk's address, from the line with which the program says that it is ready."""
    lines: SimpleQueue[str | None] = SimpleQueue()
    threading.Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
    deadline = time.monotonic() + limit
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise Missing(
                f"the embedded portals were not ready within {limit:g} seconds{_tail(said)}; "
                "run `python -m staging` to see why"
            ) from None
        if line is None:
            raise Missing(
                f"the embedded portals ended at once (exit code {child.wait()}){_tail(said)}; "
                "run `python -m staging` to see why"
            )
        if line.startswith(READY):
            return line.removeprefix(READY).strip()


def _read(output: IO[bytes] | None, lines: SimpleQueue[str | None]) -> None:
    """Pass on what the program prints; goes on reading, so that it never blocks on a full pipe."""
    assert output is not None
    with output:
        for line in output:
            lines.put(line.decode(errors="replace"))
    lines.put(None)


def _tail(said: IO[bytes], lines: int = 3) -> str:
    """The last lines of what it said on standard error."""
    said.seek(0)
    text = [line.strip() for line in said.read().decode(errors="replace").splitlines()]
    last = " / ".join([line for line in text if line][-lines:])
    return f": {last}" if last else ""


def _end(child: subprocess.Popen[bytes]) -> None:
    assert child.stdin is not None
    child.stdin.close()
    for stronger in (child.terminate, child.kill):
        try:
            child.wait(GRACE)
            return
        except subprocess.TimeoutExpired:
            stronger()
    child.wait()
