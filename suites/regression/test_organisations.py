"""Organisations at the national provider: who gets in by which way, and what is said to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route

from journeys.trail import DialogShown
from pages.business import BusinessSignIn
from pages.device import Secret
from pages.errors import Broken, Refused
from pages.finding import locate
from pages.national import NationalChoice
from pages.token import TokenCertificate, TokenPin
from suites.plugins.visits import Visit
from suites.regression.citizen import Citizen, as_a
from suites.regression.organisation import WAYS, Organisation
from visitors.secret import Secrets
from world.control import Control
from world.world import World

in_every_way = pytest.mark.parametrize("way", WAYS)
NOT_VALID, UNKNOWN = "certificate not valid", "certificate unknown"
SMARTCA_WAITS, SIM_WAITS = 180, 60  # seconds until a request is over


@pytest.fixture
def role() -> str:
    return "organisation"


@pytest.fixture
def organisation(arriving: Callable[[], Citizen]) -> Organisation:
    """The organisation of the test."""
    return Organisation(arriving().visit)


@pytest.fixture
def three_ways(organisation: Organisation) -> BusinessSignIn:
    """The page with the three tabs, to which they have come from Lai Châu."""
    return organisation.come_to_sign_in()


@pytest.fixture
def forgiven(world: World) -> Iterator[None]:
    """Wrong PINs are forgotten when the test is over, where they can be."""
    if world.control is None:
        pytest.skip("here a wrong PIN would be remembered for ever")
    yield
    world.control.reset()


@pytest.fixture
def wrong_pin(secrets: Secrets) -> Secret:
    """A PIN that is nobody's."""
    return secrets.new("pin", "999999")


def refusal_of(arrive: Callable[[], object]) -> Refused:
    """How an arrival is refused."""
    with pytest.raises(Refused) as refusal:
        arrive()
    return refusal.value


