"""How the monitor watches: cadence, thresholds, hours, channels, maintenance; `config/monitor.yaml`."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, field_validator, model_validator

from config.strict import CONFIG, File, Mistake, Strict, load

Audience = Literal["duty", "quality", "operator", "escalation", "audit"]
Language = Literal["vi", "en"]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"(\w{{3}})(?:-(\w{{3}}))?\s+({_TIME})-({_TIME})")


def duration(written: Any) -> float:
    """Seconds, from “90s”, “5m”, “4h” or “30d”; a bare number is seconds.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(written, int | float) and not isinstance(written, bool):
        if not (math.isfinite(written) and written >= 0):
            raise ValueError(f"“{written}” is no length of time; write 90s, 5m, 4h or 30d")
        return float(written)
    found = _DURATION.fullmatch(str(written).strip())
    if found is None:
        raise ValueError(f"“{written}” is no duration; write 90s, 5m, 4h or 30d")
    return float(found[1]) * _UNITS[found[2]]


def interval(written: Any) -> float:
    """A duration during which something can happen: longer than nothing.

    Raises:
        ValueError: it is none.
    """
    seconds = duration(written)
    if seconds == 0:
        raise ValueError(f"“{written}” is too short for anything; write 90s, 5m, 4h or 30d")
    return seconds


def time_of_day(written: Any) -> str:
    """A time of day, as “07:45”.

    Raises:
        ValueError: it is none.
    """
    if re.fullmatch(_TIME, str(written)) is None:
        raise ValueError(f"“{written}” is no time of day; write it as 07:45")
    return str(written)


Duration = Annotated[float, BeforeValidator(duration)]
Interval = Annotated[float, BeforeValidator(interval)]
TimeOfDay = Annotated[str, BeforeValidator(time_of_day)]


class Hours(Strict):
    """A part of the week, in Vietnam's time. An end before its beginning lies on the next day."""

    days: tuple[int, ...]
    begin: time
    end: time


def hours(written: Any) -> Hours:
    """A part of the week from “Mon-Fri 07:30-17:30” or “Sun 23:00-02:00”.

    Raises:
        ValueError: it is not written so.
    """
    if isinstance(written, Hours):
        return written
    found = _HOURS.fullmatch(str(written).strip())
    if found is None or {found[1], found[2] or found[1]} - set(_DAYS):
        raise ValueError(f"“{written}” is no part of a week; write it as “Mon-Fri 07:30-17:30”")
    first, last = _DAYS.index(found[1]), _DAYS.index(found[2] or found[1])
    days = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return Hours(days=days, begin=time.fromisoformat(found[3]), end=time.fromisoformat(found[4]))


WeeklyHours = Annotated[Hours, BeforeValidator(hours)]


class Opening(Strict):
    """An incident opens when `failures` of the last `of` checks of a journey failed."""

    failures: int = Field(default=2, ge=1)
    of: int = Field(default=3, ge=1)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Opening:
        if self.failures > self.of:
            raise ValueError(f"{self.failures} failures of {self.of} cannot be; raise “of”")
        return self


class Flapping(Strict):
    """A cause that opened `times` times `within` is flapping: said once, closed after `calm`."""

    times: int = Field(default=3, ge=2)
    within: Interval = 3 * 3600.0
    calm: Duration = 3600.0


class Thresholds(Strict):
    """When an incident opens and closes."""

    open: Opening = Opening()
    close_after: int = Field(default=2, ge=1, description="successes in a row that close it")
    flapping: Flapping = Flapping()


class PortalThresholds(Strict):
    """What differs for one portal. Flapping is told of causes, which no portal has to itself."""

    open: Opening | None = None
    close_after: int | None = Field(default=None, ge=1)


class JourneyWatch(Strict):
    """What differs for one journey, named “guide/journey”."""

    watch: bool = True
    every: Interval | None = Field(default=None, description="not more often than its portal")
    open: Opening | None = None
    service_hours: tuple[WeeklyHours, ...] = Field(
        default=(), description="within those of its portal; none: all of those"
    )


