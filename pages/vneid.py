"""VNeID's sign-in page: account and password, or a QR code for the app."""

from __future__ import annotations

from pages.device import Codes, Secret
from pages.otp import OtpDialog
from pages.page import Entrance, arrive, credential, verb


class VneidSignIn(Entrance):
    """The page on which VNeID asks who is there."""

    key = "vneid"

    @verb
    @credential
    def sign_in(self, account: Secret, password: Secret, codes: Codes) -> OtpDialog:
        """Enter account and password and press the button; the code is asked for next.

        Args:
            account: the identity number.
            password: the password.
            codes: told beforehand, so that the code to come is newer than any before.
        """
        self.device.type_secret(self.control("account"), account)
        self.device.type_secret(self.control("password"), password)
        codes.mark()
        self.device.press(self.control("submit"))
        return arrive(self.device, OtpDialog)

    @verb
    def show_qr(self) -> VneidSignIn:
        """Find the login QR code on the page; it is read by the phone, not here."""
        self.device.read(self.control("qr"))
        return self

    @verb
    def reload_qr(self) -> VneidSignIn:
        """Ask for a fresh QR code in place of an expired one, which lies under the button till then."""
        self.device.press(self.control("reload_qr"))
        self.device.wait_out(self.control("reload_qr"))
        return self

    @verb
    def cancel(self) -> None:
        """Turn back to the portal without signing in."""
        self.device.press(self.control("cancel"))
