"""A captcha's picture: characters that are drawn, not written."""

import hashlib
from base64 import b64encode


def captcha_image(text: str) -> str:
    """The same text always gives the same picture: tilts come from a hash, not from chance."""
    tilts = hashlib.sha256(text.encode()).digest()
    letters = "".join(
        f'<text x="{16 + 26 * place}" y="{34 + tilts[place] % 8}" font-size="28" '
        f'transform="rotate({tilts[place] % 40 - 20} {20 + 26 * place} 28)">{letter}</text>'
        for place, letter in enumerate(text)
    )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="52">'
        '<rect width="160" height="52" fill="#eef1f5"/>'
        f'<g font-family="serif" fill="#334">{letters}</g>'
        '<path d="M0 34 Q40 8 80 30 T160 20" stroke="#78909c" fill="none" stroke-width="2"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
