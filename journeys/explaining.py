"""`explain`: from an error and a probe to a fault, kept at the step: which component, what kind."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from config.portals import Atlas
from journeys.deadline import OurDeadline
from journeys.eyes import BrowserGone
from pages.errors import Blocked, Gone, Refused, Stopped
from record.model import Component, Fault, Outcome

ProbeKind = Callable[[str], tuple[str | None, str]]
"""Ask a host without a browser: the kind of its fault (None: it is well) and what it says."""


def outcome_of(error: Exception) -> Outcome:
    """The outcome of a step whose verb raised an error."""
    if isinstance(error, Blocked):
        return "blocked"
    if isinstance(error, Refused) and error.component == "ourselves":
        return "internal"
    return "failed" if isinstance(error, Stopped) else "internal"


def explain(error: Exception, address: str, atlas: Atlas, probe: ProbeKind) -> Fault:
    """Say why a step could not be done.

    Args:
        error: what the verb raised.
        address: the address that the page in front was at.
        atlas: which host belongs to which system.
        probe: asked when a page did not come in time, to tell a dead host from a slow one.

    Returns:
        The fault; its message is the page's own wherever it has one.
    """
    if isinstance(error, OurDeadline):
        return Fault(component="ourselves", kind="timeout", message=str(error))
    if isinstance(error, BrowserGone):
        return Fault(component="ourselves", kind="browser gone", message="")
    if not isinstance(error, Stopped):
        return Fault(component="ourselves", kind="internal", message=_first_line(error))
    if error.kind == "code not delivered":
        return Fault(component="SMS", kind=error.kind, message=error.message)
    host = error.host or urlsplit(address).hostname or ""
    if isinstance(error, Gone) and not error.host:
        host = atlas.system_of(error.screen).hosts[0]
    kind, message = error.kind, error.message
    if kind == "timeout" and host:
        probed, said = probe(host)
        if probed in ("dns", "connect", "tls", "http"):
            kind, message = probed, said
    blamed = error.component if isinstance(error, Refused) else None
    return Fault(component=blamed or component_of(host, atlas), kind=kind, message=message)


def component_of(host: str, atlas: Atlas) -> Component:
    """Whose fault it is: the system that answers at a host; a host nobody knows is the portal's."""
    system = atlas.system_at(host)
    return system.component if system else "portal"


def proposal(error: Exception, atlas: Atlas) -> str | None:
    """The change to the portal file that a person may want to make, where one can be told."""
    if not isinstance(error, Gone) or error.control is None or error.closest is None:
        return None
    system = atlas.system_of(error.screen)
    place = system.place("screens", error.screen, "controls", error.control)
    return f"{place}: “{error.control}” không còn ở chỗ đã biết; gần nhất trên trang là “{error.closest}”"


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"
