"""A citizen at a portal, with what the tests need to act, and the shorthand for who and where."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from journeys.device import BrowserDevice
from pages.app import AppConfirm, AppLogin, AppNotice, AppPasscode, AppScan
from pages.device import Camera, Codes, Secret
from pages.home import Home
from pages.login import Login
from pages.vneid import VneidSignIn
from suites.plugins.visits import Visit


def as_a(*roles: str) -> pytest.MarkDecorator:
    """The citizen of the test is one of these, as the environment's file has them."""
    return pytest.mark.parametrize("role", roles)


def at(*portals: str) -> pytest.MarkDecorator:
    """The test is about these portals, since others have not got what it looks at."""
    return pytest.mark.parametrize("portal", portals)


@dataclass(frozen=True)
class Citizen:
    """A visitor with the things in their hands."""

    visit: Visit

    @property
    def account(self) -> Secret:
        """What they sign in with."""
        return self.visit.who.account

    @property
    def password(self) -> Secret:
        """Theirs."""
        return self.visit.who.password

    @property
    def passcode(self) -> Secret:
        """Of the app on their phone."""
        assert self.visit.who.passcode is not None, f"{self.visit.who.role} has no passcode"
        return self.visit.who.passcode

    @property
    def codes(self) -> Codes:
        """Where their one-time codes come from."""
        codes: Codes = self.visit.hands["codes"]
        return codes

    @property
    def camera(self) -> Camera:
        """Their phone's look at their desktop."""
        camera: Camera = self.visit.hands["camera"]
        return camera

    @property
    def desktop(self) -> BrowserDevice:
        """Their desktop."""
        return self.visit.desktop

    @property
    def phone(self) -> BrowserDevice:
        """Their phone."""
        return self.visit.phone

    def come_to_sign_in(self) -> VneidSignIn:
        """From the portal's front page to VNeID, as the guides go."""
        home = Home(self.desktop)
        return self.go_on_to_vneid(home.open(home.screen.address or "").choose_login())

    def go_on_to_vneid(self, login: Login) -> VneidSignIn:
        """Choose VNeID where there is a choice; else the portal's login screen moves on by itself."""
        if "vneid" in login.screen.controls:
            return login.choose_vneid()
        return VneidSignIn(self.desktop).arrive()

    def aim_phone(self) -> AppScan:
        """Log in to the app and hold its camera before the desktop."""
        app = AppLogin(self.phone).launch()
        return app.sign_in(self.account, self.password).choose_scan()

    def allow(self, aimed: AppScan, camera: Camera) -> None:
        """Scan and say yes, in whichever of the guides' ways the app asks."""
        screen: AppConfirm | AppNotice | AppPasscode = aimed.scan(camera)
        if isinstance(screen, AppConfirm):
            screen = screen.confirm()
        if isinstance(screen, AppPasscode):
            screen.enter_passcode(self.passcode)


class Entered:
    """Codes that are known beforehand: whatever the screen asks for, this one is typed."""

    def __init__(self, code: Secret) -> None:
        self._code = code

    def mark(self) -> None:
        """Nothing is waited for."""

    def receive(self, channel: str) -> Secret:
        """The code."""
        return self._code
