"""A picture to attach to a profile: of nobody, and plainly so."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass

from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Picture:
    """A file in a visitor's hands.

    Attributes:
        name: of the file.
        kind: its media type.
        content: what is in it.
    """

    name: str
    kind: str
    content: bytes


@functools.cache
def portrait() -> Picture:
    """The picture that every visitor has with them."""
    drawn = Image.new("RGB", (120, 120), "#8aa4bd")
    pencil = ImageDraw.Draw(drawn)
    pencil.ellipse((40, 20, 80, 60), fill="#ffffff")
    pencil.ellipse((20, 65, 100, 150), fill="#ffffff")
    content = io.BytesIO()
    drawn.save(content, "PNG")
    return Picture("anh-dai-dien.png", "image/png", content.getvalue())
