"""The board's server: on loopback, or elsewhere with an access token."""

from __future__ import annotations

import argparse
import ipaddress
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from config.monitor import Monitor
from config.strict import CONFIG, Mistake
from monitoring.board.app import Board
from monitoring.board.gate import Gate
from monitoring.store import Store

SHORTEST = 16  # characters of a token
Say = Callable[[str], None]


def server(config: Monitor, store: Store, asked: argparse.Namespace) -> uvicorn.Server:
    """A server that is not running yet.

    Raises:
        Mistake: it would listen beyond loopback without a good access token.
    """
    token = os.environ.get(asked.token_from) or None
    if token is None and not _is_loopback(asked.host):
        raise Mistake(
            [
                f"--host {asked.host} is not loopback; set an access token of at least {SHORTEST} "
                f"characters in the environment variable {asked.token_from}"
            ]
        )
    if token is not None and len(token) < SHORTEST:
        raise Mistake([f"the token in {asked.token_from} is shorter than {SHORTEST} characters"])
    board = Board(config, store, CONFIG.parent / config.folder, Gate(token))
    return uvicorn.Server(
        uvicorn.Config(
            board.app,
            host=asked.host,
            port=asked.port,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=2,
        )
    )


def serve(config: Monitor, store: Store, asked: argparse.Namespace, say: Say) -> None:
    """Show the board until it is stopped."""
    running = server(config, store, asked)
    threading.Thread(target=_say_where, args=(running, asked.host, say), daemon=True).start()
    running.run()


@contextmanager
def beside(config: Monitor, store: Store, asked: argparse.Namespace, say: Say) -> Iterator[None]:
    """Show the board in a thread while the block runs; what happens to it stops nothing else."""
    running = server(config, store, asked)
    thread = threading.Thread(target=_run, args=(running, say), daemon=True)
    thread.start()
    threading.Thread(target=_say_where, args=(running, asked.host, say), daemon=True).start()
    try:
        yield
    finally:
        running.should_exit = True
        thread.join(5.0)


def _run(running: uvicorn.Server, say: Say) -> None:
    try:
        running.run()
    except SystemExit:
        say("the board could not start; is its port taken? the monitor goes on without it")


def _say_where(running: uvicorn.Server, host: str, say: Say) -> None:
    waited = threading.Event()
    for _ in range(100):
        if running.started:
            port = running.servers[0].sockets[0].getsockname()[1]
            say(f"board: http://{host}:{port}/")
            return
        waited.wait(0.05)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
