"""Pages and portal files know the same screens, and each control that a page uses is in the file."""

import ast
import inspect

import pytest

from config.portals import atlases
from pages import PAGES

ATLASES = atlases()


def controls_of(method):
    """The controls that a verb names."""
    tree = ast.parse(inspect.cleandoc(inspect.getsource(method)))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.control"
    }


@pytest.mark.parametrize("atlas", ATLASES.values(), ids=ATLASES)
def test_every_screen_of_a_page_can_be_signed_off_by_a_control_of_its_own(atlas):
    for key in PAGES.keys() & atlas.screens.keys():
        screen = atlas.screens[key]
        assert screen.sign in screen.controls


@pytest.mark.parametrize(
    ("key", "verb"),
    [
        (key, name)
        for key, page in PAGES.items()
        for name, found in inspect.getmembers(page, inspect.isfunction)
        if getattr(found, "is_verb", False)
    ],
)
def test_some_portal_has_the_controls_of_a_verb(key, verb):
    needed = controls_of(getattr(PAGES[key], verb))
    screens = [atlas.screens[key] for atlas in ATLASES.values() if key in atlas.screens]
    assert not screens or any(needed <= set(screen.controls) for screen in screens)
