"""What a visitor's devices met on the way: the facts against which claims are checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from record.model import Box


@dataclass(frozen=True)
class Arrived:
    """A screen came."""

    screen: str
    address: str


@dataclass(frozen=True)
class Touched:
    """A control was pressed, ticked or filled; its name as read off the element."""

    screen: str
    control: str
    name: str
    box: Box | None


@dataclass(frozen=True)
class Seen:
    """A control was looked at, not touched. `name` is None where it is not there."""

    screen: str
    control: str
    name: str | None
    address: str
    box: Box | None = None


@dataclass(frozen=True)
class Counted:
    """How many elements stand at a control's place (the boxes of a code)."""

    screen: str
    control: str
    number: int


@dataclass(frozen=True)
class Text:
    """The words on a screen."""

    screen: str
    words: str


@dataclass(frozen=True)
class FormSeen:
    """The fields of a form in reading order, each with whether it is marked as required."""

    screen: str
    fields: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class OptionsSeen:
    """The names of what is offered in a group."""

    screen: str
    group: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A one-time code was asked for. `seconds_ago`: as of when the countdown is read."""

    seconds_ago: float


@dataclass(frozen=True)
class Received:
    """A one-time code came; by `sms` to the telephone number that the account is registered with."""

    channel: str
    digits: int


@dataclass(frozen=True)
class Met:
    """A known screen came in between that the guide does not announce, and was dealt with."""

    screen: str
    name: str


@dataclass(frozen=True)
class DialogShown:
    """The browser itself showed a dialog (`alert`)."""

    words: str


Event = (
    Arrived
    | Touched
    | Seen
    | Counted
    | Text
    | FormSeen
    | OptionsSeen
    | Asked
    | Received
    | Met
    | DialogShown
)
Kind = TypeVar("Kind", bound=Event)


@dataclass
class Trail:
    """The events of one move in order."""

    events: list[Event] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Note one event."""
        self.events.append(event)

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """The events of one kind, the newest first."""
        return (event for event in reversed(self.events) if isinstance(event, kind))

    def last(self, kind: type[Kind]) -> Kind | None:
        """The newest event of a kind; None if there was none."""
        return next(self.of(kind), None)
