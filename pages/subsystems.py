"""The national portal's subsystems. No document shows them: only who gets in is checked."""

from __future__ import annotations

from pages.device import Secret
from pages.national import NationalCitizen
from pages.page import Entrance, Page, arrive, verb


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


class Overview(Entrance):
    """The subsystems of a host that has several, each behind a link."""

    key = "overview"

    @verb
    def choose_connections(self) -> Subsystem:
        """Press the link to the state of the connections."""
        self.device.press(self.control("connections"))
        return arrive(self.device, Subsystem)

    @verb
    def choose_support(self) -> Subsystem:
        """Press the link to the support of those hit by Covid-19."""
        self.device.press(self.control("support"))
        return arrive(self.device, Subsystem)

    @verb
    def choose_certified_copies(self) -> Subsystem:
        """Press the link to certified electronic copies."""
        self.device.press(self.control("certified_copies"))
        return arrive(self.device, Subsystem)

    @verb
    def choose_grants(self) -> Grants:
        """Press the link to the granting of rights, which the administrator alone has."""
        self.device.press(self.control("grants"))
        return arrive(self.device, Grants)


class Grants(Entrance):
    """The administrator's screen that says which official has which right."""

    key = "grants"

    def choose_official(self, account: Secret) -> GrantsOfOne:
        """Press the link to one official's rights.

        Args:
            account: the official's.
        """
        self.device.choose(self.control("official"), account.reveal())
        return arrive(self.device, GrantsOfOne)


class GrantsOfOne(Page):
    """One official's rights, subsystem by subsystem."""

    key = "grants_of_one"

    def grant(self, subsystem: str) -> Grants:
        """Tick a right that the official has not, and save.

        Args:
            subsystem: its name on the screen.
        """
        self.device.choose(self.control("withheld"), subsystem)
        return self._save()

    def withdraw(self, subsystem: str) -> Grants:
        """Take the tick from a right that the official has, and save.

        Args:
            subsystem: its name on the screen.
        """
        self.device.choose(self.control("granted"), subsystem)
        return self._save()

    def _save(self) -> Grants:
        self.device.press(self.control("save"))
        return arrive(self.device, Grants)
