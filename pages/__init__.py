"""Page objects: one screen each. `PAGES` is the one list of the kinds of screens we know."""

from pages.account import Account, Guarded, SignedOut
from pages.app import AppConfirm, AppHome, AppLogin, AppNotice, AppPasscode, AppScan
from pages.business import BusinessSignIn
from pages.home import Home
from pages.login import Login
from pages.national import NationalChoice, NationalCitizen
from pages.officials import OfficialsHome, OfficialsLogin, OfficialsPersonal, OfficialsUpdate
from pages.otp import OtpDialog
from pages.page import Page
from pages.registration import Registration, RegistrationOtp, RegistrationPassword
from pages.sim import SimDone, SimPhone, SimPin, SimPrompt
from pages.smartca import SmartCaHome, SmartCaLogin, SmartCaRequest
from pages.subsystems import Grants, GrantsOfOne, Overview, Subsystem, SubsystemGate
from pages.token import TokenCertificate, TokenPin
from pages.vneid import VneidSignIn

PAGES: dict[str, type[Page]] = {
    page.key: page
    for page in (
        Home,
        Login,
        VneidSignIn,
        OtpDialog,
        Account,
        Guarded,
        SignedOut,
        Registration,
        RegistrationOtp,
        RegistrationPassword,
        AppLogin,
        AppHome,
        AppScan,
        AppConfirm,
        AppPasscode,
        AppNotice,
        NationalChoice,
        NationalCitizen,
        BusinessSignIn,
        SmartCaLogin,
        SmartCaHome,
        SmartCaRequest,
        SimPhone,
        SimPrompt,
        SimPin,
        SimDone,
        TokenCertificate,
        TokenPin,
        SubsystemGate,
        Subsystem,
        Overview,
        Grants,
        GrantsOfOne,
        OfficialsLogin,
        OfficialsHome,
        OfficialsPersonal,
        OfficialsUpdate,
    )
}
