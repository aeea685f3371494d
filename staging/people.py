"""The invented people of the embedded portals, as a test environment's owner gives out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Person:
    """Nobody real: identity numbers start with 000, telephone numbers with 09000000."""

    key: str
    identity: str
    name: str
    phone: str
    level: int
    birth_date: date
    gender: str
    address: str
    email: str
    identity_issued: date
    password: str
    passcode: str
    totp_secret: str
    app_allowed: bool = True
    locked: bool = False
    sms: Literal["delivered", "lost", "late"] = "delivered"

    @property
    def masked_phone(self) -> str:
        """As the real page shows it: `090****289` (portal-facts.md, VNeID, graded C)."""
        return f"{self.phone[:3]}****{self.phone[-3:]}"


class People:
    def __init__(self, people: list[Person]) -> None:
        self._by_identity = {person.identity: person for person in people}
        self._by_phone = {person.phone: person for person in people}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_identity.values())

    def by_identity(self, number: str) -> Person | None:
        return self._by_identity.get(number)

    def by_phone(self, number: str) -> Person | None:
        return self._by_phone.get(number)


def load_people() -> People:
    path = Path(__file__).with_name("people.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return People([Person(key=key, **row) for key, row in rows.items()])
