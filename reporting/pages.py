"""Pages made from templates: escaped, with words in the reader's language and times of Việt Nam."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from record.words import word
from reporting.phrases import phrase

TEMPLATES = Path(__file__).parent / "templates"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def pages(language: str) -> Environment:
    """The templates, for one language.

    Templates have `t` (a sentence or word), `word` (a word of the record that may be new) and the
    filters `moment`, `day` and `day_of` (times and days as people in Việt Nam write them).
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    say: Callable[..., str] = partial(_say, language)
    environment.globals.update(t=say, word=lambda key: word(key, language), language=language)
    environment.filters.update(moment=moment, day=day, day_of=day_of)
    return environment


def moment(time: datetime) -> str:
    """A time as it is shown: Asia/Ho_Chi_Minh, with its distance from Greenwich."""
    return f"{time.astimezone(HANOI):%d/%m/%Y %H:%M} (+07:00)"


def day(time: datetime) -> str:
    """A day as it is shown."""
    return f"{time.astimezone(HANOI):%d/%m/%Y}"


def day_of(written: str) -> str:
    """A day of the configuration ("2024-07-01") as it is shown."""
    return f"{date.fromisoformat(written):%d/%m/%Y}"


def _say(language: str, key: str, **values: object) -> str:
    return phrase(key, language, **values)
