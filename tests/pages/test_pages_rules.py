"""What keeps pages small: they press and type through the device alone, wait for nothing, assert nothing.

Read off the syntax tree, so that no page can be written otherwise without this being seen.
"""

import ast
import inspect
import typing
from pathlib import Path

import pytest

import pages
from journeys.binding import HANDED
from pages import PAGES
from pages.page import Page

FOLDER = Path(pages.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))

# Where an element is found: the one module that may know the browser, and only for that.
FINDS = "finding.py"
FINDING = {"and_", "filter", "get_by_alt_text", "get_by_role", "get_by_text", "locator", "nth"}

ACTS = {
    *("check", "clear", "click", "dblclick", "dispatch_event", "drag_to", "evaluate", "fill"),
    *("focus", "goto", "hover", "press", "press_sequentially", "scroll_into_view_if_needed"),
    *("select_option", "set_checked", "set_input_files", "tap", "tick", "type", "type_code"),
    *("type_secret", "uncheck", "go", "count", "read", "sees", "wait_out"),
    *("attach", "choose", "enter", "select"),
}
WAITS = {"sleep", "wait", "pause"}
FOREIGN = {"playwright", "time", "asyncio", "threading", "pytest", "selenium", "journeys", "world"}


def wrong_in(source, name="page.py"):
    """What a page's source does that pages do not do, one sentence each."""
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Assert():
                yield f"{line}: asserts"
            case ast.Import(names=found):
                yield from (
                    f"{line}: imports {one.name}"
                    for one in found
                    if one.name.split(".")[0] in FOREIGN
                )
            case ast.ImportFrom(module=module) if (module or "").split(".")[0] in FOREIGN:
                if not (name == FINDS and module == "playwright.sync_api"):
                    yield f"{line}: imports {module}"
            case ast.Call(func=ast.Name(id=called)) if called in {*WAITS, "expect"}:
                yield f"{line}: {called}()"
            case ast.Call(func=ast.Attribute(attr=called, value=of)):
                if called in WAITS or called.startswith("wait_for"):
                    yield f"{line}: .{called}()"
                elif called in ACTS and not is_device(of):
                    yield f"{line}: .{called}() of something else than the device"
                elif called == "expect" or called.startswith(("to_be_", "to_have_")):
                    yield f"{line}: .{called}()"
            case ast.Try() | ast.While():
                yield f"{line}: {type(node).__name__.lower()}"


def is_device(node):
    """`device` or `self.device`."""
    return ast.unparse(node) in ("device", "self.device")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_page_does_what_a_device_or_a_test_does(module):
    assert list(wrong_in(module.read_text(encoding="utf-8"), module.name)) == []


@pytest.mark.parametrize(
    "source",
    [
        "page.locator('a').click()",
        "self.control('a').fill('b')",
        "locator.press_sequentially('123')",
        "page.goto('https://a')",
        "time.sleep(1)",
        "sleep(1)",
        "page.wait_for_timeout(100)",
        "locator.wait_for()",
        "expect(locator).to_be_visible()",
        "assert self.device.sees(a)",
        "import time",
        "from playwright.sync_api import Page",
        "from journeys.device import BrowserDevice",
        "while True: pass",
        "page.press('Enter')",
    ],
)
def test_it_would_be_seen(source):
    assert list(wrong_in(source))


def test_the_module_that_finds_elements_only_finds_them():
    tree = ast.parse((FOLDER / FINDS).read_text(encoding="utf-8"))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) in ("page", "root", "found")
    }
    assert called <= FINDING


def verbs():
    for key, page in PAGES.items():
        for name, method in inspect.getmembers(page, inspect.isfunction):
            if getattr(method, "is_verb", False):
                yield pytest.param(page, method, id=f"{key}.{name}")


VERBS = list(verbs())


@pytest.mark.parametrize(("page", "verb"), VERBS)
def test_every_parameter_of_a_verb_is_something_that_a_walk_hands_it(page, verb):
    assert set(inspect.signature(verb).parameters) - {"self"} <= HANDED


@pytest.mark.parametrize(("page", "verb"), VERBS)
def test_every_verb_returns_a_page_or_says_that_it_returns_none(page, verb):
    result = typing.get_type_hints(verb)["return"]
    pages_or_none = typing.get_args(result) or (result,)
    assert all(
        found in (type(None), typing.Self) or issubclass(found, Page) for found in pages_or_none
    )


@pytest.mark.parametrize(("page", "verb"), VERBS)
def test_a_verb_that_is_handed_a_secret_is_marked_so(page, verb):
    asked = set(inspect.signature(verb).parameters)
    pins = {"smartca_pin", "token_pin", "sim_pin"}
    secrets = {"account", "password", "passcode", "phone", "details", *pins} & asked
    assert bool(secrets) <= getattr(verb, "types_secret", False)


@pytest.mark.parametrize(("page", "verb"), VERBS)
def test_every_verb_says_what_it_does(page, verb):
    assert (verb.__doc__ or "").strip()


def test_every_page_with_a_screen_is_in_the_list():
    def below(kind):
        for found in kind.__subclasses__():
            yield found
            yield from below(found)

    with_screen = {page for page in below(Page) if page.__module__.startswith("pages.")}
    assert {page for page in with_screen if "key" in vars(page)} == set(PAGES.values())


def test_every_control_that_a_page_asks_for_is_asked_by_a_name_it_says_itself():
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.control":
                assert isinstance(node.args[0], ast.Constant), f"{module.name}:{node.lineno}"
