"""The SmartCA app on the phone: sign in, the request that waits, its PIN."""

from __future__ import annotations

from pages.device import RequestCode, Secret
from pages.page import Entrance, arrive, credential, verb


class SmartCaRequest(Entrance):
    """One request, to be confirmed or refused."""

    key = "smartca_request"
    seat = "phone"

    @verb
    @credential
    def confirm(self, smartca_pin: Secret) -> SmartCaHome:
        """Enter the PIN and confirm."""
        self.device.type_code(self.control("pin"), smartca_pin)
        self.device.press(self.control("confirm"))
        return arrive(self.device, SmartCaHome)

    @verb
    def refuse(self) -> SmartCaHome:
        """Say no."""
        self.device.press(self.control("refuse"))
        return arrive(self.device, SmartCaHome)


class SmartCaHome(Entrance):
    """What waits for this organisation."""

    key = "smartca_home"
    seat = "phone"

    @verb
    def open_request(self, request_code: RequestCode) -> SmartCaRequest:
        """Open the request with the code of the sign-in page; it shows up by itself."""
        self.device.choose(self.control("request"), request_code())
        return arrive(self.device, SmartCaRequest)


class SmartCaLogin(Entrance):
    """The app's own log-in screen."""

    key = "smartca_login"
    seat = "phone"

    @verb
    @credential
    def sign_in(self, account: Secret, password: Secret) -> SmartCaHome:
        """Log in to the app."""
        self.device.type_secret(self.control("account"), account)
        self.device.type_secret(self.control("password"), password)
        self.device.press(self.control("submit"))
        return arrive(self.device, SmartCaHome)
