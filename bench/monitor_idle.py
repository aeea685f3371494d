"""What the monitor costs between two runs, and whether it grows: `python -m bench.monitor_idle`.

Between runs: what `monitor.py start --board` keeps is there (its code, store, cadence, outbox,
Apprise with two channels, a board that has answered a page and its figures), and nothing is due;
processor time and memory of this process over `--seconds`. Growth: 10,000 runs on a clock that
is moved, each by the way a real one takes but for the browser: leases, budgets, lanes, confirmation,
decisions, letters sent to a webhook on loopback, daily summary, retention. Exit code 1: a bound is
broken.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil

import monitor  # noqa: F401  # the wiring: loads all that the real one loads
from config.environments import Bounds, Environment
from config.monitor import Cadence, Channel, Monitor
from monitoring import rolling
from monitoring.board.serving import beside
from monitoring.carrier import Carrier, Ending, Order, Report
from monitoring.channels import Channels
from monitoring.child import ChildProcess
from monitoring.duty import Duty
from monitoring.keeping import Keeper
from monitoring.planning import Watched
from monitoring.probing import Prober
from monitoring.resuming import holder
from monitoring.rounds import Rounds
from monitoring.store import Store
from monitoring.summarising import summarise
from record.model import Fault, JourneyRecord, StepRecord, Versions
from world.names import Names

CORE = 0.01  # of one core
MEMORY = 150e6  # bytes
GROWTH = 10e6  # bytes over all rounds, after the first tenth
EVERY = 300.0
DAY = round(86_400 / EVERY)  # rounds
PORTALS = ("tinh-01", "tinh-02", "tinh-03")


def main() -> int:
    """Measure, and say in lines what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, webhook() as (hook, letters):
        folder = Path(name)
        share, memory = _idle(folder, hook, asked.seconds)
        print(
            f"idle for {asked.seconds:g} s beside its board: {share:.2%} of a core, "
            f"{memory / 1e6:.0f} MB",
            flush=True,
        )
        begun = time.monotonic()
        grown, files = _rounds(folder / "rounds", hook, asked.rounds)
        print(
            f"{asked.rounds} rounds of {len(PORTALS)} portals in {time.monotonic() - begun:.0f} s, "
            f"{letters.count} letters sent; after the first tenth {grown / 1e6:+.1f} MB and "
            f"{files:+d} open files"
        )
    return int(share > CORE or memory > MEMORY or grown > GROWTH or files > 0 or not letters.count)


# --- between runs ---------------------------------------------------------------------------


def _idle(folder: Path, hook: str, seconds: float) -> tuple[float, float]:
    store = Store(f"sqlite:///{folder}/monitor.sqlite")
    store.migrate()
    rounds = _made(store, folder, hook, ChildProcess("embedded"), time.time)
    rounds._mark_started(PORTALS)  # nothing is due
    stop = threading.Event()
    watching = threading.Thread(target=Duty(rounds, _sender(rounds).send).start, args=(stop,))
    board = argparse.Namespace(host="127.0.0.1", port=0, token_from="NO_TOKEN_FOR_THE_BENCH")
    where: list[str] = []
    with beside(rounds.monitor, store, board, where.append):
        watching.start()
        while not where:
            time.sleep(0.05)
        address = where[0].removeprefix("board: ")
        for path in ("", "metrics"):
            httpx.get(address + path, trust_env=False).raise_for_status()
        stop.wait(3.0)  # the first looks
        share = _share_of_a_core(lambda: stop.wait(seconds))
        memory = float(psutil.Process().memory_info().rss)
        stop.set()
        watching.join()
    store.close()
    return share, memory


def _share_of_a_core(wait: Callable[[], object]) -> float:
    me = psutil.Process()
    before, begun = sum(me.cpu_times()[:2]), time.monotonic()
    wait()
    return float((sum(me.cpu_times()[:2]) - before) / (time.monotonic() - begun))


# --- growth ---------------------------------------------------------------------------------


