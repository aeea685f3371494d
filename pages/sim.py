"""The phone with a SIM that signs: which SIM is in it, the prompt, the SIM's PIN."""

from __future__ import annotations

from pages.device import RequestCode, Secret
from pages.page import Entrance, arrive, credential, verb


class SimDone(Entrance):
    """The phone says that it is over."""

    key = "sim_done"
    seat = "phone"


class SimPin(Entrance):
    """The screen that asks for the SIM's PIN."""

    key = "sim_pin"
    seat = "phone"

    @verb
    @credential
    def enter_pin(self, sim_pin: Secret) -> SimDone:
        """Enter the PIN and confirm."""
        self.device.type_code(self.control("pin"), sim_pin)
        self.device.press(self.control("confirm"))
        return arrive(self.device, SimDone)


class SimPrompt(Entrance):
    """The prompt that comes up by itself."""

    key = "sim_prompt"
    seat = "phone"

    @verb
    def agree(self, request_code: RequestCode) -> SimPin:
        """Say yes to the request with the code of the sign-in page, and no to any before it."""
        code = self.control("code")
        if (asked := self.device.read(code)) != request_code():
            self.refuse()
            self.device.wait_out(code, asked)
            return self.arrive().agree(request_code)
        self.device.press(self.control("agree"))
        return arrive(self.device, SimPin)

    @verb
    def refuse(self) -> None:
        """Say no."""
        self.device.press(self.control("refuse"))


class SimPhone(Entrance):
    """A phone without a SIM."""

    key = "sim_phone"
    seat = "phone"

    @verb
    @credential
    def insert(self, phone: Secret) -> None:
        """Put the SIM of this number in; a prompt comes when the operator sends one."""
        self.device.type_secret(self.control("phone"), phone)
        self.device.press(self.control("insert"))