class PortalWatch(Strict):
    """What differs for one portal."""

    name: str | None = Field(default=None, description="as people call it")
    every: Interval | None = None
    thresholds: PortalThresholds = PortalThresholds()
    service_hours: tuple[WeeklyHours, ...] | None = None
    journeys: dict[str, JourneyWatch] = {}


_NOTHING_SAID = PortalWatch()
_NOTHING_SAID_OF_A_JOURNEY = JourneyWatch()


class Window(Strict):
    """Planned maintenance: once (`from`, `until`) or every week (`weekly`)."""

    of: str = Field(description="a portal, “guide/journey”, a shared system (VNeID, …), or “all”")
    weekly: WeeklyHours | None = None
    from_: datetime | None = Field(default=None, alias="from")
    until: datetime | None = None
    reason: str

    @model_validator(mode="after")
    def _is_once_or_weekly(self) -> Window:
        if (self.weekly is None) == (self.from_ is None or self.until is None):
            raise ValueError("a window has either weekly, or from and until")
        for moment in (self.from_, self.until):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("write times with their zone, as 2026-12-05T01:00:00+07:00")
        if self.from_ and self.until and self.until <= self.from_:
            raise ValueError("the window ends before it begins; exchange from and until")
        return self


class Channel(Strict):
    """One way to tell people: an Apprise address, with `${NAME}` for what must not stand here."""

    channel: str = Field(pattern=r"^[a-z0-9-]+$")
    tells: tuple[Audience, ...] = Field(min_length=1)
    portals: tuple[str, ...] = Field(
        default=(), description="of incidents that name one of these alone; none: of all"
    )
    url: str = Field(min_length=1, repr=False)
    language: Language | None = None

    def hears_of(self, portals: Collection[str]) -> bool:
        """Whether what concerns some portals is told here; what concerns none in particular is."""
        return not self.portals or not portals or bool(set(self.portals) & set(portals))


class Alerts(Strict):
    """How people are told."""

    remind_every: Interval = 4 * 3600.0
    escalate_after: Duration = 1800.0
    gather: Duration = Field(default=20.0, description="wait for more journeys of one cause")
    daily_summary: TimeOfDay = "07:45"
    retry_first: Interval = 10.0
    retry_at_most: Interval = 900.0
    board: str | None = Field(default=None, description="the board's address, for links")
    chain_head: str = Field(
        default="reports/runs/chain-head.json",
        description="the head of the chain of sealed runs, sent to those who are told `audit`",
    )
    heartbeat: str | None = Field(default=None, description="address of the dead-man's ping")


class Cadence(Strict):
    """How often, how many at once, and how long a run may take."""

    every: Interval = 300.0
    workers: int = Field(default=1, ge=1)
    stagger: Duration = Field(default=2.0, description="between starts within a run")
    journey_limit: Interval = Field(default=150.0, description="no result for so long: killed")
    run_limit: Interval = Field(default=1800.0, description="a whole run is killed after this")
    visits_per_hour: int = Field(default=60, ge=1, description="a portal's budget of walks")


class Probing(Strict):
    """Probes before the browser, and how we know that our own network works."""

    timeout: Interval = 5.0
    certificate_warning: Duration = 21 * 86400.0
    own_network: tuple[str, ...] = Field(
        default=(), description="independent hosts, address:port or name:port; all down: it is us"
    )


class Retention(Strict):
    """How long things are kept."""

    results: Interval = 30 * 86400.0
    hours: Interval = 90 * 86400.0
    days: Interval = 800 * 86400.0
    incidents: Interval = 800 * 86400.0
    runs: Interval = 14 * 86400.0


