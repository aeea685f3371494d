"""Page objects: one screen each. `PAGES` is the one list of the kinds of screens we know."""

from pages.account import Account, Guarded, SignedOut
from pages.app import AppConfirm, AppHome, AppLogin, AppNotice, AppPasscode, AppScan
from pages.home import Home
from pages.login import Login
from pages.otp import OtpDialog
from pages.page import Page
from pages.registration import Registration
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
        AppLogin,
        AppHome,
        AppScan,
        AppConfirm,
        AppPasscode,
        AppNotice,
    )
}
