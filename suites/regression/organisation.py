"""An organisation's representative, and the three ways in which they sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.account import Account
from pages.business import BusinessSignIn
from pages.device import RequestCode, Secret
from pages.home import Home
from pages.national import NationalChoice
from pages.sim import SimDone, SimPhone, SimPin, SimPrompt
from pages.smartca import SmartCaHome, SmartCaLogin, SmartCaRequest
from pages.token import TokenCertificate, TokenPin
from suites.plugins.visits import Visit


@dataclass(frozen=True)
class Organisation:
    """A visitor who signs for an organisation."""

    visit: Visit

    def pin(self, of: str) -> Secret:
        """The PIN of SmartCA, token or SIM."""
        return self.visit.who.pins[of]

    @property
    def phone(self) -> Secret:
        """The number of the SIM that signs."""
        phone: Secret = self.visit.hands["phone"]
        return phone

    @property
    def request_code(self) -> RequestCode:
        """What the sign-in page shows, so that the right request is confirmed."""
        look: RequestCode = self.visit.hands["request_code"]
        return look

    def come_to_choice(self) -> NationalChoice:
        """From Lai Châu's front page to the kinds of accounts, as the guide goes."""
        home = Home(self.visit.desktop)
        return home.open(home.screen.address or "").choose_login().choose_national()

    def come_to_sign_in(self) -> BusinessSignIn:
        """On to the three tabs."""
        return self.come_to_choice().choose_business()

    def arrive(self) -> Account:
        """Wait to be logged in at Lai Châu."""
        return Account(self.visit.desktop).arrive()

    # --- what is to be confirmed elsewhere ---

    def ask_smartca(self, page: BusinessSignIn) -> None:
        """Ask for a confirmation in the SmartCA app."""
        page.ask_smartca(self.visit.who.account)

    def ask_sim(self, page: BusinessSignIn) -> None:
        """Ask for a confirmation on the phone with the SIM."""
        page.ask_sim(self.phone)

    # --- up to the PIN, each on what signs ---

    def smartca_request(self) -> SmartCaRequest:
        """The request in the SmartCA app, once the sign-in page has asked for it."""
        page = SmartCaLogin(self.visit.phone)
        login = page.open(page.screen.address or "")
        return login.sign_in(self.visit.who.account, self.visit.who.password).open_request(
            self.request_code
        )

    def certificate_window(self) -> TokenCertificate:
        """The signing program's first window."""
        window = TokenCertificate(self.visit.devices["token"])
        return window.open(window.screen.address or "")

    def pin_window(self) -> TokenPin:
        """The signing program's second window."""
        self.certificate_window().choose(self.visit.who.name or "")
        return TokenPin(self.visit.devices["token"]).arrive()

    def sim_prompt(self) -> SimPrompt:
        """The prompt on the phone with the SIM."""
        phone = SimPhone(self.visit.phone)
        phone.open(phone.screen.address or "").insert(self.phone)
        return SimPrompt(self.visit.phone).arrive()

    # --- the three ways, to the end ---

    def with_smartca(self, page: BusinessSignIn) -> SmartCaHome:
        """Sign in the SmartCA app."""
        self.ask_smartca(page)
        return self.smartca_request().confirm(self.pin("smartca"))

    def with_token(self, page: BusinessSignIn) -> None:
        """Sign with the USB token."""
        page.ask_token()
        self.pin_window().enter_pin(self.pin("token"))

    def with_sim(self, page: BusinessSignIn) -> SimDone:
        """Sign with the SIM."""
        self.ask_sim(page)
        pin: SimPin = self.sim_prompt().agree(self.request_code)
        return pin.enter_pin(self.pin("sim"))


WAYS: dict[str, Callable[[Organisation, BusinessSignIn], object]] = {
    "smartca": Organisation.with_smartca,
    "token": Organisation.with_token,
    "sim": Organisation.with_sim,
}
