"""What the monitor costs between two runs, and whether it grows: `python bench/monitor_idle.py`.

It runs as in production (store, outbox, board, probes' code loaded, Apprise with two channels), with
nothing due; its processor time and memory are measured from outside over `--seconds`. Then it takes
10,000 simulated rounds, and memory is measured again. Exit code 1: a bound is broken.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import threading
import time
from pathlib import Path

import psutil

from config.environments import Bounds, Environment
from config.monitor import Cadence, Channel, Monitor
from monitoring.board.app import Board
from monitoring.board.gate import Gate
from monitoring.channels import Channels
from monitoring.checks import Check
from monitoring.child import ChildProcess
from monitoring.duty import Duty
from monitoring.keeping import Keeper
from monitoring.planning import Watched
from monitoring.probing import Prober
from monitoring.resuming import holder
from monitoring.rounds import Rounds
from monitoring.state import Tick
from monitoring.store import Store
from world.names import Names

CORE = 0.01  # of one core
MEMORY = 150e6  # bytes
GROWTH = 10e6  # bytes over all rounds, after the first tenth
PORTALS = tuple(f"tinh-{number:02}" for number in range(1, 35))


def main() -> int:
    """Measure, and say in lines what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(f"sqlite:///{folder}/monitor.sqlite")
        store.migrate()
        duty, keeper = _duty(store, folder)
        share, memory = _idle(duty, asked.seconds)
        print(f"idle for {asked.seconds:g} s: {share:.2%} of a core, {memory / 1e6:.0f} MB")
        grown = _rounds(Store(f"sqlite:///{folder}/monitor.sqlite", durable=False), asked.rounds)
        print(f"{asked.rounds} rounds of {len(PORTALS)} portals: {grown / 1e6:+.1f} MB")
        del keeper
    return int(share > CORE or memory > MEMORY or grown > GROWTH)


def _duty(store: Store, folder: Path) -> tuple[Duty, Keeper]:
    config = Monitor(
        environment="embedded",
        cadence=Cadence(every=86_400.0),
        channels=(
            Channel(channel="a", tells=("duty",), url="json://127.0.0.1:9/"),
            Channel(
                channel="b",
                tells=("quality",),
                url="mailto://127.0.0.1:9?from=a@b.test&to=a@b.test&mode=insecure",
            ),
        ),
    )
    keeper = Keeper(store, config, {})
    plan = [Watched(f"{name}/citizen", name, "", name, f"{name}.test", ()) for name in PORTALS]
    place = Environment(
        environment="embedded", simulated=True, network="mapped", bounds=Bounds(credentials=True)
    )
    rounds = Rounds(
        store=store, keeper=keeper, monitor=config, environment=place, plan=plan,
        carrier=ChildProcess("embedded"), prober=Prober(Names(), config.probing, None),
        folder=folder, holder=holder(), clock=time.time, sleep=time.sleep, say=print,
    )  # fmt: skip
    rounds._mark_started(PORTALS)  # nothing is due
    Board(config, store, folder, Gate(None))
    return Duty(rounds, Channels(config.channels).send), keeper


def _idle(duty: Duty, seconds: float) -> tuple[float, float]:
    stop = threading.Event()
    watching = threading.Thread(target=duty.start, args=(stop,))
    watching.start()
    me = psutil.Process()
    stop.wait(3.0)  # the first looks
    before, begun = sum(me.cpu_times()[:2]), time.monotonic()
    stop.wait(seconds)
    used, passed = sum(me.cpu_times()[:2]) - before, time.monotonic() - begun
    stop.set()
    watching.join()
    return used / passed, float(me.memory_info().rss)


def _rounds(store: Store, count: int) -> float:
    keeper = Keeper(store, Monitor(environment="embedded"), {})
    me = psutil.Process()
    before = 0
    for number in range(count):
        at = 1.8e9 + number * 300.0
        keeper.take([_check(name, number, at) for name in PORTALS])
        keeper.hear(Tick(at, gathered=True))
        if number == count // 10:
            gc.collect()
            before = me.memory_info().rss
    gc.collect()
    return float(me.memory_info().rss - before)


def _check(portal: str, number: int, at: float) -> Check:
    fails = number % 40 < 3 and number % 7 == int(portal[-2:]) % 7
    return Check(
        run=f"r{number}", portal=portal, journey=f"{portal}/citizen", title="", attempt=1, at=at,
        seconds=2.0, outcome="failed" if fails else "matches",
        cause=f"portal:{portal}" if fails else "ok", simulated=True,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
