"""Bars of days and lines of hours, as the templates draw them (SVG, in its own units)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from monitoring import tables
from monitoring.when import DAY, HOUR, begin_of_day, begin_of_hour, local

DAYS = 90
HOURS = 24
WIDTH, HEIGHT, LEFT, BELOW = 720, 220, 44, 26


@dataclass(frozen=True)
class Day:
    """One bar: its date, and how its checks went."""

    date: str
    up: int
    down: int
    excused: bool

    @property
    def share(self) -> float | None:
        """Of the checks that count, how many went well."""
        counted = self.up + self.down
        return self.up / counted if counted else None

    @property
    def grade(self) -> str:
        """The bar's class."""
        if self.share is None:
            return "excused" if self.excused else "none"
        return "good" if self.share >= 0.999 else "fair" if self.share >= 0.95 else "bad"


@dataclass(frozen=True)
class Line:
    """One portal's line of hours: points “x,y x,y …” in pieces, and the values for the table."""

    portal: str
    pieces: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Chart:
    """All lines, with the axes' marks (place, text)."""

    lines: tuple[Line, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]


def bars(connection: Connection, now: float) -> dict[str, list[Day]]:
    """For each portal its last 90 days, oldest first."""
    table = tables.rollups
    first = begin_of_day(now) - (DAYS - 1) * DAY
    by = (table.c.portal, table.c.begin)
    sums = [func.sum(table.c[name]) for name in ("up", "down", "excused")]
    asked = select(*by, *sums).where(table.c.length == DAY, table.c.begin >= first).group_by(*by)
    begins = [first + number * DAY for number in range(DAYS)]
    dates = {begin: f"{local(begin):%d/%m/%Y}" for begin in begins}
    found: dict[str, dict[float, Day]] = {}
    for portal, begin, up, down, excused in connection.execute(asked):
        if begin in dates:
            found.setdefault(portal, {})[begin] = Day(dates[begin], up, down, excused > 0)
    return {
        portal: [days.get(begin) or Day(dates[begin], 0, 0, False) for begin in begins]
        for portal, days in sorted(found.items())
    }


def together(days: Sequence[Day]) -> float | None:
    """The share of all days' checks together; none: nobody looked."""
    up, down = sum(day.up for day in days), sum(day.down for day in days)
    return up / (up + down) if up + down else None


def hours(connection: Connection, now: float) -> Chart:
    """Mean seconds of a walk, by hour, for each portal."""
    table = tables.rollups
    first = begin_of_hour(now) - (HOURS - 1) * HOUR
    asked = select(table.c.portal, table.c.begin, table.c.up, table.c.seconds)
    asked = asked.where(table.c.length == HOUR, table.c.begin >= first)
    sums: dict[str, dict[int, list[float]]] = {}
    for row in connection.execute(asked):
        place = round((row.begin - first) / HOUR)
        one = sums.setdefault(row.portal, {}).setdefault(place, [0.0, 0.0])
        one[0] += row.up
        one[1] += row.seconds
    means = {
        portal: {hour: total / up for hour, (up, total) in sorted(found.items()) if up}
        for portal, found in sorted(sums.items())
    }
    most = max((value for found in means.values() for value in found.values()), default=1.0)
    top = _round_up(most)
    return Chart(
        tuple(_line(portal, found, first, top) for portal, found in means.items()),
        tuple((_x(hour), f"{local(first + hour * HOUR):%H:%M}") for hour in range(0, HOURS, 6)),
        tuple((_y(top * part / 4, top), f"{top * part / 4:g}") for part in range(5)),
    )


def _line(portal: str, found: dict[int, float], first: float, top: float) -> Line:
    pieces: list[list[str]] = []
    before = None
    for hour, value in found.items():
        if before is None or hour != before + 1:
            pieces.append([])
        pieces[-1].append(f"{_x(hour):.1f},{_y(value, top):.1f}")
        before = hour
    return Line(
        portal,
        tuple(" ".join(piece) for piece in pieces if len(piece) > 1),
        tuple((_x(hour), _y(value, top)) for hour, value in found.items()),
        tuple((f"{local(first + hour * HOUR):%H:%M}", value) for hour, value in found.items()),
    )


def _x(hour: float) -> float:
    return LEFT + hour * (WIDTH - LEFT - 12) / (HOURS - 1)


def _y(value: float, top: float) -> float:
    return 10 + (1 - value / top) * (HEIGHT - BELOW - 10)


def _round_up(value: float) -> float:
    for top in (1.0, 2.0, 4.0, 8.0, 12.0, 20.0, 40.0, 60.0, 120.0):
        if value <= top:
            return top
    return value
