"""What each edition of the embedded portals does to each step of the citizens' guides.

The table beside this file is the contract. It addresses journeys by name, so that new ones may come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from config.portals import Atlas
from config.strict import File, Strict, load
from journeys.binding import Plan
from record.model import JourneyRecord, StepRecord
from suites.plugins.options import Selection
from world.control import Control

HERE = Path(__file__).parent


class Expected(Strict):
    """What is said of one step."""

    outcome: str
    fault: str | None = None
    seen: tuple[str, ...] = ()
    proposes: tuple[str, ...] = ()


class Row(Strict):
    """One journey walked once."""

    edition: Literal["published", "2025-06", "2026-11"]
    files: Literal["shipped", "updated"]
    journey: str
    prove: bool = False
    steps: dict[str, Expected | str]

    def __str__(self) -> str:
        return f"{self.edition} with {self.files} files: {self.journey}"

    @property
    def expected(self) -> dict[str, Expected]:
        """Every step with all that is expected of it."""
        return {
            name: Expected(outcome=step) if isinstance(step, str) else step
            for name, step in self.steps.items()
        }


class Table(File):
    """All rows."""

    rows: tuple[Row, ...]


TABLE = load(HERE / "table.yaml", Table).rows


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=[pytest.mark.prove] * row.prove, id=str(row)) for row in TABLE]
)
def test_every_step_is_told_with_what_was_seen_instead(
    row: Row,
    control: Control,
    plan_of: Callable[[str], Plan],
    use_updated: Callable[[str], None],
    walk_journey: Callable[..., JourneyRecord],
) -> None:
    if row.files == "updated":
        use_updated(row.edition)
    control.set_edition(row.edition)

    record = walk_journey(plan_of(row.journey))

    assert {step.step: told(step) for step in record.steps} == row.expected


def test_no_row_stands_in_the_table_twice() -> None:
    rows = [str(row) for row in TABLE]

    assert len(set(rows)) == len(rows)


def test_every_edition_has_a_row_for_every_citizens_journey(selection: Selection) -> None:
    wanted = {
        (edition, f"{guide.guide}/{journey.journey}")
        for guide in selection.guides.values()
        for journey in guide.journeys
        if journey.visitor == "citizen" and journey.journey in KNOWN
        for edition in ("published", "2025-06", "2026-11")
    }

    assert {(row.edition, row.journey) for row in TABLE if row.files == "shipped"} == wanted


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_every_journey_of_a_changed_portal_file_is_walked_with_it(
    edition: str, selection: Selection
) -> None:
    changed = {path.stem for path in (HERE / f"portals-{edition}").glob("*.yaml")}
    wanted = {row.journey for row in TABLE if portal_of(row, selection) in changed}

    assert {r.journey for r in TABLE if (r.edition, r.files) == (edition, "updated")} == wanted


@pytest.mark.parametrize("edition", ["2025-06", "2026-11"])
def test_the_updated_files_are_enough_for_every_guide(
    edition: str, selection: Selection, updated: Callable[[str], dict[str, Atlas]]
) -> None:
    with_them = dataclasses.replace(selection, atlases=updated(edition))

    assert list(map(repr, with_them.plans())) == list(map(repr, selection.plans()))


KNOWN = {row.journey.partition("/")[2] for row in TABLE}


def portal_of(row: Row, selection: Selection) -> str:
    """The portal that a row's journey is about."""
    return selection.guides[row.journey.partition("/")[0]].portal


def told(step: StepRecord) -> Expected:
    """What a record says of one step; the file and line of a proposal depend on where files lie."""
    fault = step.fault
    return Expected(
        outcome=step.outcome,
        fault=f"{fault.component}, {fault.kind}: {fault.message}" if fault else None,
        seen=tuple(
            f"{claim.kind}: {(claim.seen or '').partition('; gần nhất')[0]}"
            for move in step.moves
            for claim in move.claims
            if claim.verdict == "differs"
        ),
        proposes=tuple(proposal.partition(": ")[2] for proposal in step.proposals),
    )
