"""What the rules know, what they hear, and what they decide: plain values, no store, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from config.monitor import Audience

Change = Literal[
    "opened", "joined", "left", "flapping", "told", "untold", "reminded", "escalated",
    "acknowledged", "muted", "closed",
]  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a check saw when it failed: kept with the incident, told in the alert.

    Attributes:
        step: as the guide numbers it; `says`: the guide's own words there.
        picture: where the evidence lies, from the monitor's folder.
    """

    journey: str
    component: str
    kind: str
    message: str
    step: str = ""
    says: str = ""
    picture: str = ""


@dataclass(frozen=True)
class JourneyState:
    """The last checks of one journey, newest last.

    Attributes:
        portal: whose journey it is.
        looked: what each check blamed (or “ok”), ourselves included.
        worked: the same, of checks alone that say whether the portal works: “ok” or downtime.
        failing_since: when the first check saw downtime that no success has followed yet; what is
            no downtime (a captcha, our own error) neither begins nor ends it.
        blamed_since: since when every check has blamed what the last one blames; none: it is well.
    """

    portal: str
    looked: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    failing_since: float | None = None
    blamed_since: float | None = None


@dataclass(frozen=True)
class Incident:
    """One cause that is not over yet (times in seconds since the epoch)."""

    id: int
    cause: str
    opened: float
    since: float
    journeys: tuple[str, ...]
    ever: tuple[str, ...]
    portals: tuple[str, ...]
    last_bad: float
    seen: Seen | None = None
    simulated: bool = False
    flapping: bool = False
    told: tuple[Audience, ...] = ()
    told_at: float | None = None
    reminders: int = 0
    reminded_at: float | None = None
    escalated: bool = False
    acknowledged: str | None = None
    muted_until: float | None = None
    closed: float | None = None


@dataclass(frozen=True)
class State:
    """All that the rules remember.

    Attributes:
        openings: (cause, when) of the openings that may still make a cause flap.
    """

    journeys: Mapping[str, JourneyState] = field(default_factory=dict)
    incidents: Mapping[int, Incident] = field(default_factory=dict)
    openings: tuple[tuple[str, float], ...] = ()
    last_id: int = 0


# --- events ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Observed:
    """One check of one journey, confirmed if it failed.

    Attributes:
        cause: “ok”, what it blames, or none where it says nothing.
        excused: during maintenance, outside service hours, or without a network of our own.
    """

    at: float
    journey: str
    portal: str
    cause: str | None
    seen: Seen | None = None
    excused: bool = False
    simulated: bool = False


@dataclass(frozen=True)
class NetworkSeen:
    """Whether our own network works."""

    at: float
    works: bool
    message: str = ""


@dataclass(frozen=True)
class Tick:
    """Time has passed; `gathered`: a run is over, nothing more of it will come."""

    at: float
    gathered: bool = False


@dataclass(frozen=True)
class Watching:
    """What is watched from now on, journey -> portal; whatever is not leaves its incidents."""

    at: float
    journeys: Mapping[str, str]


@dataclass(frozen=True)
class Acknowledged:
    """Somebody takes care of an incident."""

    at: float
    incident: int
    by: str


@dataclass(frozen=True)
class Muted:
    """Somebody wants no more messages about an incident for a while."""

    at: float
    incident: int
    until: float
    by: str


@dataclass(frozen=True)
class DrillBegun:
    """An incident on purpose."""

    at: float
    by: str


@dataclass(frozen=True)
class DrillEnded:
    """The end of it."""

    at: float


Event = (
    Observed | NetworkSeen | Tick | Watching | Acknowledged | Muted | DrillBegun | DrillEnded
)  # fmt: skip


# --- decisions ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Note:
    """Something that happened to an incident, to be kept as its history."""

    incident: Incident
    change: Change
    at: float
    what: str = ""


@dataclass(frozen=True)
class Tell:
    """Tell an audience of a change. `key` is the same however often this is decided again."""

    incident: Incident
    change: Literal["opened", "reminder", "escalated", "closed"]
    audience: Audience
    at: float
    number: int = 0

    @property
    def key(self) -> str:
        """What a receiver can recognise a second copy by."""
        number = f"-{self.number}" if self.number else ""
        return f"{self.incident.id}/{self.change}{number}/{self.audience}"


Decision = Note | Tell
