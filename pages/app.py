"""The VNeID app on the phone: its screens in the order a person meets them."""

from __future__ import annotations

from pages.device import Camera, Secret
from pages.page import Entrance, arrive, credential, verb


class AppNotice(Entrance):
    """The notice that the sign-in on the web has been allowed."""

    key = "app_notice"
    seat = "phone"

    @verb
    def close(self) -> None:
        """Press the button that closes the notice."""
        self.device.press(self.control("close"))


class AppPasscode(Entrance):
    """The screen that asks for the passcode."""

    key = "app_passcode"
    seat = "phone"

    @verb
    @credential
    def enter_passcode(self, passcode: Secret) -> None:
        """Type the passcode and confirm."""
        self.device.type_code(self.control("passcode"), passcode)
        self.device.press(self.control("confirm"))


class AppConfirm(Entrance):
    """The screen that asks whether it is really you who signs in on the web."""

    key = "app_confirm"
    seat = "phone"

    @verb
    def confirm(self) -> AppPasscode | AppNotice:
        """Press the confirmation; some portals then ask for the passcode."""
        self.device.press(self.control("confirm"))
        return arrive(self.device, AppPasscode, AppNotice)


class AppScan(Entrance):
    """The camera's screen."""

    key = "app_scan"
    seat = "phone"

    @verb
    def scan(self, camera: Camera) -> AppConfirm | AppNotice:
        """Aim at the desktop and take in what the QR code says."""
        self.device.type_secret(self.control("viewfinder"), camera())
        self.device.press(self.control("read"))
        return arrive(self.device, AppConfirm, AppNotice)


class AppHome(Entrance):
    """The app's home screen."""

    key = "app_home"
    seat = "phone"

    @verb
    def choose_scan(self) -> AppScan:
        """Press the QR icon."""
        self.device.press(self.control("scan"))
        return arrive(self.device, AppScan)


class AppLogin(Entrance):
    """The app's own log-in screen."""

    key = "app_login"
    seat = "phone"

    @verb
    def launch(self) -> AppLogin:
        """Open the app from the phone's home screen."""
        self.device.go(self.screen.address or "")
        return arrive(self.device, AppLogin)

    @verb
    @credential
    def sign_in(self, account: Secret, password: Secret) -> AppHome:
        """Log in to the app."""
        self.device.type_secret(self.control("account"), account)
        self.device.type_secret(self.control("password"), password)
        self.device.press(self.control("submit"))
        return arrive(self.device, AppHome)