def _rounds(folder: Path, hook: str, count: int) -> tuple[float, int]:
    """Bytes and open files more than after the first tenth."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder}/monitor.sqlite", durable=False)
    store.migrate()
    walker = Walker()
    rounds = _made(store, folder, hook, walker, walker.clock)
    duty = Duty(rounds, _sender(rounds).send)
    me = psutil.Process()
    memory = files = 0
    for number in range(count):
        walker.round = number
        duty.once()
        summarise(store, rounds.monitor, walker.clock())
        if number % DAY == 0:
            with store.turn() as (connection, _):
                rolling.retire(connection, rounds.monitor.retention, walker.clock())
            rolling.clear_folders(folder / "runs", rounds.monitor.retention, walker.clock())
        if number == count // 10:
            gc.collect()
            memory, files = me.memory_info().rss, me.num_fds()
    gc.collect()
    grown = float(me.memory_info().rss - memory), me.num_fds() - files
    store.close()
    return grown


class Walker:
    """Walks nothing; says what a walk would have said. Each portal fails for a while in its turn."""

    def __init__(self) -> None:
        self.round = 0

    def clock(self) -> float:
        """Seconds since the epoch, by the round."""
        return 1.8e9 + self.round * EVERY

    def carry_out(self, order: Order, report: Report) -> Ending:
        """Report each journey at once."""
        for journey in order.journeys:
            portal = journey.partition("/")[0]
            fails = self.round % 40 < 3 and self.round // 40 % 3 == PORTALS.index(portal)
            report(_record(portal, fails, self.clock()))
        return Ending(0)

    def stop(self) -> None:
        """Nothing goes on by itself."""

    def clear(self, _folder: Path) -> None:
        """Nothing was left running."""


def _record(portal: str, fails: bool, at: float) -> JourneyRecord:
    outcome = "failed" if fails else "matches"
    fault = Fault(component="portal", kind="timeout", message="…") if fails else None
    step = StepRecord.model_validate({"step": "Bước 1", "outcome": outcome, "fault": fault})
    return JourneyRecord.model_validate(
        {
            "run": "r", "environment": "embedded", "edition": "published", "simulated": True,
            "portal": portal, "guide": portal, "journey": "citizen", "title": "Công dân",
            "attempt": 1, "outcome": outcome, "started": datetime.fromtimestamp(at, UTC),
            "seconds": 1.0, "steps": (step,),
            "versions": Versions(guide="", portal="", browser="", suite=""),
        }
    )  # fmt: skip


# --- parts ----------------------------------------------------------------------------------


def _made(
    store: Store, folder: Path, hook: str, carrier: Carrier, clock: Callable[[], float]
) -> Rounds:
    config = Monitor(
        environment="embedded",
        cadence=Cadence(every=86_400.0),
        channels=(
            Channel(channel="a", tells=("duty",), url=f"json://{hook}/"),
            Channel(channel="b", tells=("quality",), url=f"form://{hook}/"),
        ),
    )
    plan = [Watched(f"{name}/citizen", name, "", name, f"{name}.test", ()) for name in PORTALS]
    place = Environment(
        environment="embedded", simulated=True, network="mapped", bounds=Bounds(credentials=True)
    )
    return Rounds(
        store=store, keeper=Keeper(store, config, {}), monitor=config, environment=place, plan=plan,
        carrier=carrier, prober=Prober(Names(), config.probing, None), folder=folder,
        holder=holder(), clock=clock, sleep=time.sleep, say=lambda _sentence: None,
    )  # fmt: skip


def _sender(rounds: Rounds) -> Channels:
    return Channels(rounds.monitor.channels)


@dataclass
class Letters:
    """How many came; they themselves are dropped, or it would be the receiver that grows."""

    count: int = 0


@contextmanager
def webhook() -> Iterator[tuple[str, Letters]]:
    """A webhook on loopback, at an address host:port."""
    letters = Letters()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            letters.count += 1
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", letters
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    raise SystemExit(main())
