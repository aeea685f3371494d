"""The invented organisations of the embedded portals."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

Way = Literal["usb", "smartca", "sim"]
CertificateState = Literal[
    "good", "expired", "not-yet-valid", "revoked", "foreign", "other-key", "other-tax-code"
]
AccountState = Literal["active", "locked", "none", "other-serial"]


@dataclass(frozen=True)
class Organisation:
    """Nobody real: tax codes start with 000, telephone numbers with 090000."""

    key: str
    tax_code: str
    name: str
    phone: str
    token_pin: str
    smartca_password: str
    smartca_pin: str
    sim_pin: str
    representative: str = ""  # identity number of who acts for it at VNeID
    certificate: CertificateState = "good"
    account: AccountState = "active"
    pins_locked: bool = False

    def pin(self, way: Way) -> str:
        return {"usb": self.token_pin, "smartca": self.smartca_pin, "sim": self.sim_pin}[way]


class Organisations:
    def __init__(self, organisations: list[Organisation]) -> None:
        self._by_key = {organisation.key: organisation for organisation in organisations}

    def __iter__(self) -> Iterator[Organisation]:
        return iter(self._by_key.values())

    def by_key(self, key: str) -> Organisation | None:
        return self._by_key.get(key)

    def by_tax_code(self, tax_code: str) -> Organisation | None:
        return next((one for one in self if one.tax_code == tax_code), None)

    def by_phone(self, phone: str) -> Organisation | None:
        return next((one for one in self if one.phone == phone), None)

    def represented_by(self, identity: str) -> Organisation | None:
        return next((one for one in self if one.representative == identity), None)


def load_organisations() -> Organisations:
    path = Path(__file__).with_name("organisations.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return Organisations([Organisation(key=key, **row) for key, row in rows.items()])
