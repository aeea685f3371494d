"""The registration that a portal offers to those who have no account."""

from __future__ import annotations

from pages.page import Entrance


class Registration(Entrance):
    """The first screen of a registration."""

    key = "registration"