class Monitor(File):
    """The whole of `config/monitor.yaml`."""

    environment: str
    language: Language = "vi"
    store: str = "sqlite:///reports/monitor/monitor.sqlite"
    folder: str = "reports/monitor"
    cadence: Cadence = Cadence()
    thresholds: Thresholds = Thresholds()
    service_hours: tuple[WeeklyHours, ...] = ()
    probing: Probing = Probing()
    alerts: Alerts = Alerts()
    channels: tuple[Channel, ...] = ()
    runbooks: dict[str, str] = Field(default={}, description="kind of fault or system -> link")
    portals: dict[str, PortalWatch] = {}
    maintenance: tuple[Window, ...] = ()
    retention: Retention = Retention()

    @field_validator("channels")
    @classmethod
    def _names_differ(cls, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
        names = [channel.channel for channel in channels]
        if len(set(names)) < len(names):
            raise ValueError("two channels have the same name; rename one")
        return channels

    def portal(self, name: str) -> PortalWatch:
        """What is said about one portal; the defaults where nothing is."""
        return self.portals.get(name, _NOTHING_SAID)

    def journey(self, name: str) -> JourneyWatch:
        """What is said about one journey, “guide/journey”; the defaults where nothing is."""
        for portal in self.portals.values():
            if name in portal.journeys:
                return portal.journeys[name]
        return _NOTHING_SAID_OF_A_JOURNEY

    def every(self, portal: str, journey: str = "") -> float:
        """Seconds between two checks of a portal, or of one of its journeys."""
        own = self.portal(portal).journeys.get(journey, _NOTHING_SAID_OF_A_JOURNEY).every
        return own or self.portal(portal).every or self.cadence.every

    def thresholds_of(self, portal: str) -> Thresholds:
        """The thresholds that hold for a portal: its own, and the others for what it says not."""
        own = {name: value for name, value in self.portal(portal).thresholds if value is not None}
        return self.thresholds.model_copy(update=own) if own else self.thresholds


_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")


def monitor(
    path: Path = CONFIG / "monitor.yaml", variables: Mapping[str, str] | None = None
) -> Monitor:
    """The monitor's configuration with the `${NAME}` values of its addresses put in.

    Args:
        path: the file.
        variables: where `${NAME}` is looked up; by default the process' environment, then `.env`.

    Raises:
        Mistake: the file is wrong, or a value is missing; all mistakes at once.
    """
    read = load(path, Monitor)
    wrong = list(contradictions(read))
    if variables is None:
        given = {key: value for key, value in dotenv_values(".env").items() if value is not None}
        variables = {**given, **os.environ}
    missing: list[str] = []

    def filled(text: str | None, *place: str | int) -> str | None:
        for name in _VARIABLE.findall(text or ""):
            if not variables.get(name):
                missing.append(
                    f"{read.place(*place)}: the value {name} is missing; "
                    "set it in the environment or in the file .env"
                )
        return None if text is None else _VARIABLE.sub(lambda m: variables.get(m[1], ""), text)

    channels = tuple(
        channel.model_copy(update={"url": filled(channel.url, "channels", index, "url")})
        for index, channel in enumerate(read.channels)
    )
    beat = filled(read.alerts.heartbeat, "alerts", "heartbeat")
    changes: dict[str, Any] = {
        "store": filled(read.store, "store"),
        "channels": channels,
        "alerts": read.alerts.model_copy(update={"heartbeat": beat}),
    }
    if wrong or missing:
        raise Mistake([*wrong, *missing])
    return read.model_copy(update=changes)


def contradictions(read: Monitor) -> Iterator[str]:
    """What is well-formed and cannot be meant, a sentence each."""
    for name, portal in read.portals.items():
        for journey, own in portal.journeys.items():
            if own.every is not None and own.every < read.every(name):
                place = read.place("portals", name, "journeys", journey, "every")
                yield (
                    f"{place}: “{journey}” would be walked more often than its portal is looked "
                    f"at; give the portal “{name}” a shorter “every” as well"
                )
