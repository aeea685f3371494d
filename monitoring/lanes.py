"""A lane: journeys walked one after the other, what hangs left behind, what failed walked again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitoring import causes
from monitoring.carrier import Ending, Order
from monitoring.checks import Check, not_seen, of_record
from monitoring.planning import Watched
from monitoring.state import NetworkSeen
from monitoring.store import NoStore
from monitoring.words import of_ours
from record.model import JourneyRecord

if TYPE_CHECKING:
    from monitoring.rounds import Rounds


class Lane:
    """One worker's part of a run.

    Args:
        rounds: the run's store, rules and carrier.
        run: its name; `folder`: its own; `number`: of the lane.
        journeys: what is walked.
        until: when the whole run has to be over, in seconds of the monotonic clock.

    Attributes:
        walked: journeys of which a result came.
        again: journeys that were walked a second time, to confirm what they saw.
        left_out: (journey, why) of those that must not be walked any more.
        whole: every other journey has a result, and it is kept. Otherwise the run is to be taken
            up: what was reported stands in its record, synced.
    """

    def __init__(
        self,
        rounds: Rounds,
        run: str,
        folder: Path,
        number: int,
        journeys: Sequence[Watched],
        until: float,
    ) -> None:
        self._rounds = rounds
        self._run = run
        self._folder = folder
        self._number = number
        self._todo = {one.journey: one for one in journeys}
        self._until = until
        self._failed: dict[str, Check] = {}
        self._orders = 0
        self._refused: set[str] = set()
        self._stopped = False
        self.walked = 0
        self.again: set[str] = set()
        self.left_out: list[tuple[str, str]] = []
        self.whole = True

    def walk(self) -> None:
        """Walk all, then confirm what failed in fresh contexts.

        Raises:
            OSError: no folder can be made, or no child started.
        """
        self._until_none_is_left(list(self._todo.values()), attempt=1)
        if self._failed and not self._stopped:
            self._confirm()

    # --- walking ------------------------------------------------------------------------------

    def _until_none_is_left(self, journeys: list[Watched], attempt: int) -> None:
        left = {one.journey: one for one in journeys}
        while left:
            if self._remaining() <= 0:
                self._lost(list(left.values()), Ending(None, kind="over"), attempt)
                return
            ending, seen = self._carry_out(list(left.values()), attempt)
            left = self._still_to_be_walked(left, seen)
            if ending.stopped and ending.said:
                self._rounds.say(f"{ending.said}; {len(left)} journeys were not walked")
                self._stopped, self.whole = True, False
                return
            if ending.hung and ending.walking in left:
                # The others go on in a fresh child.
                self._lost([left.pop(ending.walking)], ending, attempt)
            elif left and not ending.stopped:
                self._lost(list(left.values()), ending, attempt)
                return

    def _remaining(self) -> float:
        return self._until - time.monotonic()

    def _still_to_be_walked(self, left: dict[str, Watched], seen: set[str]) -> dict[str, Watched]:
        unseen = {name: one for name, one in left.items() if name not in seen}
        refused = [name for name, one in unseen.items() if one.account in self._refused]
        self.left_out += [(name, causes.ASIDE) for name in refused]
        return {name: one for name, one in unseen.items() if name not in refused}

    def _carry_out(self, journeys: list[Watched], attempt: int) -> tuple[Ending, set[str]]:
        self._orders += 1
        folder = self._folder / f"{self._number}.{attempt}.{self._orders}"
        folder.mkdir(parents=True)
        seen: set[str] = set()
        by_name = {one.journey: one for one in journeys}
        evidence = str(folder.relative_to(self._rounds.folder))

        def report(record: JourneyRecord) -> bool:
            one = by_name.get(f"{record.guide}/{record.journey}")
            if one is None:
                return True
            seen.add(one.journey)
            self.walked += 1
            check = replace(of_record(record, evidence, attempt, one.account), run=self._run)
            return self._keep(check, one)

        silence = self._rounds.monitor.cadence.journey_limit
        order = Order(tuple(by_name), folder, silence, self._remaining())
        return self._rounds.carrier.carry_out(order, report), seen

    def _keep(self, check: Check, one: Watched) -> bool:
        """Keep a result as it comes; whether the child may go on."""
        self._rounds.say(f"{check.journey}: {check.outcome} ({check.seconds:.1f} s)")
        refused = causes.refused_account(check.cause) is not None
        if refused:
            self._refused.add(one.account)
        elif not check.confirmed:
            self._failed[check.journey] = check
        try:
            self._rounds.keeper.take([check])
        except NoStore as error:
            self.whole = False
            self._rounds.say(str(error))
        return not refused

    def _lost(self, lost: Sequence[Watched], ending: Ending, attempt: int) -> None:
        now = self._rounds.clock()
        simulated = self._rounds.environment.simulated
        for one in lost:
            why = of_ours(ending.kind, ending.said, "en")
            self._rounds.say(f"{one.journey}: internal, {why}")
            self._failed.pop(one.journey, None)
        checks = [
            not_seen(
                self._run, one.portal, one.journey, now, ending.kind, simulated, attempt, ending.said
            )
            for one in lost
        ]  # fmt: skip
        try:
            self._rounds.keeper.take(checks)
        except NoStore as error:
            self.whole = False
            self._rounds.say(str(error))

    # --- confirming ---------------------------------------------------------------------------

    def _confirm(self) -> None:
        works, tried = self._rounds.prober.own_network()
        if not works:
            self._rounds.say(f"our own network is down ({tried}); nothing is blamed")
            self._rounds.keeper.hear(NetworkSeen(self._rounds.clock(), False, tried))
            again = [self._as_confirmed(check) for check in self._failed.values()]
            self._rounds.keeper.take(again, own_network=False)
            return
        sure = self._confirmed_by_each_other()
        if sure:
            self._rounds.keeper.take([self._as_confirmed(check) for check in sure])
        rest = [
            self._todo[name]
            for name, check in self._failed.items()
            if check not in sure and self._todo[name].account not in self._refused
        ]
        self._failed = {}
        self.again = {one.journey for one in rest}  # their visits are reserved
        self._until_none_is_left(rest, attempt=2)

    def _confirmed_by_each_other(self) -> list[Check]:
        """Failures of one shared system that two portals saw, each in contexts of its own."""
        found: list[Check] = []
        for cause in {check.cause for check in self._failed.values()}:
            alike = [check for check in self._failed.values() if check.cause == cause]
            shared = cause is not None and causes.kind_of(cause) == "system"
            if shared and len({check.portal for check in alike}) > 1:
                found += alike
        return found

    @staticmethod
    def _as_confirmed(check: Check) -> Check:
        return replace(check, attempt=2, confirmed=True)
