"""The registration of an account on the national portal: form, code, password."""

from __future__ import annotations

from pages.device import Codes, Details, Secret
from pages.national import NationalCitizen
from pages.page import Entrance, Page, arrive, credential, verb


class RegistrationPassword(Page):
    """The screen on which the new account gets its password."""

    key = "registration_password"

    @verb
    @credential
    def set_password(self, password: Secret) -> NationalCitizen:
        """Enter the new password twice; the sign-in comes next."""
        return self.set_passwords(password, password)

    def set_passwords(self, first: Secret, second: Secret) -> NationalCitizen:
        """The same with two entries that may differ."""
        self.device.type_secret(self.control("password"), first)
        self.device.type_secret(self.control("again"), second)
        self.device.press(self.control("submit"))
        return arrive(self.device, NationalCitizen)


class RegistrationOtp(Page):
    """The screen that asks for the code sent to the telephone number."""

    key = "registration_otp"

    @verb
    @credential
    def enter_code(self, codes: Codes) -> RegistrationPassword:
        """Look at the countdown, get the code, type it, confirm."""
        self.device.read(self.control("countdown"))
        self.device.type_code(self.control("code"), codes.receive("sms"))
        self.device.press(self.control("confirm"))
        return arrive(self.device, RegistrationPassword)

    @verb
    def resend(self, codes: Codes) -> RegistrationOtp:
        """Ask for another code; the one before counts no longer."""
        codes.mark()
        self.device.press(self.control("resend"))
        return arrive(self.device, RegistrationOtp)


class Registration(Entrance):
    """The first screen of a registration: the kind of account, then the form."""

    key = "registration"

    @verb
    def choose_mobile(self) -> Registration:
        """Tick the citizen's account and the mobile subscription; the form appears."""
        self.device.tick(self.control("citizen"))
        self.device.tick(self.control("mobile"))
        return self

    @verb
    @credential
    def fill_in(self, details: Details) -> Registration:
        """Fill in every field."""
        device = self.device
        device.enter(self.control("phone"), details["phone"])
        device.enter(self.control("full_name"), details["full_name"])
        device.enter(self.control("identity"), details["identity"])
        device.enter(self.control("birth_date"), details["birth_date"])
        device.enter(self.control("valid_until"), details["valid_until"])
        device.enter(self.control("email"), details["email"])
        return self

    @verb
    def register(self, codes: Codes) -> RegistrationOtp:
        """Press the button that sends the form; the code is asked for next."""
        codes.mark()
        self.device.press(self.control("register"))
        return arrive(self.device, RegistrationOtp)
