"""`walk`: a plan, a visitor and their devices in; a record of every step out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError

from config.accepted import Acceptance
from config.portals import Atlas
from journeys.binding import Plan, PlannedMove, PlannedStep
from journeys.checks import check, without_parameters
from journeys.device import BrowserDevice
from journeys.explaining import ProbeKind, explain, outcome_of, proposal
from journeys.eyes import BrowserGone
from journeys.observing import observe
from journeys.trail import Arrived, DialogShown, Met, Seen, Touched, Trail
from pages.errors import Broken, Gone, Stopped
from pages.page import Page
from record.canonical import same
from record.model import AcceptedBy, CheckedClaim, ControlSeen, MoveRecord, StepRecord
from record.outcomes import of_claims
from record.words import of_fault, word

Hands = Mapping[str, object]
"""What a visitor has to hand to verbs, by the name under which verbs ask for it."""


@dataclass(frozen=True)
class Walk:
    """All that a walk needs besides its plan.

    Attributes:
        devices: by seat.
        hands: account, password, passcode, codes, camera, request_code and the like.
        accept: the acceptance of a difference, where people have accepted it.
        probe: asks a host without a browser.
    """

    devices: Mapping[str, BrowserDevice]
    hands: Hands
    accept: Callable[[str, str, CheckedClaim], Acceptance | None]
    probe: ProbeKind


def walk(plan: Plan, walk_: Walk) -> Iterator[StepRecord]:
    """Walk a journey step by step, literally.

    A claim that differs is a drift, and the walk goes on. A verb that raises ends it; the rest is
    not_reached. An arrival that fails is the fault of the step that announces the page.

    Yields:
        A record a step, in the guide's order, as each ends.
    """
    walker = _Walker(plan, walk_)
    for step in plan.steps:
        yield walker.step(step)


class _Walker:
    """One walk: where each seat is, and what ended it."""

    def __init__(self, plan: Plan, walk_: Walk) -> None:
        self._plan = plan
        self._walk = walk_
        self._ended: str | None = None
        self._forbidden: str | None = None
        self._carried: Exception | None = None
        moves = [move for step in plan.steps for move in step.moves]
        self._next = dict(zip(map(id, moves), [*moves[1:], None], strict=True))

    def step(self, planned: PlannedStep) -> StepRecord:
        """Walk one step."""
        if self._forbidden is not None:
            return StepRecord(step=planned.step, outcome="not_checked", reason=self._forbidden)
        if self._ended is not None:
            return StepRecord(step=planned.step, outcome="not_reached", reason=self._ended)
        started = time.monotonic()
        moves: list[MoveRecord] = []
        proposals: list[str] = []
        for move in planned.moves:
            if move.forbidden is not None:
                self._forbidden = move.forbidden
                return self._out_of_bounds(planned, moves, started)
            record, learn, error = self._move(planned.step, move)
            moves.append(record)
            proposals += [found for found in learn if found not in proposals]
            if error is not None:
                return self._stopped(planned, moves, move, error, started)
        claims = [claim for move in moves for claim in move.claims]
        outcome = of_claims(claims)
        return StepRecord(
            step=planned.step,
            outcome=outcome,
            reason=word("nothing to look at") if outcome == "not_checked" else None,
            seconds=_since(started),
            moves=tuple(moves),
            proposals=tuple(proposals),
        )

    def _out_of_bounds(
        self, planned: PlannedStep, moves: list[MoveRecord], started: float
    ) -> StepRecord:
        """A step whose first moves could be checked counts for what they showed, if that differs."""
        outcome = of_claims(claim for move in moves for claim in move.claims)
        return StepRecord(
            step=planned.step,
            outcome="not_checked" if outcome == "matches" else outcome,
            reason=self._forbidden,
            seconds=_since(started),
            moves=tuple(moves),
        )

    def _stopped(
        self,
        planned: PlannedStep,
        moves: list[MoveRecord],
        move: PlannedMove,
        error: Exception,
        started: float,
    ) -> StepRecord:
        device = self._walk.devices[move.page.seat]
        fault = explain(error, device.address, self._plan.atlas, self._walk.probe)
        self._ended = f"{planned.step}: {of_fault(fault)}"
        proposed = proposal(error, self._plan.atlas)
        return StepRecord(
            step=planned.step,
            outcome=outcome_of(error),
            reason=of_fault(fault),
            seconds=_since(started),
            fault=fault,
            moves=tuple(moves),
            proposals=(proposed,) if proposed else (),
        )

    def _move(
        self, step: str, planned: PlannedMove
    ) -> tuple[MoveRecord, list[str], Exception | None]:
        """Do one move and check its claims; with names to learn, and the error that ended it."""
        for each in self._walk.devices.values():  # what another shows meanwhile is of this move too
            each.begin_move()
        device = self._walk.devices[planned.page.seat]
        started = time.monotonic()
        error = self._carried
        self._carried = None
        if error is None:
            try:
                observe(device, planned.page.key, planned.before)
                self._do(planned, device)
                came = device.trail.last(Arrived)
                observe(device, came.screen if came else planned.page.key, planned.after)
            except TimeoutError:  # a page that stops answering in the middle of a move
                host = urlsplit(device.address).hostname or ""
                error = Broken("timeout", f"{host}: {word('no answer')}", host=host)
            except Exception as raised:  # whatever breaks is told at its step, never lost
                error = self._carry(planned, self._cause(device, raised))
        claims = [
            self._accepted(step, check(claim, device.trail, self._plan.atlas))
            for claim in planned.move.claims
        ]
        claims += [self._accepted(step, claim) for claim in _unannounced(device.trail)]
        error = self._take_picture(device, claims, error)
        learn = list(_names_to_learn(device.trail, claims, self._plan.atlas))
        return self._record(planned, device, claims, started), learn, error

    def _do(self, planned: PlannedMove, device: BrowserDevice) -> None:
        page: Page = planned.page(device)
        hands = {**self._walk.hands, "address": _address(planned, self._plan.atlas)}
        getattr(page, planned.verb)(**{name: hands[name] for name in planned.handed})

    def _cause(self, device: BrowserDevice, raised: Exception) -> Exception:
        """Why something does not come on a phone or in the signing program: the desktop may say it."""
        desktop = self._walk.devices.get("desktop")
        if desktop in (None, device) or not isinstance(raised, Gone):
            return raised
        said = desktop.refusal(raised.waiting_for)
        if said is None:
            return raised
        with suppress(Error):
            desktop.look()
        return said

    def _carry(self, planned: PlannedMove, raised: Exception) -> Exception | None:
        """Leave an arrival that failed to the next move, where it is that move's to tell.

        It is when that move announces the page, and when another page came in its place: what this
        move does still works, but the screen of the next one is gone.
        """
        following = self._next[id(planned)]
        if not isinstance(raised, Stopped) or following is None:
            return raised
        announced = following.waits or raised.kind == "screen gone"
        if announced and following.page.key == raised.waiting_for:
            self._carried = raised
            return None
        return raised

    def _accepted(self, step: str, claim: CheckedClaim) -> CheckedClaim:
        if claim.verdict != "differs":
            return claim
        found = self._walk.accept(self._plan.journey.journey, step, claim)
        if found is None:
            return claim
        by = AcceptedBy(who=found.who, why=found.why, until=found.until.isoformat())
        return claim.model_copy(update={"verdict": "accepted", "accepted": by})

    def _take_picture(
        self, device: BrowserDevice, claims: list[CheckedClaim], error: Exception | None
    ) -> Exception | None:
        """The picture of a move: of the control pressed, else of where it ended.

        Returns:
            What ended the move: the error it had, or that no evidence can be written any more.
        """
        differs = error is not None or any(claim.verdict == "differs" for claim in claims)
        if differs or (not device.pictures and device.wants_every_picture):
            try:
                device.look()
            except OSError as full:
                return error or full
            except (Error, BrowserGone):
                return error  # a page that hangs gives no picture; the fault says so
        return error

    def _record(
        self,
        planned: PlannedMove,
        device: BrowserDevice,
        claims: list[CheckedClaim],
        started: float,
    ) -> MoveRecord:
        trail = device.trail
        others = [seat for seat in self._walk.devices.values() if seat is not device]
        seats = [device, *others]
        touched = trail.last(Touched) or next(
            (seen for seen in trail.of(Seen) if seen.name is not None), None
        )
        control = ControlSeen(name=touched.name or "", box=touched.box) if touched else None
        return MoveRecord(
            says=planned.move.says,
            do=planned.move.do,
            seat=planned.page.seat,
            address=without_parameters(device.address),
            seconds=_since(started),
            control=control,
            pictures=tuple(picture for seat in seats for picture in seat.pictures),
            claims=tuple(claims),
            unannounced=tuple(met.name for met in reversed([*trail.of(Met)])),
            dialogs=tuple(
                shown.words for seat in seats for shown in reversed([*seat.trail.of(DialogShown)])
            ),
        )


def _names_to_learn(trail: Trail, claims: list[CheckedClaim], atlas: Atlas) -> Iterator[str]:
    """Where a control's name differs: what the portal file could learn, with its place."""
    if not any(claim.kind == "control" and claim.verdict == "differs" for claim in claims):
        return
    events: list[Touched | Seen] = [*trail.of(Touched), *trail.of(Seen)]
    for event in events:
        known = atlas.screens[event.screen].controls[event.control].names
        if event.name is not None and not any(same(name, event.name) for name in known):
            place = atlas.system_of(event.screen).place(
                "screens", event.screen, "controls", event.control
            )
            yield f"{place}: thêm “{event.name}” vào names"


def _unannounced(trail: Trail) -> list[CheckedClaim]:
    """Screens in between that the guide does not announce, as differences that can be accepted."""
    return [
        CheckedClaim(
            kind="unannounced", origin="ours", claimed="", seen=met.name, verdict="differs"
        )
        for met in reversed([*trail.of(Met)])
    ]


def _address(planned: PlannedMove, atlas: Atlas) -> str:
    """The address to open: the guide's own where it gives one, else the one we know."""
    for claim in planned.move.claims:
        if claim.kind == "address":
            return str(claim.claimed)
    return atlas.screens[planned.page.key].address or ""


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)
