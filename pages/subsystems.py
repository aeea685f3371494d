"""The national portal's subsystems. No document shows them: only who gets in is checked."""

from __future__ import annotations

from pages.national import NationalCitizen
from pages.page import Entrance, arrive, verb


class SubsystemGate(Entrance):
    """What somebody sees who is not logged in."""

    key = "gate"

    @verb
    def choose_login(self) -> NationalCitizen:
        """Press the way in."""
        self.device.press(self.control("login"))
        return arrive(self.device, NationalCitizen)


class Subsystem(Entrance):
    """A subsystem, for somebody who may use it."""

    key = "subsystem"


class Grants(Entrance):
    """The administrator's screen, on which rights are granted subsystem by subsystem."""

    key = "grants"
