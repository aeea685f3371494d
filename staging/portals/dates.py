"""Dates as the pages write them."""

from datetime import date


def written(iso: str) -> str:
    """`1990-01-11`, as VNeID's claim has it, as `11/01/1990`."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso
