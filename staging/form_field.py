"""A field of a form, as templates draw it and checks name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    required: bool
    kind: str = "text"
    purpose: str = "off"  # the HTML autocomplete token: what the field is for
    hint: str = ""
