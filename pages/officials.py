"""The officials' one-door system: login, personal page, the profile's update."""

from __future__ import annotations

from pages.device import Details, Picture, Secret
from pages.page import Entrance, arrive, credential, verb


class OfficialsPersonal(Entrance):
    """The page on which officials see their own profile."""

    key = "officials_personal"

    @verb
    def choose_update(self) -> OfficialsUpdate:
        """Press what leads to the form."""
        self.device.press(self.control("update"))
        return arrive(self.device, OfficialsUpdate)


class OfficialsUpdate(Entrance):
    """The form with the eight fields."""

    key = "officials_update"

    @verb
    @credential
    def fill_in(self, details: Details, picture: Picture) -> OfficialsUpdate:
        """Fill in every field, and attach the picture."""
        device = self.device
        device.enter(self.control("full_name"), details["full_name"])
        device.select(self.control("gender"), details["gender"])
        device.enter(self.control("address"), details["address"])
        device.enter(self.control("birth_date"), details["birth_date"])
        device.enter(self.control("email"), details["email"])
        device.attach(self.control("picture"), picture)
        device.enter(self.control("identity"), details["identity"])
        device.enter(self.control("phone"), details["phone"])
        return self

    @verb
    def store(self) -> OfficialsPersonal:
        """Press the button that stores it; the personal page comes with what is stored."""
        self.device.press(self.control("store"))
        return arrive(self.device, OfficialsPersonal)


class OfficialsHome(Entrance):
    """The system with an official logged in."""

    key = "officials_home"

    @verb
    def choose_personal(self) -> OfficialsPersonal:
        """Press what leads to the personal page."""
        self.device.press(self.control("personal"))
        return arrive(self.device, OfficialsPersonal)

    @verb
    def sign_out(self) -> OfficialsLogin:
        """Press the way out."""
        self.device.press(self.control("sign_out"))
        return arrive(self.device, OfficialsLogin)


class OfficialsLogin(Entrance):
    """The officials' login page."""

    key = "officials_login"

    @verb
    @credential
    def sign_in(self, account: Secret, password: Secret) -> OfficialsHome:
        """Enter user name and password and press the button."""
        self.device.type_secret(self.control("account"), account)
        self.device.type_secret(self.control("password"), password)
        self.device.press(self.control("submit"))
        return arrive(self.device, OfficialsHome)
