"""The guide report for other programs: JSON with everything, CSV with a row a claim."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

from record.outcomes import told
from record.words import word
from reporting.acceptances import Reminder
from reporting.book import Book, ClaimLine, GuideLine, JourneyLine, MoveLine, StepLine
from reporting.history import Since
from reporting.pages import HANOI
from reporting.phrases import phrase
from reporting.summary import NotShown, conclusion

# Each column of the CSV with the key of its heading.
COLUMNS = {
    "run": "run",
    "environment": "environment",
    "edition": "edition",
    "simulated": "simulated portal",
    "guide": "guide",
    "journey": "journey",
    "step": "step",
    "outcome": "outcome",
    "reason": "reason",
    "says": "words of the guide",
    "address": "address after",
    "claim": "claim",
    "origin": "origin",
    "verdict": "verdict",
    "claimed": "guide writes",
    "seen": "today",
    "since": "since head",
    "accepted_by": "who accepted",
    "accepted_until": "accepted until",
    "look_again": "look again",
    "instead": "write instead",
    "picture": "picture",
}


def write_tables(
    book: Book, hidden: NotShown, again: Sequence[Reminder], folder: Path, language: str
) -> None:
    """Write `guides.json` and `guides.csv`.

    Args:
        book: the run as auditors read it.
        hidden: what it does not show.
        again: acceptances to look at again.
        folder: where the files go.
        language: `vi` or `en`.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    data = json.dumps(as_json(book, hidden, again), ensure_ascii=False, indent=1)
    (folder / "guides.json").write_text(data + "\n", encoding="utf-8")
    rows = as_csv(book, again, language)
    (folder / "guides.csv").write_text(rows, encoding="utf-8", newline="")


def as_json(book: Book, hidden: NotShown, again: Sequence[Reminder]) -> dict[str, Any]:
    """The report as one JSON value; its keys are the record's words, in English whatever is shown."""
    run = book.kept.run
    return {
        "schema": 1,
        "run": run.run,
        "environment": run.environment,
        "edition": run.edition,
        "simulated": run.simulated,
        "who": run.who,
        "started": run.started.astimezone(HANOI).isoformat(),
        "ended": run.ended.astimezone(HANOI).isoformat() if run.ended else None,
        "standings": dict(book.standings),
        "missing": [planned.model_dump() for planned in hidden.missing],
        "acceptances": [_reminder(one) for one in again],
        "unknown_screens": [screen.model_dump() for screen in hidden.screens],
        "guides": [_guide(guide, hidden) for guide in book.guides],
    }


def _guide(guide: GuideLine, hidden: NotShown) -> dict[str, Any]:
    return {
        "guide": guide.name,
        "title": guide.title,
        "portal": guide.portal,
        "legal_basis": [basis.model_dump() for basis in guide.legal_basis],
        "versions": guide.versions.model_dump(),
        "conclusion": conclusion(guide, hidden.missing),
        "standings": dict(guide.standings),
        "journeys": [
            {
                "journey": line.journey.journey,
                "title": line.journey.title,
                "outcome": line.journey.outcome,
                "started": line.journey.started.astimezone(HANOI).isoformat(),
                "steps": [_step(step) for step in line.steps],
            }
            for line in guide.journeys
        ],
    }


def _step(step: StepLine) -> dict[str, Any]:
    return {
        "step": step.step.step,
        "outcome": step.step.outcome,
        "reason": step.step.reason,
        "fault": step.step.fault.model_dump() if step.step.fault else None,
        "since": _since(step.since),
        "words": list(step.words),
        "moves": [_move(move) for move in step.moves],
    }


def _move(move: MoveLine) -> dict[str, Any]:
    return {
        "says": move.move.says,
        "address": move.move.address,
        "instead": move.instead.sentence if move.instead else None,
        "dialogs": list(move.move.dialogs),
        "pictures": [picture.file for picture in move.move.pictures],
        "claims": [_claim(line) for line in move.claims],
    }


def _claim(line: ClaimLine) -> dict[str, Any]:
    return {
        **line.claim.model_dump(),
        "since": _since(line.since),
        "instead": line.instead.sentence if line.instead else None,
    }


def _reminder(one: Reminder) -> dict[str, Any]:
    return {**one.entry.model_dump(mode="json"), "look_again": one.why, "now": one.now}


def _since(since: Since) -> dict[str, Any]:
    return {**asdict(since), "when": since.when.astimezone(HANOI).isoformat()}


def as_csv(book: Book, again: Sequence[Reminder], language: str) -> str:
    """A row a claim, one for each step that has none, and one for each acceptance to look at again.

    It opens in an office's spreadsheet.
    """
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    headings = {key: phrase(heading, language) for key, heading in COLUMNS.items()}
    writer.writerow({key: words[:1].upper() + words[1:] for key, words in headings.items()})
    for row in (*_rows(book, language), *_rows_of_acceptances(book, again, language)):
        writer.writerow({key: _harmless(str(value)) for key, value in row.items()})
    return (
        "\ufeff" + text.getvalue()
    )  # without the mark, spreadsheets take UTF-8 for something else


def _rows(book: Book, language: str) -> Iterator[dict[str, object]]:
    ran = _ran(book, language)
    for guide in book.guides:
        for journey in guide.journeys:
            for step in journey.steps:
                rows = [row for move in step.moves for row in _of_move(move, language)]
                for row in rows or [{}]:
                    yield {**ran, **_where(guide, journey, step, language), **row}


def _ran(book: Book, language: str) -> dict[str, object]:
    run = book.kept.run
    return {
        "run": run.run,
        "environment": run.environment,
        "edition": run.edition or "",
        "simulated": word("simulated portal", language) if run.simulated else "",
    }


def _rows_of_acceptances(
    book: Book, again: Sequence[Reminder], language: str
) -> Iterator[dict[str, object]]:
    for one in again:
        yield {
            **_ran(book, language),
            "guide": one.entry.guide,
            "journey": one.entry.journey or "",
            "step": one.entry.step,
            "claim": word(one.entry.kind, language),
            "claimed": one.entry.claimed,
            "seen": one.now or "",
            "accepted_by": one.entry.who,
            "accepted_until": one.entry.until,
            "look_again": one.told(language),
        }


def _where(
    guide: GuideLine, journey: JourneyLine, step: StepLine, language: str
) -> dict[str, object]:
    return {
        "guide": guide.name,
        "journey": journey.journey.journey,
        "step": step.step.step,
        "outcome": word(told(step.step), language),
        "reason": step.step.reason or "",
        "since": step.since.when.astimezone(HANOI).isoformat(timespec="seconds"),
        "says": " / ".join(step.words),
    }


def _of_move(move: MoveLine, language: str) -> Iterator[dict[str, object]]:
    for line in move.claims:
        by = line.claim.accepted
        yield {
            "says": move.move.says,
            "address": move.move.address or "",
            "claim": word(line.claim.kind, language),
            "origin": phrase(line.claim.origin, language),
            "verdict": word(line.claim.verdict, language),
            "claimed": line.claim.claimed,
            "seen": line.claim.seen or "",
            "since": line.since.when.astimezone(HANOI).isoformat(timespec="seconds"),
            "accepted_by": by.who if by else "",
            "accepted_until": by.until if by else "",
            "instead": line.instead.sentence if line.instead else "",
            "picture": move.move.pictures[0].file if move.move.pictures else "",
        }


def _harmless(cell: str) -> str:
    """What a page said must not become a formula in somebody's spreadsheet."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
