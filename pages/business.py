"""The national provider's sign-in for organisations: three tabs, each a way of signing."""

from __future__ import annotations

from pages.device import Secret
from pages.page import Entrance, credential, verb


class BusinessSignIn(Entrance):
    """The page with the three tabs. Its verbs end where the person turns to what signs."""

    key = "business"

    @verb
    @credential
    def ask_smartca(self, account: Secret) -> None:
        """Enter the tax code and ask; the SmartCA app is to confirm."""
        self.device.press(self.control("smartca"))
        self.device.type_secret(self.control("user"), account)
        self.device.press(self.control("sign_in"))

    @verb
    @credential
    def ask_token(self) -> None:
        """Ask the signing program on this machine; its windows come up by themselves.

        What is typed there proves who one is, so that a read-only walk stops here.
        """
        self.device.press(self.control("usb"))
        self.device.press(self.control("sign_in"))

    @verb
    @credential
    def ask_sim(self, phone: Secret) -> None:
        """Enter the telephone number and ask; the prompt comes on the phone."""
        self.device.press(self.control("sim"))
        self.device.type_secret(self.control("phone"), phone)
        self.device.press(self.control("sign_in"))
