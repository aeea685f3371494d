"""What can be made to go wrong, and what is wrong at the moment."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from staging import hosts


class UnknownFaultError(ValueError):
    """A fault, parameter or host that the catalogue does not have; the message says which."""


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: type
    what: str
    default: Any = None  # None: has to be given


@dataclass(frozen=True)
class Kind:
    """One entry of the catalogue. `hosts` is where it can be set; empty: it belongs to no host."""

    name: str
    what: str
    hosts: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()


_REACHABLE = (*hosts.VISITED, hosts.CERTIFICATE_SERVICE, hosts.SMS)
_LOGINS = (*hosts.PORTALS, hosts.HUNG_YEN_OFFICIALS, *hosts.NATIONAL_PORTALS)
_PAGES = (*_LOGINS, hosts.VNEID, *hosts.PHONES, hosts.TOKEN_AGENT)
_CONTROL = Parameter("control", str, "short name of the control, see controls")

CATALOGUE: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "latency",
            "every answer of the host comes late",
            _REACHABLE,
            (Parameter("seconds", float, "how late", 2.0),),
        ),
        Kind("hang", "the host accepts the connection and never answers", _REACHABLE),
        Kind("connection-refused", "the host refuses connections on its port", _REACHABLE),
        Kind("tls-expired", "the host's certificate ran out yesterday", _REACHABLE),
        Kind("tls-wrong-host", "the host's certificate is for another name", _REACHABLE),
        Kind("tls-foreign", "the host's certificate is of an unknown authority", _REACHABLE),
        Kind("error-500", "the server's bare error page", _REACHABLE),
        Kind("maintenance", "a maintenance page with status 503", _REACHABLE),
        Kind("firewall", "a firewall's 'Request Rejected' page", _REACHABLE),
        Kind(
            "redirected-portal",
            "every page of the host redirects to another address",
            _PAGES,
            (Parameter("to", str, "the address", f"https://{hosts.NATIONAL}/"),),
        ),
        Kind(
            "lookalike-login",
            "the host's way to VNeID leads to a look-alike host instead",
            (*_LOGINS, hosts.VNEID),
        ),
        Kind("captcha-before-login", "a captcha stands before the login", (*_LOGINS, hosts.VNEID)),
        Kind("second-qr", "a pop-up with a Zalo QR code in front of the login choice", _LOGINS),
        Kind(
            "control-renamed",
            "a control has another name",
            _PAGES,
            (_CONTROL, Parameter("to", str, "its new name")),
        ),
        Kind("control-removed", "a control is gone", _PAGES, (_CONTROL,)),
        Kind(
            "field-added",
            "the login form has one more field, and it is required",
            (*_LOGINS, hosts.VNEID),
            (Parameter("label", str, "its label", "Mã tỉnh"),),
        ),
        Kind("extra-screen", "a screen in between after the login", (*_LOGINS, hosts.VNEID)),
        Kind(
            "session-survives-sign-out",
            "signing out does not end the session of this host",
            (*_LOGINS, hosts.VNEID),
        ),
        Kind("sms-lost", "no SMS arrives"),
        Kind(
            "sms-late",
            "every SMS arrives late",
            parameters=(Parameter("seconds", float, "how late", 20.0),),
        ),
        Kind("qr-unreadable", "the login QR code is damaged"),
        Kind(
            "otp-digits",
            "login codes have another number of digits",
            parameters=(Parameter("digits", int, "how many", 8),),
        ),
        Kind(
            "otp-lifetime",
            "login codes live for another time",
            parameters=(Parameter("seconds", float, "how long", 60.0),),
        ),
        Kind("vneid-down", "VNeID refuses connections while the portals are up"),
        Kind("token-agent-stopped", "the signing program on the visitor's machine does not run"),
        Kind(
            "token-agent-port",
            "the signing program listens on another of its ports",
            parameters=(Parameter("port", int, "4433, 4434, 4435, 9201 or 9202", 9201),),
        ),
        Kind("token-absent", "no USB token is plugged in"),
        Kind("signature-elsewhere", "what signs signs another challenge than the one asked for"),
        Kind("revocation-list-outdated", "the list of revoked certificates is a month old"),
        Kind("revocation-list-forged", "the list of revoked certificates is signed by another key"),
    )
}


class Faults:
    """The faults that are on. Nothing is random: a fault is on from one call until the reset."""

    def __init__(self) -> None:
        self._on: dict[tuple[str, str | None, str | None], dict[str, Any]] = {}
        self._listeners: list[Callable[[], asyncio.Task[None] | None]] = []
        self._settling: list[asyncio.Task[None]] = []

    def active(self, name: str, host: str | None = None) -> dict[str, Any] | None:
        """The parameters of the fault if it is on for this host (set for it or for all), or None.

        Asked without a host: whether it is on at all. Never an empty dict, so it can be asked with
        a plain `if`.
        """
        found = self.all_active(name, host)
        return found[0] if found else None

    def all_active(self, name: str, host: str | None = None) -> list[dict[str, Any]]:
        """Some faults can be on several times for one host, once a control."""
        kind = CATALOGUE[name]
        return [
            parameters
            for (fault, where, _), parameters in self._on.items()
            if fault == name and _applies(kind, where, host)
        ]

    def all_on(self) -> list[dict[str, Any]]:
        return list(self._on.values())

    def set(self, name: str, given: dict[str, Any]) -> None:
        parameters = _checked(name, given)
        self._on[(name, parameters.get("host"), parameters.get("control"))] = parameters
        self._changed()

    def clear(self) -> None:
        self._on.clear()
        self._changed()

    def on_change(self, listener: Callable[[], asyncio.Task[None] | None]) -> None:
        """For what has to act at once, such as a listener that must refuse connections."""
        self._listeners.append(listener)

    async def settled(self) -> None:
        """Once this returns, every fault that was set or cleared before is true on the network."""
        while self._settling:
            await self._settling.pop()

    def _changed(self) -> None:
        for listener in self._listeners:
            if task := listener():
                self._settling.append(task)


def _applies(kind: Kind, where: str | None, host: str | None) -> bool:
    if host is None or where == host:
        return True
    # Set for all hosts: the tests' own tools stay usable unless one is named.
    return where is None and (not kind.hosts or (host in kind.hosts and host != hosts.SMS))


def _checked(name: str, given: dict[str, Any]) -> dict[str, Any]:
    kind = CATALOGUE.get(name)
    if kind is None:
        raise UnknownFaultError(f"There is no fault '{name}'; there are {', '.join(CATALOGUE)}.")
    known = {parameter.name for parameter in kind.parameters} | ({"host"} if kind.hosts else set())
    if unknown := sorted(set(given) - known):
        raise UnknownFaultError(
            f"'{name}' has no parameter '{unknown[0]}', only: {', '.join(sorted(known)) or 'none'}."
        )
    checked: dict[str, Any] = {"fault": name}
    host = given.get("host")
    if host is not None:
        if host not in kind.hosts:
            raise UnknownFaultError(f"'{name}' cannot be set for '{host}', only for {kind.hosts}.")
        checked["host"] = host
    for parameter in kind.parameters:
        checked[parameter.name] = _value(kind, parameter, given)
    return checked


def _value(kind: Kind, parameter: Parameter, given: dict[str, Any]) -> Any:
    value = given.get(parameter.name, parameter.default)
    if value is None:
        raise UnknownFaultError(f"'{kind.name}' needs '{parameter.name}': {parameter.what}.")
    if parameter.kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, parameter.kind) or isinstance(value, bool):
        raise UnknownFaultError(
            f"'{parameter.name}' of '{kind.name}' is {parameter.kind.__name__}, not {value!r}."
        )
    return value
