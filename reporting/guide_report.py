"""The guide report: `guides.html` (one file), `guides.json` and `guides.csv` of one run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.accepted import Accepted, accepted
from config.guides import Guide, guides
from config.portals import Atlas, atlases
from config.reporting import Reporting, reporting
from record.outcomes import told
from reporting.acceptances import reminders
from reporting.book import Book, book
from reporting.embedding import embedded, ordered_pictures
from reporting.history import History
from reporting.pages import HANOI, pages
from reporting.runs import KeptRun
from reporting.summary import conclusion, corrections, not_shown
from reporting.tables import write_tables
from reporting.wording import Wordsmith


@dataclass(frozen=True)
class Known:
    """What reports know besides the record: what was published, accepted, configured."""

    guides: dict[str, Guide]
    atlases: dict[str, Atlas]
    accepted: Accepted
    reporting: Reporting


def known() -> Known:
    """Read the configuration.

    Raises:
        Mistake: any of its files is wrong.
    """
    return Known(guides(), atlases(), accepted(), reporting())


def read_book(kept: KeptRun, known: Known) -> Book:
    """One run as auditors read it.

    Raises:
        ValueError: a line of the record cannot be read.
    """
    history = History(kept, known.reporting.history.runs)
    patterns = known.reporting
    wordsmith = Wordsmith(patterns.wording, patterns.wording_of_faults, known.atlases)
    return book(kept, known.guides, history, wordsmith)


def write_guide_report(
    kept: KeptRun,
    known: Known,
    folder: Path,
    now: datetime,
    language: str,
    manifest: str | None = None,
) -> Book:
    """Write the three files of the guide report.

    Args:
        kept: the run.
        known: the configuration.
        folder: where they go.
        now: when the report is drawn; acceptances are asked on this day.
        language: `vi` or `en`.
        manifest: SHA-256 of the run's manifest.

    Raises:
        ValueError: a line of the record cannot be read.
        OSError: the disk is full or the folder cannot be written.
    """
    read = read_book(kept, known)
    hidden = not_shown(read, known.reporting.unknown_screens, _systems(read, known))
    pictures = ordered_pictures(read)
    again = reminders(known.accepted.accepted, kept.journeys, now.astimezone(HANOI).date())
    images = embedded(kept.folder, pictures, known.reporting.pictures.at_most)
    template = pages(language).get_template("guides.html.j2")
    page = template.stream(
        book=read,
        hidden=hidden,
        corrections=corrections(read),
        conclusion=conclusion,
        told=told,
        reminders=again,
        images=images,
        left_out=len({picture.file for picture in pictures}) - len(images),
        manifest=manifest,
        now=now,
    )
    page.enable_buffering(200)
    page.dump(str(folder / "guides.html"), encoding="utf-8")
    write_tables(read, hidden, again, folder, language)
    return read


def _systems(read: Book, known: Known) -> set[str]:
    """The portals of a run with every system that they share."""
    portals = {guide.portal for guide in read.guides}
    shared = {
        system.portal
        for portal in portals & {*known.atlases}
        for system in known.atlases[portal].systems
    }
    return portals | shared
