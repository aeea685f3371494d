"""Dates as the pages write them."""

from datetime import date, datetime


def written(iso: str) -> str:
    """`1990-01-11`, as VNeID's claim has it, as `11/01/1990`."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso


def iso(day: str) -> str:
    """The way back, for who passes a date on."""
    try:
        return datetime.strptime(day, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return day
