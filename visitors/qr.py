"""The phone's camera: QR codes read from a picture of the desktop."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, ImageOps

from visitors.codes import Unusable

# Beyond this many pixels an enlarged picture costs seconds and shows nothing new.
_LARGEST = 16_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True)
class Box:
    """Where a code stands, in pixels of the picture that was given."""

    x: float
    y: float
    width: float
    height: float

    def contains_middle_of(self, other: Box) -> bool:
        """Whether another box' middle lies in this one: then both are the same code."""
        across, down = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= across <= self.x + self.width and self.y <= down <= self.y + self.height


@dataclass(frozen=True)
class QrCode:
    """One code in a picture. A log-in code is a secret: its text is left out of the repr."""

    text: str = field(repr=False)
    box: Box


def read(picture: bytes) -> list[QrCode]:
    """All QR codes that a picture shows, from top to bottom.

    Both readers look at the picture as it is. Measured on 384 screenshots of the headless shell
    (90 to 260 px, scale 1 to 2, upright and rotated, inverted, pale, one code and two): pyzbar
    read 276 of them in 22 ms each, zxing-cpp 384 in 3 ms, so the second reader is always worth
    asking: a code it adds may be the one that matters. Only where neither sees any code is the
    picture prepared: contrast, inverted, enlarged.

    Args:
        picture: PNG or any other form that Pillow reads.

    Raises:
        Unusable: the zbar library is not installed.
        ValueError: this is no picture.
    """
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            grey = opened.convert("L")
    except OSError:
        raise ValueError("this is no picture that Pillow can read") from None
    for prepared, scale in _prepared(grey):
        found: list[QrCode] = []
        for code in (*_zbar(prepared, scale), *_zxing(prepared, scale)):
            if not any(
                code.text == known.text and known.box.contains_middle_of(code.box)
                for known in found
            ):
                found.append(code)
        if found:
            return sorted(found, key=lambda code: (code.box.y, code.box.x))
    return []


def _prepared(grey: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The picture as it is, then prepared in ever dearer ways, each with its scale."""
    yield grey, 1.0
    contrast = ImageOps.autocontrast(grey, cutoff=1)
    yield contrast, 1.0
    yield ImageOps.invert(contrast), 1.0
    for scale in (2.0, 3.0):
        size = (round(grey.width * scale), round(grey.height * scale))
        if size[0] * size[1] <= _LARGEST:
            larger = contrast.resize(size, Image.Resampling.LANCZOS)
            yield larger, scale
            yield ImageOps.invert(larger), scale


def _zbar(picture: Image.Image, scale: float) -> Iterable[QrCode]:
    try:
        from pyzbar import pyzbar  # loads the shared library
    except ImportError:
        raise Unusable(
            "the zbar library, which reads QR codes, is missing; run `make set-up`, "
            "or install libzbar0 (Debian, Ubuntu) or zbar"
        ) from None
    for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        left, top, width, height = code.rect
        yield QrCode(
            code.data.decode(errors="replace"),
            Box(left / scale, top / scale, width / scale, height / scale),
        )


def _zxing(picture: Image.Image, scale: float) -> Iterable[QrCode]:
    for code in zxingcpp.read_barcodes(picture, _QR, text_mode=zxingcpp.TextMode.Plain):
        position = code.position
        corners = (
            position.top_left,
            position.top_right,
            position.bottom_right,
            position.bottom_left,
        )
        left, top = min(corner.x for corner in corners), min(corner.y for corner in corners)
        width = max(corner.x for corner in corners) - left
        height = max(corner.y for corner in corners) - top
        yield QrCode(code.text, Box(left / scale, top / scale, width / scale, height / scale))
