"""The dialog that asks for the one-time code."""

from __future__ import annotations

from pages.device import Codes
from pages.page import Page, credential, verb


class OtpDialog(Page):
    """The one-time code's dialog. It opens at the sign-in page's own address."""

    key = "otp"

    @verb
    @credential
    def enter_code(self, codes: Codes) -> None:
        """Read which way the code comes, get it, type it, confirm.

        What follows is the portal's business, so the next page is waited for by its own `arrive`.
        """
        device = self.device
        notice = device.read(self.control("notice"))
        channel = "app" if self._says_app(notice) else "sms"
        device.type_code(self.control("digits"), codes.receive(channel))
        device.press(self.control("confirm"))

    @verb
    def resend(self, codes: Codes) -> OtpDialog:
        """Ask for another code; the one before counts no longer."""
        codes.mark()
        self.device.press(self.control("resend"))
        return self

    @verb
    def cancel(self) -> None:
        """Close the dialog without a code; the sign-in page behind it is there again."""
        self.device.press(self.control("cancel"))
        self.device.wait_out(self.control("cancel"))

    def _says_app(self, notice: str) -> bool:
        return any(name in notice for name in self.screen.controls["notice"].names)
