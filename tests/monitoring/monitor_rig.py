"""A monitor without a browser: a carrier that does as it is told, on a real store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor_scene import JOURNEYS, Hand

from config.environments import Bounds, Environment
from config.monitor import Monitor
from monitoring.carrier import Ending, Order, Report
from monitoring.keeping import Keeper
from monitoring.planning import Watched
from monitoring.rounds import Rounds
from monitoring.store import Store
from record.file import append
from record.model import Fault, JourneyRecord, StepRecord, Versions

WELL = "matches"
Script = Callable[[str, int], str]
"""What a journey does at its n-th walk: an outcome, a fault “component/kind”, “hangs”, “ends”.

“hangs at once”: before it is walked; “stop”: somebody stops the monitor meanwhile.
"""


class Walker:
    """Walks by a script; what it did is remembered."""

    def __init__(self, script: Script, clock: Hand) -> None:
        self._script = script
        self._clock = clock
        self.walks: dict[str, int] = {}
        self.orders: list[tuple[str, ...]] = []
        self.deadlines: list[float] = []
        self.in_its_own_order: Callable[[Sequence[str]], Sequence[str]] = tuple
        self.said = "Exit: no browser is installed; run `make set-up`"

    def carry_out(self, order: Order, report: Report) -> Ending:
        self.orders.append(order.journeys)
        self.deadlines.append(order.deadline)
        for journey in self.in_its_own_order(order.journeys):
            self.walks[journey] = self.walks.get(journey, 0) + 1
            what = self._script(journey, self.walks[journey])
            if what == "hangs":
                said = f"{order.silence:g}"
                return Ending(None, hung=True, walking=journey, kind="silent", said=said)
            if what == "hangs at once":
                return Ending(None, hung=True, kind="silent", said=f"{order.silence:g}")
            if what == "stop":
                return Ending(None, stopped=True, said="the monitor was stopped")
            if what == "ends":
                return Ending(2, said=self.said)
            one = walked(order.folder.name, journey, what, self._clock())
            append(order.folder, one)
            if not report(one):
                return Ending(None, stopped=True)
        return Ending(0)

    def stop(self) -> None:
        """Nothing goes on by itself."""

    def clear(self, _folder: Path) -> None:
        """Nothing was left running."""


class NetworkOf:
    """Stands in for the prober."""

    def __init__(self) -> None:
        self.works = True

    def ask(self, _hosts: object) -> dict[str, object]:
        return {}

    def own_network(self) -> tuple[bool, str]:
        return self.works, "" if self.works else "192.0.2.1:443: unreachable"


def walked(run: str, journey: str, what: str, at: float) -> JourneyRecord:
    """The record of a walk that ended as told."""
    guide, _, name = journey.partition("/")
    component, _, kind = what.partition("/")
    fault = Fault(component=component, kind=kind, message="…") if kind else None  # type: ignore[arg-type]
    outcome = "failed" if kind else what
    if kind in ("captcha", "firewall", "account put aside"):
        outcome = "blocked"
    return JourneyRecord.model_validate(
        {
            "run": run, "environment": "embedded", "edition": "published", "simulated": True,
            "portal": JOURNEYS.get(journey, guide), "guide": guide, "journey": name,
            "title": "Công dân đăng nhập", "attempt": 1, "outcome": outcome,
            "started": datetime.fromtimestamp(at, UTC), "seconds": 1.0,
            "steps": (StepRecord(step="Bước 4", outcome=outcome, fault=fault),),
            "versions": Versions(guide="", portal="", browser="", suite=""),
        }
    )  # fmt: skip


def rig(
    store: Store,
    monitor: Monitor,
    clock: Hand,
    folder: Path,
    script: Script,
    accounts: Sequence[str] = ("a", "b", "c"),
    **bounds: object,
) -> tuple[Rounds, Walker, NetworkOf, list[str]]:
    """Rounds over the scene's portals, their walker, their network, and what they say."""
    plan = [
        Watched(journey, portal, "Công dân đăng nhập", account, f"{portal}.test", ())
        for (journey, portal), account in zip(JOURNEYS.items(), accounts, strict=True)
    ]
    place = Environment(
        environment="embedded",
        simulated=True,
        network="mapped",
        bounds=Bounds.model_validate({"credentials": True, **bounds}),
    )
    walker, network, said = Walker(script, clock), NetworkOf(), []
    keeper = Keeper(store, monitor, {})
    keeper.watch(clock(), JOURNEYS)
    rounds = Rounds(
        store=store, keeper=keeper, monitor=monitor, environment=place, plan=plan, carrier=walker,
        prober=network, folder=folder, holder="here:1:1", clock=clock, sleep=lambda _seconds: None,
        say=said.append,
    )  # type: ignore[arg-type]  # fmt: skip
    return rounds, walker, network, said
