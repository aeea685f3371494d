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


class NotPrinted(Exception):
    """Nothing could be printed, or not all of it; the message says why in one sentence."""


def print_pdf(pages: dict[Path, Path], footer: str) -> None:
    """Print pages on A4.

    Args:
        pages: each HTML file with the PDF to make of it.
        footer: a few words at the foot of each sheet, beside its number.

    Raises:
        NotPrinted: no browser is installed, or it failed.
        OSError: a PDF cannot be written.
    """
    try:
        with sync_playwright() as playwright, _browser(playwright) as browser:
            for source, target in pages.items():
                target.write_bytes(_printed(browser, source, footer))
    except Error as error:
        said = error.message.partition("\n")[0]
        raise NotPrinted(f"the browser could not print ({said}); HTML and DOCX are there") from None


def _printed(browser: Browser, source: Path, footer: str) -> bytes:
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
    page.close()
    return content


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
    raise NotPrinted("no browser to print with; run `make set-up`; HTML and DOCX are there")
