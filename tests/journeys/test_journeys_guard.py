"""The guard: a secret goes only where the environment says, and a host is asked no more than it may."""

import pytest

from config.environments import Bounds, Environment
from journeys.guard import Guard
from pages.errors import Blocked
from world.budget import VisitBudget

VNEID = "https://vneid.example"


def environment(**changed):
    return Environment(
        **{
            "environment": "test",
            "network": "public",
            "bounds": Bounds(credentials=True),
            "secret_origins": {"password": (VNEID,)},
            **changed,
        }
    )


def test_a_secret_may_be_typed_where_the_environment_says():
    Guard(environment()).may_type("password", f"{VNEID}/auth?state=1")


@pytest.mark.parametrize(
    "address",
    [
        "https://vneid.example.lua-dao.example/auth",
        "https://vneid.example@lua-dao.example/auth",
        "https://vneid.example:8443/auth",
        "http://vneid.example/auth",
        "https://demo.example/?next=https://vneid.example",
        "about:blank",
        "data:text/html,https://vneid.example",
        "",
    ],
)
def test_a_secret_may_be_typed_nowhere_else(address):
    with pytest.raises(Blocked) as blocked:
        Guard(environment()).may_type("password", address)
    assert blocked.value.kind == "guard"


@pytest.mark.parametrize("kind", ["code", "passcode", "colour"])
def test_another_kind_of_secret_has_origins_of_its_own(kind):
    with pytest.raises(Blocked):
        Guard(environment()).may_type(kind, VNEID)


def test_no_secret_may_be_typed_where_the_environment_allows_none():
    with pytest.raises(Blocked):
        Guard(environment(bounds=Bounds(credentials=False))).may_type("password", VNEID)


def test_a_refusal_names_the_origin_without_path_and_parameters():
    with pytest.raises(Blocked) as blocked:
        Guard(environment()).may_type("password", "https://lua-dao.example/a?code=planted")
    assert "https://lua-dao.example," in blocked.value.message
    assert "planted" not in blocked.value.message


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "đã hết số lượt truy cập vneid.example được phép trong giờ này"),
        ("en", "the budget of visits to vneid.example is spent for this hour"),
    ],
)
def test_it_says_in_the_readers_language_why_it_stops(language, sentence, budget, monkeypatch):
    monkeypatch.setenv("GUIDEWATCH_LANGUAGE", language)
    guard = Guard(environment(), budget)
    guard.may_visit("vneid.example")
    with pytest.raises(Blocked) as blocked:
        guard.may_visit("vneid.example")
    assert blocked.value.message == sentence


def test_an_account_that_was_put_aside_is_typed_nowhere():
    with pytest.raises(Blocked) as blocked:
        Guard(environment(), aside="refused yesterday").may_type("password", VNEID)
    assert (blocked.value.kind, blocked.value.message) == (
        "account put aside",
        "refused yesterday",
    )


def test_an_account_that_is_refused_is_put_aside_and_typed_no_more():
    put_aside = []
    guard = Guard(environment(), put_aside=put_aside.append)
    guard.refused("rejected credentials")
    assert put_aside == ["rejected credentials"]
    with pytest.raises(Blocked):
        guard.may_type("password", VNEID)


def test_a_refusal_that_is_not_the_accounts_puts_nothing_aside():
    put_aside = []
    Guard(environment(), put_aside=put_aside.append).refused("code expired")
    assert put_aside == []


@pytest.fixture
def budget(tmp_path):
    return VisitBudget(tmp_path / "visits.json", per_hour=1)


def test_a_visit_is_taken_from_the_budget_of_its_host(budget):
    Guard(environment(), budget).may_visit("demo.example")
    assert not budget.has_room("demo.example")


def test_a_host_whose_budget_is_spent_is_not_visited(budget):
    guard = Guard(environment(), budget)
    guard.may_visit("demo.example")
    with pytest.raises(Blocked, match=r"demo\.example"):
        guard.may_visit("demo.example")


def test_nobody_sets_out_for_a_portal_that_leads_to_a_host_whose_budget_is_spent(budget):
    guard = Guard(environment(), budget)
    guard.may_visit("vneid.example")
    with pytest.raises(Blocked, match=r"vneid\.example"):
        guard.may_set_out("https://demo.example/", ["demo.test", "vneid.example"])
