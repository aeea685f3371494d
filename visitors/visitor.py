"""Who walks: one visitor of an environment, with credentials and second factors."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import httpx

from config.environments import Account
from config.environments import CodeSource as Configured
from config.strict import Mistake
from visitors.ask import Ask
from visitors.codes import Clock, CodeSource
from visitors.secret import Secret, Secrets
from visitors.sms_inbox import SmsInbox
from visitors.totp import Totp, Windows

Delivery = Literal["sms", "app"]


@dataclass(frozen=True)
class Visitor:
    """A citizen, an organisation's representative, an official.

    Attributes:
        role: under which the environment lists them.
        account: what they sign in with.
        password: theirs.
        phone: where messages go.
        passcode: of the app.
        name: an organisation's.
        pins: of what signs: SmartCA, USB token, SIM.
        details: what they enter into a form, by the key of its field.
        codes: where their one-time codes come from, by the way these are delivered.
    """

    role: str
    account: Secret
    password: Secret
    phone: str | None = None
    passcode: Secret | None = None
    name: str | None = None
    pins: Mapping[str, Secret] = field(default_factory=dict)
    details: Mapping[str, Secret] = field(default_factory=dict)
    codes: Mapping[Delivery, CodeSource] = field(default_factory=dict)


def visitor(
    role: str,
    configured: Account,
    *,
    client: httpx.Client,
    clock: Clock,
    secrets: Secrets,
    windows: Windows | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Visitor:
    """A visitor as the environment's file describes them.

    Args:
        role: under which the file lists them.
        configured: what it says.
        client: HTTP to the inbox, with the environment's names.
        clock: of the portals.
        secrets: remembers every secret, the codes to come too.
        windows: one-time codes used so far; by default those of this person on this machine.
        wait: lets seconds pass on the portals' clock, until the next window of a computed code.

    Raises:
        Mistake: a source of codes lacks what it needs.
        Unusable: a totp secret is none.
    """
    return Visitor(
        role=role,
        account=secrets.new("account", configured.account),
        password=secrets.new("password", configured.password),
        phone=configured.phone,
        passcode=secrets.new("passcode", configured.passcode) if configured.passcode else None,
        name=configured.name,
        pins={what: secrets.new("pin", pin) for what, pin in configured.pins.items()},
        # Typed as carefully as a secret, but words like these stand in any file: not remembered.
        details={key: Secret("detail", entry) for key, entry in configured.details.items()},
        codes={
            delivery: _source(
                f"{role}.codes.{delivery}",
                source,
                configured.phone,
                client,
                clock,
                secrets,
                windows or Windows(),
                wait,
            )
            for delivery, source in configured.codes.items()
        },
    )


def _source(
    place: str,
    source: Configured,
    phone: str | None,
    client: httpx.Client,
    clock: Clock,
    secrets: Secrets,
    windows: Windows,
    wait: Callable[[float], None],
) -> CodeSource:
    if source.source == "totp":
        if not source.secret:
            raise Mistake([f"visitors.{place}: totp needs a `secret`; add it, or ${{NAME}}"])
        shared = secrets.new("totp secret", source.secret)
        return Totp(shared, clock, secrets, windows, source.within, wait)
    if source.source == "sms_inbox":
        if not source.inbox or not phone:
            needed = "an `inbox` and the visitor's `phone`"
            raise Mistake([f"visitors.{place}: sms_inbox needs {needed}; add them"])
        return SmsInbox(source.inbox, phone, client, secrets, source.within)
    whose = f" sent to {phone}" if phone else ""
    return Ask(f"One-time code of the {place.split('.')[0]}{whose}", secrets, source.within)
