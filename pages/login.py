"""The portal's own login screen: the choice between the ways in, or a screen that moves on by itself."""

from __future__ import annotations

from pages.account import Account
from pages.national import NationalChoice
from pages.page import Entrance, arrive, verb
from pages.vneid import VneidSignIn


class Login(Entrance):
    """The login screen of a portal."""

    key = "login"

    @verb
    def choose_vneid(self) -> VneidSignIn:
        """Press the way in with a VNeID account."""
        self.device.press(self.control("vneid"))
        return arrive(self.device, VneidSignIn)

    @verb
    def choose_national(self) -> NationalChoice:
        """Press the way in with an account of the national portal."""
        self.device.press(self.control("national"))
        return arrive(self.device, NationalChoice)

    @verb
    def log_in_again(self) -> VneidSignIn | Account:
        """Come back after logging out: either VNeID asks again, or one is in without being asked."""
        self.device.go(self.screen.address or "")
        return arrive(self.device, VneidSignIn, Account)
