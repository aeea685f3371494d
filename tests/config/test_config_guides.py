"""Guides and portal files: what they may say, and what is refused when they are read."""

import re

import pytest

from config.guides import Claim, Guide, guides
from config.portals import Control, Deed, Place, Portal, Screen, atlases
from config.strict import CONFIG, Mistake, load

SHIPPED = sorted((CONFIG / "portals").glob("*.yaml"))

GUIDE = """\
guide: demo
title: Demo
portal: demo
source: demo.txt
published: "2024"
journeys:
  - journey: one
    title: One
    visitor: citizen
    steps:
      - step: Bước 1
        moves:
          - {says: mở trang, do: home.open}
"""


@pytest.fixture
def guide_file(tmp_path):
    def write(text, name="demo"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_claims_kind_is_its_key():
    claim = Claim.model_validate({"control": "Đăng nhập", "origin": "prose"})
    assert (claim.kind, claim.claimed) == ("control", "Đăng nhập")


@pytest.mark.parametrize(
    "written",
    [{"origin": "prose"}, {"control": "a", "text": "b", "origin": "prose"}],
    ids=["none", "two"],
)
def test_a_claim_has_exactly_one_kind(written):
    with pytest.raises(ValueError, match="exactly one kind"):
        Claim.model_validate(written)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"fields": "tài khoản"}, "write fields: ["),
        ({"options": "SmartCA"}, "write options: ["),
        ({"options": [{"name": "SmartCA"}]}, "write options: ["),
        ({"moves_to": "account"}, "write moves_to: {words: …, screen: …}"),
        ({"digits": "sáu"}, "write digits: a number"),
        ({"digits": True}, "write digits: a number"),
        ({"signed_in": "có"}, "write signed_in: true or false"),
        ({"lifetime": "một lúc"}, "names no lifetime"),
        ({"delivery": "sau ít phút"}, "names no delivery"),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else "",
)
def test_what_is_claimed_fits_its_kind(written, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        Claim.model_validate({**written, "origin": "prose"})


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"signed_in": True}, "đã đăng nhập"),
        ({"signed_in": False}, "đã đăng xuất"),
        (
            {"fields": [{"name": "Họ tên", "required": True}, {"name": "Email"}]},
            "Họ tên (*) · Email",
        ),
        ({"options": ["SmartCA", "Sim"]}, "SmartCA · Sim"),
        ({"moves_to": {"words": "trang của tỉnh", "screen": "home"}}, "trang của tỉnh"),
        ({"digits": 6}, "6"),
    ],
)
def test_a_claim_is_told_in_words(written, words):
    assert Claim.model_validate({**written, "origin": "prose"}).words == words


@pytest.mark.parametrize("do", ["home", "home.open.now", "Home.open", "home open"])
def test_a_move_does_one_verb_of_one_screen(guide_file, do):
    path = guide_file(GUIDE.replace("home.open", do))
    with pytest.raises(Mistake, match=r"demo\.yaml:13"):
        load(path, Guide)


def test_two_steps_of_one_name_are_refused(guide_file):
    step = GUIDE[GUIDE.index("      - step") :]
    with pytest.raises(Mistake, match="two steps have the same name"):
        load(guide_file(GUIDE + step), Guide)


def test_a_journey_without_steps_is_refused(guide_file):
    with pytest.raises(Mistake, match=r"journeys\.0\.steps"):
        load(guide_file(GUIDE[: GUIDE.index("    steps:")] + "    steps: []\n"), Guide)


def test_two_guides_of_one_name_are_refused(guide_file):
    guide_file(GUIDE)
    path = guide_file(GUIDE, "second")
    with pytest.raises(Mistake, match=r"second\.yaml:1: a second guide “demo”"):
        guides(path.parent)


def test_the_mistakes_of_all_guides_are_told_at_once(guide_file):
    guide_file(GUIDE.replace("title: Demo", "titel: Demo"))
    path = guide_file(GUIDE.replace("visitor:", "vistor:"), "second")
    with pytest.raises(Mistake) as mistake:
        guides(path.parent)
    assert {sentence.split("/")[-1].split(":")[0] for sentence in mistake.value.sentences} == {
        "demo.yaml",
        "second.yaml",
    }


def test_a_place_needs_more_than_a_landmark():
    with pytest.raises(ValueError, match="more than a landmark"):
        Place(landmark="main")


@pytest.mark.parametrize(
    "deed",
    [{}, {"press": "a", "tick": "b"}, {"enter": "a"}, {"press": "a", "with": "passcode"}],
    ids=["nothing", "two things", "enter what", "press with"],
)
def test_a_deed_is_one_thing(deed):
    with pytest.raises(ValueError, match=r"a deed is one of|enter needs with"):
        Deed.model_validate(deed)


@pytest.mark.parametrize("named", [{"sign": "b"}, {"sign": "a", "deal": [{"press": "b"}]}])
def test_a_screen_names_only_controls_of_its_own(named):
    control = Control(place=Place(id="a"), because="its id")
    with pytest.raises(ValueError, match="no control “b”"):
        Screen.model_validate({"name": "S", "controls": {"a": control}, **named})


PORTAL = """\
portal: demo
name: Demo
home: https://demo.example/
hosts: [demo.example]
uses: [shared]
screens:
  home:
    name: Home
    sign: a
    controls: {a: {place: {id: a}, because: its id}}
"""
SHARED = PORTAL.replace("portal: demo", "portal: shared").replace(
    "home: https://demo.example/\n", ""
)


@pytest.fixture
def portal_files(tmp_path):
    def write(demo, shared):
        (tmp_path / "demo.yaml").write_text(demo)
        (tmp_path / "shared.yaml").write_text(shared.replace("uses: [shared]\n", ""))
        (tmp_path / "troubles.yaml").write_text("troubles: []\n")
        return tmp_path

    return write


def test_a_portal_that_uses_what_is_not_there_is_told(portal_files):
    folder = portal_files(PORTAL.replace("[shared]", "[shraed]"), SHARED)
    with pytest.raises(Mistake, match=r"demo\.yaml:5: there is no portal file “shraed”"):
        atlases(folder)


def test_two_systems_of_one_journey_have_no_screen_of_one_name(portal_files):
    with pytest.raises(Mistake, match="“home” is a screen of “demo” as well; rename one"):
        atlases(portal_files(PORTAL, SHARED))


def test_only_a_portal_with_a_home_has_an_atlas(portal_files):
    folder = portal_files(PORTAL, SHARED.replace("  home:", "  other:"))
    assert list(atlases(folder)) == ["demo"]


SYSTEMS = {path.stem: load(path, Portal) for path in SHIPPED if path.stem != "troubles"}


def places(system):
    for screen in system.screens.values():
        yield from (control.place for control in screen.controls.values())
        yield from (*screen.groups.values(), *screen.personal)
        if screen.form:
            yield screen.form


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_no_place_of_a_shipped_portal_file_is_a_chain(system):
    elements = [place.element or "" for place in places(system)]
    assert [element for element in elements if re.search(r"[ >+]", element)] == []


def test_every_screen_that_may_come_before_another_names_one_that_is_there():
    screens = {key: screen for system in SYSTEMS.values() for key, screen in system.screens.items()}
    assert {key for screen in screens.values() for key in screen.before} - set(screens) == set()
