"""The living guide as files: HTML, PDF and DOCX, one of each for every guide of a portal."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reporting.acceptances import Reminder
from reporting.book import Book, GuideLine
from reporting.embedding import content_of
from reporting.guide_report import Known, read_book
from reporting.living import LivingGuide, living_guide
from reporting.pages import pages
from reporting.phrases import phrase
from reporting.printing import print_pdf
from reporting.runs import KeptRun, NoRun
from reporting.word_document import write_docx


def write_living_guides(
    kept: KeptRun,
    known: Known,
    portal: str,
    folder: Path,
    language: str,
    again: Sequence[Reminder] = (),
) -> list[LivingGuide]:
    """Write the living guide of every guide of a portal as HTML and DOCX.

    Args:
        kept: the run.
        known: the configuration.
        portal: whose guides.
        folder: where they go.
        language: `vi` or `en`.
        again: acceptances to look at again; each guide lists its own.

    Returns:
        The guides that were written.

    Raises:
        NoRun: the run walked no guide of this portal.
        ValueError: a line of the record cannot be read.
        OSError: the disk is full or the folder cannot be written.
    """
    read = read_book(kept, known)
    made = [living_guide(_in_order(guide, known)) for guide in _of_portal(read, portal)]
    for living in made:
        name = living.guide.name
        own = [one.told(language) for one in again if one.entry.guide == name]
        page = _page(living, kept, language, own)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        write_docx(living, kept, folder / f"{name}.docx", language, own)
    return made


def print_living_guides(folder: Path, kept: KeptRun, language: str) -> None:
    """Print the living guides of a folder as PDF.

    Raises:
        NotPrinted: no browser is installed, or it failed.
    """
    simulated = phrase("simulated portal", language) if kept.run.simulated else ""
    pages_ = {path: path.with_suffix(".pdf") for path in sorted(folder.glob("*.html"))}
    print_pdf(pages_, simulated)


def _of_portal(book: Book, portal: str) -> list[GuideLine]:
    found = [guide for guide in book.guides if guide.portal == portal]
    if not found:
        walked = ", ".join(sorted({guide.portal for guide in book.guides})) or "none"
        raise NoRun(
            f"run {book.kept.run.run} walked no guide of portal “{portal}”; it walked: {walked}"
        )
    return found


def _in_order(guide: GuideLine, known: Known) -> GuideLine:
    """A guide with its journeys in the order in which it was published."""
    published = known.guides.get(guide.name)
    order = [journey.journey for journey in published.journeys] if published else []
    order += [line.journey.journey for line in guide.journeys]
    journeys = sorted(guide.journeys, key=lambda line: order.index(line.journey.journey))
    return replace(guide, journeys=tuple(journeys))


def _page(living: LivingGuide, kept: KeptRun, language: str, again: list[str]) -> str:
    images: dict[int, str] = {}
    for figure in living.figures:
        content = content_of(kept.folder, figure.picture, figure.mark)
        if content is not None:
            code = base64.b64encode(content).decode("ascii")
            images[figure.number] = f"data:image/jpeg;base64,{code}"
    template = pages(language).get_template("living.html.j2")
    return template.render(living=living, kept=kept, images=images, again=again)
