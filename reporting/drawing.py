"""Marking and masking: what is drawn on a raw picture when it goes into a report."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from record.model import Box

# The red of the guides' own frames, and a grey that nobody takes for a part of the page.
RED = (214, 24, 32)
GREY = (128, 128, 128)


def drawn(
    path: Path, mark: Box | None = None, number: int | None = None, masks: Iterable[Box] = ()
) -> bytes:
    """A picture as a report shows it.

    Args:
        path: the raw picture (JPEG), one pixel a CSS pixel.
        mark: the control to frame, in CSS pixels; none: nothing is framed.
        number: put beside the frame, as in the guides.
        masks: what must not be read (personal data), in CSS pixels.

    Returns:
        The picture as JPEG.

    Raises:
        FileNotFoundError: the picture is not there.
    """
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    pen = ImageDraw.Draw(picture)
    for box in masks:
        pen.rectangle(_corners(box, 2), fill=GREY)
    if mark is not None:
        pen.rounded_rectangle(_corners(mark, 5), radius=6, outline=RED, width=4)
        if number is not None:
            _badge(pen, mark, number)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _corners(box: Box, margin: float) -> tuple[float, float, float, float]:
    return (
        box.x - margin,
        box.y - margin,
        box.x + box.width + margin,
        box.y + box.height + margin,
    )


def _badge(pen: ImageDraw.ImageDraw, box: Box, number: int) -> None:
    """The number of a move in a disc at the frame's upper left corner, kept on the picture."""
    x, y = max(box.x - 5, 14), max(box.y - 5, 14)
    pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill=RED)
    pen.text((x, y), str(number), fill="white", anchor="mm", font=ImageFont.load_default(18))
