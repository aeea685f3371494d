"""Printing a page to PDF with the browser that walks the guides; it reaches no other host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_NOWHERE = ["--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server"]
_FOOTER = (
    '<div style="font:8px sans-serif;width:100%;padding:0 12mm;display:flex;'
    'justify-content:space-between"><span>{words}</span>'
    '<span><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>'
)


class NoBrowser(Exception):
    """There is no browser to print with; the message says what to do."""


def print_pdf(pages: dict[Path, Path], footer: str) -> None:
    """Print pages on A4.

    Args:
        pages: each HTML file with the PDF to make of it.
        footer: a few words at the foot of each sheet, beside its number.

    Raises:
        NoBrowser: none is installed.
        OSError: a PDF cannot be written.
    """
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        try:
            for source, target in pages.items():
                page = browser.new_page()
                page.goto(source.resolve().as_uri(), wait_until="load")
                content = page.pdf(
                    format="A4",
                    print_background=True,
                    tagged=True,
                    outline=True,
                    display_header_footer=True,
                    header_template="<span></span>",
                    footer_template=_FOOTER.format(words=footer),
                    margin={"top": "14mm", "bottom": "18mm", "left": "12mm", "right": "12mm"},
                )
                target.write_bytes(content)
                page.close()
        finally:
            browser.close()


def _browser(playwright: Playwright) -> Browser:
    """Playwright's own build, else the distribution's."""
    found = [shutil.which(name) for name in ("chromium-headless-shell", "chromium")]
    for program in (None, *(path for path in found if path)):
        try:
            return playwright.chromium.launch(
                executable_path=program, args=_NOWHERE, chromium_sandbox=os.geteuid() != 0
            )
        except Error:
            continue
    raise NoBrowser("no browser to print with; run `make set-up`; HTML and DOCX are there")
