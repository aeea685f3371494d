"""The windows of the signing program (VNPT-CA plugin): choice of certificate, PIN of the token.

They are no part of the browser's page: a seat of their own, in front of it on the same desk.
"""

from __future__ import annotations

from pages.device import Secret
from pages.page import Entrance, credential, verb


class TokenCertificate(Entrance):
    """The window that asks which certificate to use."""

    key = "token_certificate"
    seat = "token"

    @verb
    def choose(self, name: str) -> None:
        """Choose the organisation's certificate; the next window comes when the page asks on."""
        self.device.choose(self.control("certificate"), name)
        self.device.press(self.control("choose"))

    @verb
    def cancel(self) -> None:
        """Close the window without choosing."""
        self.device.press(self.control("cancel"))


class TokenPin(Entrance):
    """The window that asks for the token's PIN."""

    key = "token_pin"
    seat = "token"

    @verb
    @credential
    def enter_pin(self, token_pin: Secret) -> None:
        """Enter the PIN and confirm; the page says what came of it."""
        self.device.type_code(self.control("pin"), token_pin)
        self.device.press(self.control("confirm"))

    @verb
    def cancel(self) -> None:
        """Close the window without a PIN."""
        self.device.press(self.control("cancel"))
