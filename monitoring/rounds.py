"""One run over the portals that are due: leases and budgets, probes, lanes, confirmation, the end."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select, update

from config.environments import Environment
from config.monitor import Monitor
from monitoring import budgeting, causes, leases, left_out, probing, tables
from monitoring.carrier import Carrier
from monitoring.keeping import Keeper
from monitoring.lanes import Lane
from monitoring.planning import Watched, hosts_of, lanes
from monitoring.probing import Prober
from monitoring.state import NetworkSeen, Tick
from monitoring.store import NoStore, Store, dumped
from monitoring.when import Clock, local

Say = Callable[[str], None]


@dataclass(frozen=True)
class Round:
    """How a run went.

    Attributes:
        walked: journeys of which a result came; `skipped`: journey -> why it was left out.
        complete: it finished: every journey that could be walked has a result that was kept, and
            there was one.
    """

    run: str
    walked: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    complete: bool = True


@dataclass
class Rounds:
    """Carries runs out, one after the other.

    Attributes:
        environment: its bounds hold for every visit.
        plan: all that is watched.
        folder: where runs leave their evidence.
        holder: who we are, for leases and for a restart.
        running: runs that are being carried out here, which nobody must take up.
        sleep: waits between two starts (seconds).
    """

    store: Store
    keeper: Keeper
    monitor: Monitor
    environment: Environment
    plan: Sequence[Watched]
    carrier: Carrier
    prober: Prober
    folder: Path
    holder: str
    clock: Clock
    sleep: Callable[[float], None]
    say: Say
    running: set[str] = field(default_factory=set)

    def carry_out(self, portals: Sequence[str], resting: Collection[str] = ()) -> Round:
        """Walk the smoke journeys of some portals, but for those that rest.

        Raises:
            NoStore: the store cannot be used at its beginning; nothing was walked.
        """
        until = time.monotonic() + self.monitor.cadence.run_limit
        run = f"{local(self.clock()):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        holder, now = f"{self.holder}/{run}", self.clock()
        wanted = [one for one in self.plan if one.portal in portals and one.journey not in resting]
        try:
            ready, skipped = self._allowed(wanted, holder, now)
            self._mark_started(portals)
            done = Round(run, skipped=skipped, complete=False)
            if ready:
                done = self._with_network(done, ready, now, until)
            self._note_left_out(wanted, done, now)
            return done
        finally:
            self.running.discard(run)
            self._give_back(holder)

    # --- before -------------------------------------------------------------------------------

    def _allowed(
        self, wanted: Sequence[Watched], holder: str, now: float
    ) -> tuple[list[Watched], tuple[tuple[str, str], ...]]:
        """What may be walked now; of the rest, why not."""
        aside = self.accounts_aside()
        names = {f"portal:{one.portal}" for one in wanted}
        names |= {f"account:{one.account}" for one in wanted}
        length = self.monitor.cadence.run_limit + 60.0  # a run's end takes a moment, too
        mine = leases.take(self.store, names, holder, now, length)
        ready: list[Watched] = []
        skipped: list[tuple[str, str]] = []
        for one in wanted:
            if one.account in aside:
                skipped.append((one.journey, causes.ASIDE))
            elif {f"portal:{one.portal}", f"account:{one.account}"} - mine:
                skipped.append((one.journey, left_out.TAKEN))
            elif not budgeting.reserve(self.store, one, self.monitor, self.environment, now):
                skipped.append((one.journey, left_out.BUDGET))
            else:
                ready.append(one)
        for journey, why in skipped:
            self.say(f"{journey}: left out, {why}")
        return ready, tuple(skipped)

    def accounts_aside(self) -> set[str]:
        """Accounts that nobody may use until a person has looked."""
        with self.store.reading() as connection:
            return set(connection.execute(select(tables.aside.c.account)).scalars())

    def _mark_started(self, portals: Sequence[str]) -> None:
        with self.store.turn() as (connection, _):
            for portal in portals:
                values = {"started": self.clock()}
                self.store.put(connection, tables.slots, {"portal": portal}, values)

    # --- the run ------------------------------------------------------------------------------

    def _with_network(
        self, begun: Round, ready: list[Watched], reserved: float, until: float
    ) -> Round:
        run = begun.run
        works, tried = self.prober.own_network()
        self.keeper.hear(NetworkSeen(self.clock(), works, tried))
        if not works:
            self.say(f"our own network is down ({tried}); nothing is walked, nothing is blamed")
            for one in ready:
                budgeting.give_back(self.store, one, reserved, budgeting.RESERVED)
            left = tuple((one.journey, left_out.NETWORK) for one in ready)
            return Round(run, skipped=(*begun.skipped, *left), complete=False)
        probing.keep(self.store, self.prober.ask(hosts_of(ready)), self.clock())
        folder = self.folder / "runs" / run
        folder.mkdir(parents=True, exist_ok=True)
        shared = lanes(ready, self.monitor.cadence.workers)
        self.running.add(run)
        self._begin(run, folder, ready)
        with ThreadPoolExecutor(len(shared), "lane") as pool:
            working = [
                pool.submit(self._walk, number, Lane(self, run, folder, number, lane, until))
                for number, lane in enumerate(shared)
            ]
            walked = [one.result() for one in working]
        again = {journey for lane in walked for journey in lane.again}
        unused = [one for one in ready if one.journey not in again]
        complete = all(lane.whole for lane in walked) and self._end(run, unused, reserved)
        refused = tuple(left for lane in walked for left in lane.left_out)
        skipped = (*begun.skipped, *refused)
        return Round(run, sum(lane.walked for lane in walked), skipped, complete)

    def _walk(self, number: int, lane: Lane) -> Lane:
        self.sleep(number * self.monitor.cadence.stagger)
        try:
            lane.walk()
        except (NoStore, OSError) as error:
            self.say(str(error))
            lane.whole = False
        return lane

    def _begin(self, run: str, folder: Path, ready: Sequence[Watched]) -> None:
        plan = [[one.journey, one.portal, one.account] for one in ready]
        row = {
            "id": run, "started": self.clock(), "folder": str(folder.relative_to(self.folder)),
            "plan": dumped(plan), "holder": self.holder,
        }  # fmt: skip
        with self.store.turn() as (connection, _):
            self.store.add_new(connection, tables.runs, row)

    def _end(self, run: str, unused: Sequence[Watched], reserved: float) -> bool:
        """Everything of a run is kept: say so, then let the rules tell what was gathered."""
        try:
            self.keeper.hear(Tick(self.clock(), gathered=True))
            self.mark_ended(run)
            for one in unused:
                budgeting.give_back(self.store, one, reserved)
        except NoStore as error:
            self.say(str(error))
            return False
        return True

    def mark_ended(self, run: str) -> None:
        """Write down that a run is over and nothing of it is missing."""
        with self.store.turn() as (connection, _):
            mine = update(tables.runs).where(tables.runs.c.id == run)
            connection.execute(mine.values(ended=self.clock()))

    def _note_left_out(self, wanted: Sequence[Watched], done: Round, now: float) -> None:
        names = {one.journey for one in wanted}
        watched = {one.journey for one in self.plan}
        try:
            left_out.note(self.store, names, dict(done.skipped), watched, now)
        except NoStore as error:
            self.say(str(error))

    def _give_back(self, holder: str) -> None:
        try:
            leases.release(self.store, holder)
        except NoStore as error:
            self.say(f"{error}; the leases end by themselves")


def planned(plan: str) -> list[tuple[str, str, str]]:
    """The plan of a run as it was kept: (journey, portal, account)."""
    return [(journey, portal, account) for journey, portal, account in json.loads(plan)]
