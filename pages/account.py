"""The portal with somebody logged in."""

from __future__ import annotations

from pages.page import Entrance, arrive, verb


class Account(Entrance):
    """The page, or the header, that says who is logged in."""

    key = "account"

    @verb
    def sign_out(self) -> SignedOut:
        """Press the way out and wait for the portal without anybody logged in."""
        if "menu" in self.screen.controls:
            self.device.press(self.control("menu"))
        self.device.press(self.control("sign_out"))
        return arrive(self.device, SignedOut)


class Guarded(Entrance):
    """A page of the portal that only somebody logged in is shown."""

    key = "guarded"


class SignedOut(Entrance):
    """The portal after logging out."""

    key = "signed_out"
