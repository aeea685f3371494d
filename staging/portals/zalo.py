"""The Zalo pop-up with a QR code that is not the login's (portal-facts.md, Thanh Hóa, graded C)."""

from __future__ import annotations

import functools

import segno


@functools.cache
def zalo_code(host: str) -> str:
    """The picture of a Zalo account's QR code, as a data address; the account is invented."""
    return segno.make(f"https://zalo.me/mo-phong-{host}", error="m").svg_data_uri(scale=5)
