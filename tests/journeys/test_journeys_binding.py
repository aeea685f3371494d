"""Binding: every verb and screen of a guide is found before a browser starts, or told with its line."""

import pytest

from config.environments import Bounds
from config.guides import guides
from config.portals import atlases
from config.strict import Mistake
from journeys.binding import bind

FREE = Bounds(credentials=True)
WAY = ("home.open", "home.choose_login", "login.choose_vneid", "vneid.sign_in", "otp.enter_code")


def bound(guide, atlas, bounds=FREE):
    return bind(guide, guide.journeys[0], atlas, bounds)


def mistakes(guide, atlas):
    with pytest.raises(Mistake) as mistake:
        bound(guide, atlas)
    return mistake.value.sentences


def line(number):
    """The line of the verb of a step, in a guide whose steps have no claims."""
    return 10 + 4 * number


def test_a_journey_that_fits_is_planned_step_by_step(guide, atlas):
    plan = bound(guide(*WAY), atlas)
    assert [step.step for step in plan.steps] == [f"Bước {number}" for number in range(1, 6)]
    assert [step.moves[0].verb for step in plan.steps] == [do.split(".")[1] for do in WAY]


def test_a_verb_is_handed_what_it_asks_for(guide, atlas):
    plan = bound(guide(*WAY), atlas)
    assert plan.steps[3].moves[0].handed == ("account", "password", "codes")


def test_an_unknown_verb_is_told_with_line_and_remedy(guide, atlas):
    made = guide("home.open", "home.chose_login")
    assert mistakes(made, atlas) == (
        f"{made.path}:{line(2)}: “home” has no verb “chose_login”; did you mean “choose_login”?",
    )


def test_an_unknown_screen_is_told_with_line_and_remedy(guide, atlas):
    made = guide("hoem.open")
    assert mistakes(made, atlas) == (
        f"{made.path}:{line(1)}: “hoem” is no screen of this portal; did you mean “home”?",
    )


def test_a_screen_that_this_portal_has_not_is_told(guide, atlas):
    (sentence,) = mistakes(guide("registration.open"), atlas)
    assert "“registration” is no screen of this portal; known: account, home" in sentence


def test_what_is_no_verb_of_a_page_cannot_be_done(guide, atlas):
    (sentence,) = mistakes(guide("home.control"), atlas)
    assert "“home” has no verb “control”" in sentence


def test_a_move_that_does_not_follow_is_told_with_the_remedy(guide, atlas):
    made = guide("home.open", "login.choose_vneid")
    assert mistakes(made, atlas) == (
        f"{made.path}:{line(2)}: the move before leads to “home”, not to “login”; "
        "put “login.arrive” in between or mend the order",
    )


def test_a_page_that_comes_by_itself_may_follow_anything(guide, atlas):
    assert bound(guide("home.open", "account.arrive"), atlas)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("{control: a, of: hoem.login, origin: prose}", "“hoem” is no known screen; did you mean"),
        (
            "{control: a, of: home.logni, origin: prose}",
            "screen “home” has no control “logni”; did you",
        ),
        ("{options: [a], of: home.wyas, origin: prose}", "“wyas”; did you mean “ways”?"),
        ("{options: [a], of: home.login, origin: prose}", "screen “home” has no group “login”"),
        ("{control: a, of: home, origin: prose}", "screen “home” has no control “”"),
        ("{lifetime: 3 phút, of: home, origin: prose}", "has no control “countdown”"),
        ("{text: a, of: home.login, origin: prose}", "is about a whole screen; write of: home"),
        (
            "{shown_on: {words: a, system: vnied}, of: vneid.qr, origin: prose}",
            "“vnied” is no system of this portal; did you mean “vneid”?",
        ),
        (
            "{moves_to: {words: a, screen: acount}, origin: prose}",
            "“acount” is no known screen; did you mean “account”?",
        ),
    ],
)
def test_a_claim_about_what_is_not_there_is_told_with_its_line(claim, told, guide, atlas):
    made = guide(f"home.open {claim}")
    (sentence,) = mistakes(made, atlas)
    assert sentence.startswith(f"{made.path}:{line(1) + 2}: ") and told in sentence


def test_all_mistakes_of_a_journey_are_told_at_once(guide, atlas):
    made = guide("home.opne", "login.choose_vnied", "home.open {text: a, of: x, origin: ours}")
    assert len(mistakes(made, atlas)) == 3


def test_a_claim_about_the_screen_that_a_verb_leaves_is_looked_at_before(guide, atlas):
    claim = "{control: Đăng nhập, of: home.login, origin: prose}"
    (move,) = bound(guide("home.open", f"home.choose_login {claim}"), atlas).steps[1].moves
    assert (len(move.before), len(move.after)) == (1, 0)


def test_a_claim_about_the_screen_that_comes_is_looked_at_after(guide, atlas):
    claim = "{text: Đăng nhập, of: login, origin: prose}"
    (move,) = bound(guide("home.open", f"home.choose_login {claim}"), atlas).steps[1].moves
    assert (len(move.before), len(move.after)) == (0, 1)


def test_a_claim_about_a_screen_that_stays_is_looked_at_after(guide, atlas):
    claim = "{text: Trang chủ, of: home, origin: prose}"
    (move,) = bound(guide(f"home.open {claim}"), atlas).steps[0].moves
    assert (len(move.before), len(move.after)) == (0, 1)


def test_a_verb_that_types_a_secret_is_out_of_bounds_where_none_may_be_typed(guide, atlas):
    plan = bound(guide(*WAY), atlas, Bounds(credentials=False))
    assert [bool(step.moves[0].forbidden) for step in plan.steps] == [False] * 3 + [True] * 2


@pytest.mark.parametrize("shipped", guides().values(), ids=guides())
def test_every_shipped_journey_finds_its_pages(shipped):
    atlas = atlases()[shipped.portal]
    for journey in shipped.journeys:
        assert bind(shipped, journey, atlas, FREE).steps
