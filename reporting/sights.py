"""What was to be seen in a move: its pictures, which screen each shows, and what is marked on it."""

from __future__ import annotations

from dataclasses import dataclass

from record.model import ControlSeen, MoveRecord, Picture


@dataclass(frozen=True)
class Sight:
    """One picture of a move.

    Attributes:
        picture: the raw picture.
        unannounced: the screen on it, where it is one that the guide does not announce.
        control: the control to be marked on it.
    """

    picture: Picture
    unannounced: str | None
    control: ControlSeen | None


def sights(move: MoveRecord) -> tuple[Sight, ...]:
    """The pictures of a move, each with what it shows.

    A picture may say itself what it shows. Where it does not, this holds: the first picture was
    taken as a control was touched, which on an unannounced screen is the last of those that came;
    a second one shows where the move ended.
    """
    last = move.unannounced[-1] if move.unannounced else None
    found: list[Sight] = []
    for number, picture in enumerate(move.pictures):
        told = getattr(picture, "unannounced", None)
        touched = getattr(picture, "control", None)
        if told is None and touched is None:
            only = len(move.pictures) == 1 and last is not None  # of which screen is not told
            touched = None if number > 0 or only else move.control
            told = None if number > 0 or only else last
        found.append(Sight(picture, told, touched))
    return tuple(found)
