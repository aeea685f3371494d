"""Where we may go, as whom, and how far: one file an environment; secrets come from outside the file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values
from pydantic import Field

from config.strict import CONFIG, File, Mistake, Strict, load

SecretKind = Literal["account", "password", "code", "passcode", "payload", "pin", "phone", "detail"]
Leaving = Literal["registration", "profile", "right"]


class CodeSource(Strict):
    """Where a visitor's one-time codes come from.

    `totp` computes them (RFC 6238), `sms_inbox` reads a test inbox over HTTP, `ask` lets a person act.
    """

    source: Literal["totp", "sms_inbox", "ask"]
    secret: str | None = Field(default=None, description="totp: base32, or ${NAME}")
    inbox: str | None = Field(default=None, description="sms_inbox: address of the inbox")
    within: float = Field(default=60, description="seconds to wait for the code")


class Account(Strict):
    """One visitor of an environment. `${NAME}` stands for a value from the environment or `.env`."""

    account: str
    password: str
    phone: str | None = None
    passcode: str | None = None
    name: str | None = Field(
        default=None, description="an organisation's, by which its certificate is chosen"
    )
    pins: dict[Literal["smartca", "token", "sim"], str] = {}
    details: dict[str, str] = Field(
        default={}, description="what they enter into a form, by its field's key in the portal file"
    )
    leaves: tuple[Leaving, ...] = Field(
        default=(), description="what their journeys leave behind, taken back where that can be"
    )
    codes: dict[Literal["sms", "app"], CodeSource] = {}

    def secrets(self) -> set[str]:
        """What must never be seen of this visitor, as far as it is known before anybody walks."""
        computed = {source.secret for source in self.codes.values() if source.secret}
        own = {self.account, self.password, *self.pins.values(), *computed}
        return own | {self.passcode} if self.passcode else own


class Bounds(Strict):
    """How far a walk may go."""

    credentials: bool = Field(description="may secrets be typed at all")
    methods: Literal["any", "read-only"] = "any"
    visits_per_hour: int | None = Field(default=None, description="a host's budget; none: no limit")


class Limits(Strict):
    """Time limits in seconds; each a little under the one outside it, so that evidence is written."""

    action: float = 10
    arrival: float = 20
    journey: float = 120


class Names(Strict):
    """How names become addresses, and whom to trust, where public DNS and authorities are not meant."""

    map: dict[str, str] = Field(default={}, description="name -> address:port")
    ca: str | None = Field(default=None, description="PEM file of the private authority")


class Environment(File):
    """One environment."""

    environment: str
    simulated: bool = False
    network: Literal["embedded", "mapped", "public"]
    names: Names = Names()
    bounds: Bounds
    limits: Limits = Limits()
    user_agent: str | None = None
    secret_origins: dict[SecretKind, tuple[str, ...]] = {}
    visitors: dict[str, Account] = {}


_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")


def environment(
    name: str,
    folder: Path = CONFIG / "environments",
    variables: Mapping[str, str] | None = None,
) -> Environment:
    """An environment with its `${NAME}` values put in.

    Args:
        name: which one, or the path of a file of one's own.
        folder: where the known ones lie.
        variables: where `${NAME}` is looked up; by default the process' environment, then `.env`.

    Raises:
        Mistake: no such environment, a wrong file, or a value that is missing; each with its remedy.
    """
    path = Path(name) if name.endswith(".yaml") else folder / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in folder.glob("*.yaml")))
        raise Mistake([f"there is no environment “{name}”; known: {known}"])
    loaded = load(path, Environment)
    if variables is None:
        given = {key: value for key, value in dotenv_values(".env").items() if value is not None}
        variables = {**given, **os.environ}
    missing: list[str] = []
    filled = _filled(loaded.model_dump(by_alias=True), variables, (), loaded, missing)
    if missing:
        raise Mistake(missing)
    result = Environment.model_validate(filled)
    result._path, result._tree = loaded._path, loaded._tree
    return result


def _filled(
    value: Any,
    variables: Mapping[str, str],
    location: tuple[str | int, ...],
    source: Environment,
    missing: list[str],
) -> Any:
    if isinstance(value, dict):
        return {
            key: _filled(item, variables, (*location, key), source, missing)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [
            _filled(item, variables, (*location, index), source, missing)
            for index, item in enumerate(value)
        ]
    if not isinstance(value, str):
        return value
    for name in _VARIABLE.findall(value):
        if not variables.get(name):
            missing.append(
                f"{source.place(*location)}: the value {name} is missing; "
                "set it in the environment or in the file .env (see .env.example)"
            )
    return _VARIABLE.sub(lambda found: variables.get(found[1], ""), value)
