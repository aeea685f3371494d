"""The telephone operator's register, which the registration is checked against."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Subscriber:
    phone: str
    identity: str
    name: str
    birth_date: date
    card_valid_until: date

    def is_who_entered(self, entered: Mapping[str, str]) -> bool:
        """Whether the entries of the form are this subscriber's own, the card's last day left out."""
        return (
            entered["so-dinh-danh"] == self.identity
            and _plain(entered["ho-ten"]) == _plain(self.name)
            and entered["ngay-sinh"] == f"{self.birth_date:%d/%m/%Y}"
        )

    def holds_the_card(self, entered: Mapping[str, str]) -> bool:
        """Whether the card's last day is the one that was entered."""
        return entered["ngay-het-han"] == f"{self.card_valid_until:%d/%m/%Y}"


def load_subscribers() -> dict[str, Subscriber]:
    """By telephone number."""
    path = Path(__file__).with_name("subscribers.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return {row["phone"]: Subscriber(**row) for row in rows.values()}


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
