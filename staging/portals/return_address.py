"""Where a portal goes after a login: only to a place of its own."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(wanted: str | None) -> str | None:
    """Returns `wanted` if it is a path of this portal, None if it leads elsewhere.

    Refused is whatever a browser could read as another host: an address with a scheme or a
    host, `//host`, and backslashes and control characters, which browsers turn into slashes
    or drop before they look at the address.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or any(ord(character) < 0x20 for character in wanted):
        return None
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else wanted
