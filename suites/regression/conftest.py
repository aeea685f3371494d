"""The nouns of the regression tests. Every test has a citizen and devices of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pages.account import Account
from pages.app import AppConfirm, AppPasscode, AppScan
from pages.device import Secret
from pages.otp import OtpDialog
from pages.vneid import VneidSignIn
from suites.plugins.options import Selection
from suites.plugins.visits import Visit
from suites.regression.citizen import Citizen
from visitors.secret import Secrets
from world.world import World


@pytest.fixture(autouse=True)
def _where_they_hold(selection: Selection, request: pytest.FixtureRequest) -> None:
    """Leave the tests out where nothing may be typed, and where the screens are others."""
    bounds = selection.environment.bounds
    if not bounds.credentials:
        pytest.skip(f"“{selection.environment.environment}” is read-only: nobody may sign in there")
    if (edition := request.getfixturevalue("world").edition) not in (None, "published"):
        pytest.skip(f"these tests know the screens of “published”, not of “{edition}”")


@pytest.fixture
def portal(selection: Selection) -> str:
    """From which portal VNeID is met; Lai Châu, if the run is not about another."""
    return selection.portal or "lai-chau"


@pytest.fixture
def role() -> str:
    """Whom the environment's file calls so."""
    return "citizen"


@pytest.fixture
def arriving(
    visit: Callable[..., Visit], selection: Selection, portal: str, role: str
) -> Callable[[], Citizen]:
    """The same citizen, each time with fresh devices."""
    if selection.portal not in (None, portal):
        pytest.skip(f"this run is about “{selection.portal}”, this test about “{portal}”")
    if role not in selection.environment.visitors:
        pytest.skip(f"“{selection.environment.environment}” has no visitor “{role}”")
    return lambda: Citizen(visit(portal, role))


@pytest.fixture
def citizen(arriving: Callable[[], Citizen]) -> Citizen:
    """The citizen of the test."""
    return arriving()


@pytest.fixture
def elsewhere(arriving: Callable[[], Citizen]) -> Citizen:
    """The same citizen at another desktop, with another phone."""
    return arriving()


@pytest.fixture
def sign_in(citizen: Citizen) -> VneidSignIn:
    """VNeID's sign-in page, to which the citizen has come from the portal."""
    return citizen.come_to_sign_in()


@pytest.fixture
def code_dialog(sign_in: VneidSignIn, citizen: Citizen) -> OtpDialog:
    """The dialog that asks the citizen for the code, which is on its way."""
    return sign_in.sign_in(citizen.account, citizen.password, citizen.codes)


@pytest.fixture
def account(code_dialog: OtpDialog, citizen: Citizen) -> Account:
    """The portal with the citizen logged in."""
    code_dialog.enter_code(citizen.codes)
    return Account(citizen.desktop).arrive()


@pytest.fixture
def aimed(sign_in: VneidSignIn, citizen: Citizen) -> AppScan:
    """The app's camera on the citizen's phone, held before the sign-in page's QR code."""
    return citizen.aim_phone()


@pytest.fixture
def passcode_screen(aimed: AppScan, citizen: Citizen) -> AppPasscode:
    """The app asking for the passcode, after the scan has been confirmed."""
    confirm = aimed.scan(citizen.camera)
    assert isinstance(confirm, AppConfirm)
    asked = confirm.confirm()
    assert isinstance(asked, AppPasscode)
    return asked


@pytest.fixture
def wrong_password(secrets: Secrets) -> Secret:
    """A password that is nobody's."""
    return secrets.new("password", "Sai-Mat-Khau-0!")


@pytest.fixture
def wrong_passcode(secrets: Secrets) -> Secret:
    """A passcode that is nobody's."""
    return secrets.new("passcode", "000000")


@pytest.fixture
def wrong_code(code_dialog: OtpDialog, citizen: Citizen, secrets: Secrets) -> Secret:
    """The code that came, with another last digit."""
    right = citizen.codes.receive("sms").reveal()
    return secrets.new("code", f"{right[:-1]}{(int(right[-1]) + 1) % 10}")


@pytest.fixture
def forgiven(world: World, arriving: Callable[[], Citizen]) -> Iterator[None]:
    """Wrong entries are forgotten when the test is over, so that they never add up to a lock.

    Where nothing can be reset, a whole login does it, as for a person.
    """
    yield
    if world.control is not None:
        world.control.reset()
        return
    citizen = arriving()
    dialog = citizen.come_to_sign_in().sign_in(citizen.account, citizen.password, citizen.codes)
    dialog.enter_code(citizen.codes)
    Account(citizen.desktop).arrive()
