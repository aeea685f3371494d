"""Checks and events kept, decided upon and turned into alerts, all in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from config.monitor import Monitor
from monitoring import causes, remembering, tables
from monitoring.checks import Check
from monitoring.insisting import listeners
from monitoring.outbox import post
from monitoring.quiet import Calendar, Work
from monitoring.rolling import count_in
from monitoring.rules import Rules, decide
from monitoring.state import Decision, Event, Note, Observed, State, Tell, Watching
from monitoring.store import Store, dumped
from monitoring.telling import message

Done = TypeVar("Done")


class Keeper:
    """The only one who changes what the monitor knows.

    Every method is one transaction: what it kept, it also decided upon, and every alert that it
    decided is in the outbox. Called again with the same, it changes nothing.

    Args:
        store: where things are kept.
        monitor: the configuration.
        titles: of the journeys, for texts; those that are not given are as the store has them.

    Every method raises NoStore when the store cannot be used; then nothing has changed.
    """

    def __init__(self, store: Store, monitor: Monitor, titles: Mapping[str, str]) -> None:
        self._store = store
        self._monitor = monitor
        self._given = dict(titles)
        self._titles = self._given
        self._turn = -1
        self._one_at_a_time = threading.RLock()  # lanes report from threads of their own
        self._state = State()
        self._rules = Rules(monitor, Calendar(monitor).quiet)
        self._name = ""
        self._kept: dict[str, str] = {}

    def take(self, checks: Sequence[Check], own_network: bool = True) -> int:
        """Keep checks, put refused accounts aside, and decide upon the confirmed ones.

        An account that was refused is aside with the check that says so, in one transaction: also
        where that check is taken up from a run that was cut off.

        Args:
            checks: in the order in which they ended; those known already are left out.
            own_network: whether our own network worked; without it nothing is blamed.

        Returns:
            How many were new.
        """

        def work(connection: Connection) -> int:
            new = self._new(connection, checks, own_network)
            count_in(connection, new)
            remembering.keep_latest(connection, [check for check, _ in new])
            for check, counted in new:
                self._put_aside(connection, check)
                if check.confirmed:
                    self._decide(connection, _event(check, counted == "excused"))
            return len(new)

        return self._in_turn(work)

    def hear(self, *heard: Event) -> list[Decision]:
        """Decide upon events that are not checks."""

        def work(connection: Connection) -> list[Decision]:
            return [found for one in heard for found in self._decide(connection, one)]

        return self._in_turn(work)

    def watch(self, at: float, journeys: Mapping[str, str]) -> None:
        """Say what is watched from now on (journey -> portal)."""
        self.hear(Watching(at, journeys))

    def open_incidents(self) -> State:
        """What the rules know now."""
        return self._in_turn(lambda _connection: self._state)

    # --- one turn -----------------------------------------------------------------------------

    def _in_turn(self, work: Callable[[Connection], Done]) -> Done:
        with self._one_at_a_time:
            try:
                with self._store.turn() as (connection, turn):
                    if turn != self._turn + 1:
                        self._load(connection)
                    done = work(connection)
            except BaseException:
                self._turn = -1  # what we hold may be ahead of the store
                raise
            self._turn = turn
            return done

    def _load(self, connection: Connection) -> None:
        within = self._monitor.thresholds.flapping.within
        self._state = remembering.load(connection, within)
        self._kept = {}
        added = [
            Work(row.of, row.begin, row.end, row.reason, row.id)
            for row in connection.execute(select(tables.maintenance))
        ]
        self._rules = Rules(self._monitor, Calendar(self._monitor, added).quiet)
        self._name = remembering.name(self._store, connection)
        self._titles = {**remembering.titles(connection), **self._given}

    def _decide(self, connection: Connection, event: Event) -> list[Decision]:
        before = self._state
        self._state, decisions = decide(before, event, self._rules)
        remembering.keep(self._store, connection, before, self._state, decisions)
        for decision in decisions:
            if isinstance(decision, Tell):
                self._post(connection, decision)
            elif decision.change == "joined":
                self._tell_those_who_join(connection, decision)
        return decisions

    def _tell_those_who_join(self, connection: Connection, joined: Note) -> None:
        """A channel of one portal hears of an incident when it comes to that portal, not before."""
        incident = joined.incident
        if incident.muted_until is not None and joined.at < incident.muted_until:
            return
        for audience in incident.told:
            # Whoever heard of it before has had this letter: its reference is the same.
            second = audience == "escalation"
            tell = Tell(incident, "escalated" if second else "opened", audience, joined.at)
            self._post(connection, tell)

    def _post(self, connection: Connection, tell: Tell) -> None:
        """One message a channel, whichever of its audiences it is for."""
        number = f"-{tell.number}" if tell.number else ""
        # People on duty hear of a gone control only when it has become an outage: another message.
        control = causes.kind_of(tell.incident.cause) == "control"
        late = "/duty" if control and tell.audience == "duty" else ""
        for channel in listeners(tell.audience, self._monitor.channels, tell.incident.portals):
            change = f"{tell.change}{number}{late}"
            key = f"{self._name}/{tell.incident.id}/{change}/{channel.channel}"
            language = channel.language or self._monitor.language
            said = message(tell, self._monitor, self._titles, language, key)
            post(self._store, connection, key, channel.channel, said, tell.at)

    def _put_aside(self, connection: Connection, check: Check) -> None:
        account = causes.refused_account(check.cause)
        if account is not None:
            why = check.seen.message if check.seen else ""
            row = {"account": account, "since": check.at, "why": why}
            self._store.add_new(connection, tables.aside, row)

    def _new(
        self, connection: Connection, checks: Sequence[Check], own_network: bool
    ) -> list[tuple[Check, str]]:
        """Those not kept yet, kept. In our turn nobody else adds any in between."""
        table = tables.results
        asked = select(table.c.run, table.c.journey, table.c.attempt)
        runs = {check.run for check in checks}
        known = {tuple(row) for row in connection.execute(asked.where(table.c.run.in_(runs)))}
        new: dict[tuple[str, str, int], Check] = {}
        for check in checks:
            key = (check.run, check.journey, check.attempt)
            if key not in known:
                new.setdefault(key, check)
        counted = [(check, self._counted(check, own_network)) for check in new.values()]
        if counted:
            connection.execute(insert(table), [_row(check, how) for check, how in counted])
        return counted

    def _counted(self, check: Check, own_network: bool) -> str:
        if not check.confirmed:
            return "unconfirmed"
        concerned = [check.portal, check.journey]
        if check.cause and causes.kind_of(check.cause) == "system":
            concerned.append(causes.name_of(check.cause))
        if any(self._rules.quiet(one, check.at) for one in concerned):
            return "excused"
        if check.cause == causes.OK:
            return "up"
        if check.cause and causes.is_down(check.cause):
            return "down" if own_network else "excused"
        return "unknown"


def _event(check: Check, excused: bool) -> Observed:
    return Observed(
        at=check.at, journey=check.journey, portal=check.portal, cause=check.cause,
        seen=check.seen, excused=excused, simulated=check.simulated,
    )  # fmt: skip


def _row(check: Check, counted: str) -> dict[str, Any]:
    seen = {
        **(asdict(check.seen) if check.seen else {}),
        **({"drifts": check.drifts} if check.drifts else {}),
    }
    return {
        "run": check.run, "portal": check.portal, "journey": check.journey,
        "attempt": check.attempt, "at": check.at, "seconds": check.seconds,
        "outcome": check.outcome, "counted": counted, "cause": check.cause,
        "seen": dumped(seen) if seen else None, "simulated": check.simulated,
    }  # fmt: skip
