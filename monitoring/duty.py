"""The monitor on duty: looks what is due, tells what is to be told, and never stops because of an error."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sqlalchemy import select

from monitoring import (
    cadence,
    evidence,
    outbox,
    probing,
    remembering,
    resuming,
    rolling,
    summarising,
    tables,
)
from monitoring.cadence import Cadence
from monitoring.outbox import Send
from monitoring.planning import hosts_of
from monitoring.rounds import Round, Rounds
from monitoring.state import Tick
from monitoring.store import NoStore

LOOK = 2.0  # seconds between two looks whether something is due
DELIVER = 5.0
TICK = 10.0
RETIRE = 3600.0
PING = 10.0


class Duty:
    """Everything that runs while the monitor runs.

    Args:
        rounds: carries runs out.
        send: to a channel.
        portals: which are walked; all that are watched, unless some are named. Those that are not
            walked here stay watched: their incidents are not over because we look elsewhere.
    """

    def __init__(self, rounds: Rounds, send: Send, portals: Sequence[str] | None = None) -> None:
        self._rounds = rounds
        self._send = send
        self.portals = sorted(set(portals or {one.portal for one in rounds.plan}))
        self._runs = ThreadPoolExecutor(1, "run")
        self._letters = ThreadPoolExecutor(1, "letters")
        self._running: Future[None] | None = None
        self._sending: Future[None] | None = None

    def begin(self) -> None:
        """Say what is watched, and take up what was cut off."""
        journeys = {one.journey: one.portal for one in self._rounds.plan}
        self._rounds.keeper.watch(self._rounds.clock(), journeys)
        probing.forget_all_but(self._rounds.store, hosts_of(self._rounds.plan))
        resuming.take_up(self._rounds)

    def once(self) -> Round:
        """One run now, whatever the cadence says; alerts are sent, and the ping if it finished.

        Raises:
            NoStore: the store cannot be used.
        """
        self.begin()
        done = self._rounds.carry_out(self.portals)
        if done.complete:
            self._ping()
        evidence.announce(self._rounds.store, self._rounds.monitor, self._rounds.clock())
        self.deliver()
        return done

    def start(self, stop: threading.Event) -> None:
        """Watch until somebody stops it. A job that raises is told and comes again at its time."""
        beat = Cadence(self._rounds.say)
        beat.every(LOOK, self._look)
        beat.every(TICK, self._tick)
        beat.every(DELIVER, self._deliver_aside)
        beat.every(RETIRE, self._retire)
        self._guarded(self.begin)
        try:
            beat.run_until(stop, longest=LOOK)
        finally:
            self._rounds.carrier.stop()
            self._runs.shutdown(wait=True)
            self._guarded(self.deliver)
            self._letters.shutdown(wait=True)

    def deliver(self) -> int:
        """Send what is due; how many were sent."""
        rounds = self._rounds
        alerts = rounds.monitor.alerts
        return outbox.deliver(rounds.store, self._send, alerts, rounds.clock, rounds.holder)

    # --- jobs ---------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._running is not None and not self._running.done():
            return
        rounds = self._rounds
        resuming.take_up(rounds)
        with rounds.store.reading() as connection:
            asked = select(tables.slots.c.portal, tables.slots.c.started)
            started = {row.portal: row.started for row in connection.execute(asked)}
        portals = cadence.due(self.portals, started, rounds.monitor, rounds.clock())
        if portals:
            self._running = self._runs.submit(self._guarded, lambda: self._run(portals))

    def _run(self, portals: Sequence[str]) -> None:
        rounds = self._rounds
        journeys = {one.journey: one.portal for one in rounds.plan}
        with rounds.store.reading() as connection:
            begun = remembering.begun(connection)
        resting = cadence.resting(journeys, begun, rounds.monitor, rounds.clock())
        done = rounds.carry_out(portals, resting)
        if done.complete:
            self._ping()

    def _tick(self) -> None:
        rounds = self._rounds
        table = tables.incidents
        with rounds.store.reading() as connection:
            open_ = connection.execute(select(table.c.id).where(table.c.closed.is_(None)).limit(1))
            any_open = open_.first() is not None
        if any_open:  # otherwise time changes nothing
            rounds.keeper.hear(Tick(rounds.clock()))
        summarising.summarise(rounds.store, rounds.monitor, rounds.clock())
        evidence.announce(rounds.store, rounds.monitor, rounds.clock())

    def _deliver_aside(self) -> None:
        if self._sending is None or self._sending.done():
            self._sending = self._letters.submit(self._guarded, self.deliver)

    def _retire(self) -> None:
        rounds = self._rounds
        with rounds.store.turn() as (connection, _):
            rolling.retire(connection, rounds.monitor.retention, rounds.clock())
        rolling.clear_folders(rounds.folder / "runs", rounds.monitor.retention, rounds.clock())

    def _ping(self) -> None:
        """The dead-man's ping: a run has walked, finished and is kept, whatever it found."""
        address = self._rounds.monitor.alerts.heartbeat
        if not address:
            return
        try:
            urllib.request.urlopen(address, timeout=PING).close()
        except (OSError, urllib.error.URLError, ValueError) as error:
            self._rounds.say(f"the dead-man's ping did not go out ({type(error).__name__})")

    def _guarded(self, job: Callable[[], object]) -> None:
        try:
            job()
        except NoStore as error:
            self._rounds.say(str(error))
        except Exception as error:  # one run's trouble is not the next one's
            first = (str(error).splitlines() or [""])[0]
            self._rounds.say(f"{type(error).__name__}: {first}")
