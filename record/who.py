"""Who starts what leaves evidence behind: a run, and its seal."""

from __future__ import annotations

import getpass
import os


def who() -> str:
    """Who runs this: as named in GUIDEWATCH_WHO, else the name of the account."""
    try:
        return os.environ.get("GUIDEWATCH_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
