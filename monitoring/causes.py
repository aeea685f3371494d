"""Causes: what a check blames, who hears of it first, and whether it is downtime."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from config.monitor import Audience
from record.model import OF_THE_ACCOUNT, Fault, Outcome

Kind = Literal["system", "portal", "control", "blocked", "account", "ourselves", "network", "drill"]

SHARED = ("VNeID", "national provider", "SMS", "signing service")
ASIDE = "account put aside"  # said by our own guard: refused before, and not tried

OK = "ok"
DOWN: frozenset[str] = frozenset({"system", "portal", "control"})
WHOLE: frozenset[str] = frozenset({"network", "drill"})  # no journey ever joins these

FIRST_TOLD: Mapping[str, tuple[Audience, ...]] = {
    "system": ("duty",),
    "portal": ("duty",),
    "control": ("quality",),
    "blocked": ("quality",),
    "account": ("quality",),
    "ourselves": ("operator",),
    "network": ("operator",),
    "drill": ("duty", "quality", "operator"),
}

OURSELVES = "ourselves:monitor"
OWN_NETWORK = "network:own"


def cause_of(outcome: Outcome, portal: str, fault: Fault | None, account: str = "") -> str | None:
    """What a check's outcome blames, as “kind:name”.

    Args:
        outcome: of the journey.
        portal: whose journey it is.
        fault: of the step that could not be done, where there is one.
        account: which test account was used, in a form that gives nothing away.

    Returns:
        “ok” where the portal did its work, however much it differs from its guide; none where the
        check says nothing (it was out of bounds).
    """
    if outcome in ("matches", "accepted", "drifted"):
        return OK
    if outcome in ("not_checked", "not_reached"):
        return None
    if outcome == "internal" or (fault and fault.component == "ourselves"):
        return OURSELVES
    if fault is not None and (fault.kind == ASIDE or fault.kind in OF_THE_ACCOUNT):
        return f"account:{account or portal}"
    if outcome == "blocked":
        return f"blocked:{portal}"
    if fault is not None and fault.component in SHARED:
        return f"system:{fault.component}"
    if fault is not None and fault.kind == "control gone":
        return f"control:{portal}"
    return f"portal:{portal}"


def kind_of(cause: str) -> Kind:
    """The kind of a cause."""
    return cause.partition(":")[0]  # type: ignore[return-value]


def name_of(cause: str) -> str:
    """What a cause names: a shared system, a portal, an account."""
    return cause.partition(":")[2]


def refused_account(cause: str | None) -> str | None:
    """The test account that was refused, now or before: it is used no more until a person looks."""
    return name_of(cause) if cause and kind_of(cause) == "account" else None


def is_down(cause: str) -> bool:
    """Whether a cause is downtime for those who want to use the portal."""
    return kind_of(cause) in DOWN
