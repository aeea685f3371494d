"""A further province of the family, from a file: for trying whether a new one needs any code."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from staging.portals.igate.provinces import Province

_PLAIN: dict[str, Any] = {
    "colour": "#31543b",
    "accent": "#8a5a00",
    "login_moves_on": False,
    "officials": "/dich-vu-cong/can-bo/dang-nhap",
    "received": 100,
    "by_month": ((40, 38), (60, 57)),
    "news": (),
}


def province(path: Path) -> Province:
    """What the file says; the rest is plain."""
    given: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return Province(**(_PLAIN | given))
