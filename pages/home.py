"""The front page of a portal."""

from __future__ import annotations

from pages.login import Login
from pages.page import Entrance, arrive, verb
from pages.registration import Registration


class Home(Entrance):
    """The front page, logged out."""

    key = "home"

    @verb
    def choose_login(self) -> Login:
        """Press what leads to the ways of logging in, be it a page or a dialog."""
        self.device.press(self.control("login"))
        return arrive(self.device, Login)

    @verb
    def choose_register(self) -> Registration:
        """Press what leads to registration."""
        self.device.press(self.control("register"))
        return arrive(self.device, Registration)
