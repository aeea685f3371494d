"""A busy monitor to be killed: runs without a browser, one letter after the other, on a real store.

`python monitor_busy.py STORE FOLDER HOOK SEED`: as a program of its own. Its carrier writes the record
as the suites do, a synced line a journey, and notes each in a second file: what was reported.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from config.environments import Bounds, Environment
from config.monitor import Alerts, Cadence, Channel, Monitor, Opening, Thresholds
from monitoring.carrier import Ending, Order, Report
from monitoring.channels import Channels
from monitoring.duty import Duty
from monitoring.keeping import Keeper
from monitoring.planning import Watched
from monitoring.probing import Prober
from monitoring.resuming import holder
from monitoring.rounds import Rounds
from monitoring.store import Store
from record.file import append
from record.model import Fault, JourneyRecord, StepRecord, Versions
from world.names import Names

PORTALS = tuple(f"tinh-{number}" for number in range(1, 7))
REPORTED = "reported.txt"


class Quick:
    """Walks nothing; writes what a walk would have written."""

    def __init__(self, chance: random.Random, reported: Path) -> None:
        self._chance = chance
        self._reported = reported

    def carry_out(self, order: Order, report: Report) -> Ending:
        for journey in order.journeys:
            time.sleep(self._chance.uniform(0, 0.004))
            one = record(order.folder.name, journey, fails_now(journey))
            append(order.folder, one)
            with self._reported.open("a", encoding="utf-8") as file:
                file.write(
                    f"{order.folder.parent.name} {journey} {order.folder.name.split('.')[1]}\n"
                )
                file.flush()
                os.fsync(file.fileno())
            report(one)
        return Ending(0)

    def stop(self) -> None:
        """Nothing runs on by itself."""

    def clear(self, _folder: Path) -> None:
        """Nothing was left running."""


def fails_now(journey: str) -> bool:
    """Portals fail and recover every three seconds, each at its own time."""
    return random.Random(f"{journey} {int(time.time() / 3)}").random() < 0.5


def record(run: str, journey: str, fails: bool) -> JourneyRecord:
    """A journey that matches, or fails at the portal."""
    guide, name = journey.split("/")
    fault = Fault(component="portal", kind="timeout", message="…") if fails else None
    outcome = "failed" if fails else "matches"
    return JourneyRecord.model_validate(
        {
            "run": run, "environment": "embedded", "edition": "published", "simulated": True,
            "portal": guide, "guide": guide, "journey": name, "title": "Công dân đăng nhập",
            "attempt": 1, "outcome": outcome, "started": datetime.now().astimezone(),
            "seconds": 0.001, "steps": (StepRecord(step="Bước 1", outcome=outcome, fault=fault),),
            "versions": Versions(guide="", portal="", browser="", suite=""),
        }
    )  # fmt: skip


def monitor(hook: str) -> Monitor:
    """Everything as fast as it goes."""
    return Monitor(
        environment="embedded",
        cadence=Cadence(every=0.05, stagger=0.0, visits_per_hour=10_000_000),
        thresholds=Thresholds(open=Opening(failures=2, of=2), close_after=1),
        alerts=Alerts(gather=0.0, retry_first=0.05, retry_at_most=0.2),
        channels=(Channel(channel="hook", tells=("duty", "operator"), url=f"json://{hook}/"),),
    )


def duty(store: Store, folder: Path, hook: str, seed: int) -> Duty:
    """A monitor that works as the real one does, but for the browser."""
    config = monitor(hook)
    plan = [
        Watched(f"{name}/citizen", name, "Công dân đăng nhập", name, f"{name}.test", ())
        for name in PORTALS
    ]
    place = Environment(
        environment="embedded", simulated=True, network="mapped", bounds=Bounds(credentials=True)
    )
    rounds = Rounds(
        store=store, keeper=Keeper(store, config, {}), monitor=config, environment=place, plan=plan,
        carrier=Quick(random.Random(seed), folder / REPORTED),
        prober=Prober(Names(), config.probing, None), folder=folder, holder=holder(),
        clock=time.time, sleep=time.sleep, say=lambda _sentence: None,
    )  # fmt: skip
    return Duty(rounds, Channels(config.channels).send)


def main(url: str, folder: str, hook: str, seed: str) -> None:
    store = Store(url)
    store.migrate()
    busy = duty(store, Path(folder), hook, int(seed))
    busy.begin()
    print("READY", flush=True)
    threading.Thread(target=_deliver, args=(busy,), daemon=True).start()
    while True:
        busy.once()


def _deliver(busy: Duty) -> None:
    while True:
        busy.deliver()
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
