"""The living guide as DOCX, so that an office can go on writing in it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reporting.embedding import content_of
from reporting.living import Line, LivingGuide, Step
from reporting.pages import day_of, moment
from reporting.phrases import phrase
from reporting.runs import KeptRun
from reporting.wording import Proposal

_RED = RGBColor(0xA3, 0x16, 0x1C)
_GREEN = RGBColor(0x0B, 0x5C, 0x2E)
_AMBER = RGBColor(0x7A, 0x4D, 0x00)


def write_docx(
    living: LivingGuide, kept: KeptRun, path: Path, language: str, again: Sequence[str] = ()
) -> None:
    """Write a living guide as DOCX on A4.

    Args:
        living: the guide.
        kept: the run it was made anew from.
        path: the file.
        language: `vi` or `en`.
        again: a sentence for each of its acceptances that has to be looked at again.

    Raises:
        OSError: it cannot be written.
    """
    _Writer(living, kept, language).write(path, again)


class _Writer:
    def __init__(self, living: LivingGuide, kept: KeptRun, language: str) -> None:
        self._living = living
        self._kept = kept
        self._language = language
        self._document = Document()

    def write(self, path: Path, again: Sequence[str]) -> None:
        self._lay_out()
        run = self._kept.run
        self._document.add_heading(self._living.guide.title, level=0)
        if run.simulated:
            self._paragraph(self._say("simulated long"), bold=True, colour=_AMBER)
        about = self._say("living about", run=run.run, when=moment(run.started))
        self._document.add_paragraph(f"{about} {self._say('masked')}")
        self._paragraph(self._say("living proposals", count=self._living.proposals), bold=True)
        for section in self._living.sections:
            title = section.journey.journey.title
            self._document.add_heading(f"{section.number}. {title}", level=1)
            for step, number in section.repeats:
                self._document.add_paragraph(self._say("as above", steps=step, section=number))
            for made in section.steps:
                self._step(made)
        self._law()
        self._acceptances(again)
        self._document.save(str(path))

    def _lay_out(self) -> None:
        page = self._document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.5)
        page.top_margin = page.bottom_margin = Cm(2)
        style: Any = self._document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        properties = self._document.core_properties
        properties.title, properties.language = self._living.guide.title, "vi-VN"
        properties.author = "Guidewatch"
        if self._kept.run.simulated:
            page.footer.paragraphs[0].text = self._say("simulated portal")

    def _step(self, step: Step) -> None:
        self._document.add_heading(step.name, level=2)
        if step.obstacle:
            reason = step.reason or self._say("no reason")
            self._paragraph(self._say(step.obstacle, reason=reason), bold=True, colour=_RED)
        for line in step.lines:
            self._line(line, step.name)

    def _line(self, line: Line, step: str) -> None:
        paragraph = self._document.add_paragraph(f"({line.number}) ")
        if line.label:
            self._mark(paragraph, line.label)
        self._pieces(paragraph, line.words)
        for note in line.words.notes:
            paragraph = self._document.add_paragraph()
            self._mark(paragraph, "proposed")
            self._put(paragraph, note)
        for aside in line.asides:
            words = self._say("as accepted", seen=aside.claim.seen)
            self._document.add_paragraph().add_run(words).italic = True
        self._figure(line, step)

    def _pieces(self, paragraph: Any, words: Proposal) -> None:
        for space, piece in words.spaced:
            spaced = space + piece.words
            if piece.change == "gone":
                self._take(paragraph, spaced)
            elif piece.change == "put":
                self._put(paragraph, spaced)
            else:
                paragraph.add_run(spaced)

    def _mark(self, paragraph: Any, key: str) -> None:
        marked = paragraph.add_run(f"[{self._say(key)}] ")
        marked.bold, marked.font.color.rgb = True, _AMBER

    def _take(self, paragraph: Any, words: str) -> None:
        run = paragraph.add_run(words)
        run.font.strike, run.font.color.rgb = True, _RED

    def _put(self, paragraph: Any, words: str) -> None:
        run = paragraph.add_run(words)
        run.font.underline, run.font.color.rgb = True, _GREEN

    def _figure(self, line: Line, step: str) -> None:
        figure = line.figure
        content = content_of(self._kept.folder, figure.picture, figure.mark) if figure else None
        if figure is None or content is None:
            return
        phone = figure.picture.seat == "phone"
        self._document.add_picture(BytesIO(content), width=Cm(5.5 if phone else 15.5))
        picture = self._document.paragraphs[-1]
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.paragraph_format.keep_with_next = True
        words = self._caption(line, step)
        shape = self._document.inline_shapes[-1]
        shape._inline.docPr.set("descr", words)  # what a screen reader says of the picture
        caption = self._document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.add_run(words).italic = True

    def _caption(self, line: Line, step: str) -> str:
        assert line.figure is not None
        picture = line.figure.picture
        words = self._say("step picture", number=line.figure.number) + ". "
        words += self._say("picture of", seat=self._say(picture.seat), step=step)
        if picture.control:
            words += self._say("picture marked", name=picture.control.name)
        return f"{words} – {self._say('simulated portal')}" if self._kept.run.simulated else words

    def _law(self) -> None:
        if not self._living.guide.legal_basis:
            return
        self._document.add_heading(self._say("law living"), level=1)
        for basis in self._living.guide.legal_basis:
            paragraph = self._document.add_paragraph()
            if basis.state == "superseded" and basis.since:
                self._mark(paragraph, "proposed")
                self._take(paragraph, basis.cites)
                self._put(paragraph, f" {basis.by}")
                state = self._say("superseded", by=basis.by, since=day_of(basis.since))
                paragraph.add_run(f" ({state}; {basis.source})")
            else:
                paragraph.add_run(f"{basis.cites} ({self._say('in force')})")

    def _acceptances(self, again: Sequence[str]) -> None:
        if again:
            self._document.add_heading(self._say("acceptances"), level=1)
        for sentence in again:
            self._document.add_paragraph(sentence)

    def _paragraph(self, words: str, bold: bool = False, colour: RGBColor | None = None) -> None:
        run = self._document.add_paragraph().add_run(words)
        run.bold = bold
        if colour is not None:
            run.font.color.rgb = colour

    def _say(self, key: str, **values: object) -> str:
        return phrase(key, self._language, **values)
