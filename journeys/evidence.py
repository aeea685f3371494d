"""Pictures of what a visitor saw: when they are taken, and where they lie."""

from __future__ import annotations

import itertools
from functools import reduce
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page

from journeys.bounded import read_all
from record.model import Box, Picture

When = Literal["every move", "differences"]


class Evidence:
    """The pictures of one walk, raw; whatever is secret on a screen is covered before they are taken.

    Args:
        folder: the run's folder; pictures go below it.
        prefix: the walk's own part of the file names.
        when: at every move, or only where a step does not match.
    """

    def __init__(self, folder: Path, prefix: str, when: When) -> None:
        self.folder = folder
        self.prefix = prefix
        self.when = when
        self._numbers = itertools.count(1)

    def take(
        self,
        page: Page,
        seat: str,
        secrets: list[Locator],
        personal: list[Locator],
    ) -> Picture:
        """Take a picture of what is on the screen now.

        Args:
            page: the page.
            seat: whose screen it is.
            secrets: elements to cover now.
            personal: elements whose boxes are noted, to be covered when a report is drawn; before
                and after, since a page may be moving while it is taken.

        Raises:
            OSError: the disk is full.
        """
        name = f"pictures/{self.prefix}-{next(self._numbers):02d}-{seat}.jpeg"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = _boxes(personal)
        content = page.screenshot(
            type="jpeg",
            quality=80,
            mask=secrets,
            mask_color="#808080",
            caret="initial",
            scale="css",
        )
        after = [box for box in _boxes(personal) if box not in before]
        path.write_bytes(content)
        size = page.viewport_size or {"width": 0, "height": 0}
        return Picture(
            file=name,
            seat=seat,
            width=size["width"],
            height=size["height"],
            address=page.url.partition("?")[0].partition("#")[0],
            personal=(*before, *after),
        )


def _boxes(places: list[Locator]) -> list[Box]:
    """Where the elements of some places stand now, in one question to the page."""
    if not places:
        return []
    every = reduce(Locator.or_, places)
    return [Box.model_validate(box) for box in read_all(every, "box")]
