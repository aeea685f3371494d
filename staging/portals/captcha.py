"""A captcha in front of a login, when the fault `captcha-before-login` is on.

A person can solve it, the suite must not: it has to say `blocked`.
"""

from __future__ import annotations

import io
import random
import secrets

from PIL import Image, ImageDraw, ImageFont
from starlette.requests import Request
from starlette.responses import Response

LETTERS = "ABCDEFGHKMNPQRTUVWXY346789"


def solved(request: Request) -> bool:
    return bool(request.session.get("captcha_solved"))


def check(request: Request, answer: str) -> bool:
    """Whether the answer is right; a picture is good for one answer."""
    expected = request.session.pop("captcha", None)
    right = bool(expected) and secrets.compare_digest(expected.lower(), answer.strip().lower())
    if right:
        request.session["captcha_solved"] = True
    return right


async def picture(request: Request) -> Response:
    """Draws five letters that stand only in the picture and, unseen, in the session."""
    word = "".join(secrets.choice(LETTERS) for _ in range(5))
    request.session["captcha"] = word
    return Response(_draw(word), media_type="image/png", headers={"Cache-Control": "no-store"})


def _draw(word: str) -> bytes:
    chance = random.Random()
    image = Image.new("RGB", (170, 54), "#f3f6fb")
    for position, letter in enumerate(word):
        tile = Image.new("RGBA", (44, 44), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text(
            (8, 2), letter, fill="#1b3a6b", font=ImageFont.load_default(size=32)
        )
        tile = tile.rotate(chance.uniform(-22, 22), resample=Image.Resampling.BICUBIC)
        image.paste(tile, (6 + position * 31, 4 + chance.randint(-3, 3)), tile)
    pen = ImageDraw.Draw(image)
    for _ in range(5):
        ends = [(chance.randint(0, 170), chance.randint(0, 54)) for _ in range(2)]
        pen.line(ends, fill="#7d93b8", width=1)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