@in_every_way
def test_an_organisation_signs_in_at_lai_chau(
    way: str, organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    WAYS[way](organisation, three_ways)
    organisation.arrive()


@pytest.mark.parametrize(
    ("way", "ask"), [("smartca", Organisation.ask_smartca), ("sim", Organisation.ask_sim)]
)
def test_of_two_requests_the_one_of_this_sign_in_page_is_confirmed(
    way: str,
    ask: Callable[[Organisation, BusinessSignIn], None],
    organisation: Organisation,
    three_ways: BusinessSignIn,
    elsewhere: Citizen,
) -> None:
    earlier = Organisation(elsewhere.visit)
    ask(earlier, earlier.come_to_sign_in())
    earlier.request_code()
    WAYS[way](organisation, three_ways)
    organisation.arrive()


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("certificate-expired", {"smartca": NOT_VALID, "token": NOT_VALID}),
        ("certificate-not-yet-valid", dict.fromkeys(WAYS, NOT_VALID)),
        ("certificate-revoked", dict.fromkeys(WAYS, NOT_VALID)),
        ("certificate-foreign", dict.fromkeys(WAYS, NOT_VALID)),
        ("certificate-of-another-key", dict.fromkeys(WAYS, "signature not valid")),
        ("certificate-of-another-tax-code", dict.fromkeys(WAYS, UNKNOWN)),
        ("certificate-changed", dict.fromkeys(WAYS, UNKNOWN)),
        ("organisation-without-account", dict.fromkeys(WAYS, "no account")),
        ("organisation-locked", dict.fromkeys(WAYS, "account locked")),
    ],
)
@in_every_way
def test_nobody_gets_in_with(
    way: str, kinds: dict[str, str], organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    WAYS[way](organisation, three_ways)
    assert refusal_of(organisation.arrive).kind == kinds.get(way, "certificate expired")


@in_every_way
@pytest.mark.sets_faults
def test_a_signature_over_another_challenge_gets_nobody_in(
    way: str, organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    control.set_fault("signature-elsewhere")
    WAYS[way](organisation, three_ways)
    assert refusal_of(organisation.arrive).kind == "signature not valid"


@as_a("organisation-careless")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_pin_in_the_smartca_app_is_refused_there(
    organisation: Organisation, three_ways: BusinessSignIn, wrong_pin: Secret
) -> None:
    three_ways.ask_smartca(organisation.visit.who.account)
    request = organisation.smartca_request()
    assert refusal_of(lambda: request.confirm(wrong_pin)).kind == "pin wrong"


@as_a("organisation-careless")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_pin_of_the_sim_is_refused_on_the_phone(
    organisation: Organisation, three_ways: BusinessSignIn, wrong_pin: Secret
) -> None:
    three_ways.ask_sim(organisation.phone)
    pin = organisation.sim_prompt().agree(organisation.request_code)
    assert refusal_of(lambda: pin.enter_pin(wrong_pin)).kind == "pin wrong"


@as_a("organisation-careless")
@pytest.mark.usefixtures("forgiven")
def test_a_wrong_pin_of_the_token_is_told_by_the_browsers_own_dialog(
    organisation: Organisation, three_ways: BusinessSignIn, wrong_pin: Secret
) -> None:
    three_ways.ask_token()
    organisation.pin_window().enter_pin(wrong_pin)
    refusal = refusal_of(organisation.arrive)
    shown = organisation.visit.desktop.trail.last(DialogShown)
    assert refusal.kind == "pin wrong" and shown is not None and shown.words == refusal.message


@as_a("pins-locked")
def test_a_locked_token_signs_nothing(
    organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    three_ways.ask_token()
    organisation.certificate_window().choose(organisation.visit.who.name or "")
    assert refusal_of(organisation.arrive).kind == "token locked"


@as_a("pins-locked")
@pytest.mark.parametrize("way", ["smartca", "sim"])
def test_a_locked_pin_signs_nothing(
    way: str, organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    WAYS[way](organisation, three_ways)
    assert refusal_of(organisation.arrive).kind == "pin locked"


def test_a_request_refused_in_the_smartca_app_signs_nobody_in(
    organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    three_ways.ask_smartca(organisation.visit.who.account)
    organisation.smartca_request().refuse()
    assert refusal_of(organisation.arrive).kind == "signing refused"


def test_a_prompt_refused_on_the_phone_signs_nobody_in(
    organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    three_ways.ask_sim(organisation.phone)
    organisation.sim_prompt().refuse()
    assert refusal_of(organisation.arrive).kind == "signing refused"


@pytest.mark.parametrize("window", [Organisation.certificate_window, Organisation.pin_window])
def test_a_closed_window_of_the_signing_program_signs_nobody_in(
    window: Callable[[Organisation], TokenCertificate | TokenPin],
    organisation: Organisation,
    three_ways: BusinessSignIn,
) -> None:
    three_ways.ask_token()
    window(organisation).cancel()
    assert refusal_of(organisation.arrive).kind == "signing cancelled"


@pytest.mark.moves_clock
def test_a_smartca_request_that_nobody_answers_times_out(
    organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    three_ways.ask_smartca(organisation.visit.who.account)
    organisation.smartca_request()
    control.advance_clock(SMARTCA_WAITS)
    assert refusal_of(organisation.arrive).kind == "signing timed out"


@pytest.mark.moves_clock
def test_a_prompt_that_nobody_answers_times_out(
    organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    three_ways.ask_sim(organisation.phone)
    organisation.sim_prompt()
    control.advance_clock(SIM_WAITS)
    assert refusal_of(organisation.arrive).kind == "signing timed out"


@pytest.mark.parametrize(
    ("number", "kind"), [("0900000299", "sim not registered"), ("09000002", "number malformed")]
)
def test_a_number_without_a_sim_that_signs_is_refused(
    number: str,
    kind: str,
    organisation: Organisation,
    three_ways: BusinessSignIn,
    secrets: Secrets,
) -> None:
    three_ways.ask_sim(secrets.new("phone", number))
    assert refusal_of(organisation.arrive).kind == kind


def test_a_tax_code_without_smartca_is_refused(
    organisation: Organisation, three_ways: BusinessSignIn, secrets: Secrets
) -> None:
    three_ways.ask_smartca(secrets.new("account", "0001999999"))
    assert refusal_of(organisation.arrive).kind == "no smartca account"


@pytest.mark.sets_faults
def test_a_signing_program_that_does_not_run_is_told_by_the_page(
    organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    control.set_fault("token-agent-stopped")
    three_ways.ask_token()
    assert refusal_of(organisation.arrive).kind == "signing program missing"


@pytest.mark.sets_faults
def test_a_token_that_is_not_plugged_in_is_told(
    organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    control.set_fault("token-absent")
    three_ways.ask_token()
    assert refusal_of(organisation.arrive).kind == "token missing"


@pytest.mark.sets_faults
def test_the_signing_program_is_found_on_its_last_port(
    organisation: Organisation, three_ways: BusinessSignIn, control: Control
) -> None:
    control.set_fault("token-agent-port", port=9202)
    organisation.with_token(three_ways)
    organisation.arrive()


def test_a_stale_key_ends_at_the_error_page(organisation: Organisation) -> None:
    choice = NationalChoice(organisation.visit.desktop)
    with pytest.raises(Broken) as trouble:
        choice.open(f"{choice.screen.address}?sessionDataKey=stale")
    assert trouble.value.kind == "error page"


def test_a_second_press_is_ignored_where_a_kind_of_account_has_been_chosen(
    organisation: Organisation,
) -> None:
    choice = organisation.come_to_choice()
    page = organisation.visit.desktop.page
    box = locate(page, choice.screen.controls["citizen"].place).bounding_box()
    assert box is not None
    asked: list[Route] = []  # held back, so that the page stays to be pressed again
    page.route("**/commonauth?*", lambda route: asked.append(route))
    with page.expect_request("**/commonauth?*"):
        choice.device.press(choice.control("business"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    asked[0].continue_()
    BusinessSignIn(organisation.visit.desktop).arrive()
    assert [parse_qs(urlsplit(route.request.url).query)["idp"] for route in asked] == [["dvcqg"]]


def test_who_goes_back_to_the_kinds_of_account_may_choose_again(
    organisation: Organisation, three_ways: BusinessSignIn
) -> None:
    organisation.visit.desktop.page.go_back()
    NationalChoice(organisation.visit.desktop).arrive().choose_citizen()


def test_the_citizens_card_leads_to_vneid(visit: Callable[..., Visit]) -> None:
    citizen = Citizen(visit("lai-chau", "citizen"))
    Organisation(citizen.visit).come_to_choice().choose_citizen()
