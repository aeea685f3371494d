"""The national identity provider: the choice of account kind, and its own form for citizens."""

from __future__ import annotations

from pages.account import Account
from pages.business import BusinessSignIn
from pages.device import Secret
from pages.page import Entrance, arrive, credential, verb
from pages.vneid import VneidSignIn


class NationalChoice(Entrance):
    """The page on which one says what kind of account one has."""

    key = "national_choice"

    @verb
    def choose_business(self) -> BusinessSignIn:
        """Press the kind for businesses and organisations."""
        self.device.press(self.control("business"))
        return arrive(self.device, BusinessSignIn)

    @verb
    def choose_citizen(self) -> VneidSignIn:
        """Press the kind for citizens, which leads to VNeID."""
        self.device.press(self.control("citizen"))
        return arrive(self.device, VneidSignIn)


class NationalCitizen(Entrance):
    """The provider's own form, for an account that the national portal has given to a citizen."""

    key = "national_citizen"

    @verb
    @credential
    def sign_in(self, account: Secret, password: Secret) -> None:
        """Enter account and password and press the button.

        Who asked for it comes next, so the page to come is waited for by its own `arrive`.
        """
        self.device.type_secret(self.control("account"), account)
        self.device.type_secret(self.control("password"), password)
        self.device.press(self.control("submit"))

    @verb
    @credential
    def sign_in_to_portal(self, account: Secret, password: Secret) -> Account:
        """The same, where the national portal itself has asked."""
        self.sign_in(account, password)
        return arrive(self.device, Account)
