"""Embedded portals whose templates are changed by hand: a copy of the program, and a browser on it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from mutation_labels import STAGING, Label
from playwright.sync_api import Browser, BrowserType

from suites.plugins.options import Selection
from world.embedded import start
from world.world import World, open_world

# Works in the copy only: a page is read anew when its template has changed, as after a new start.
_KEPT, _READ_ANEW = "auto_reload=False", "auto_reload=True"


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's folder, copied."""
    folder = tmp_path_factory.mktemp("copy") / "staging"
    shutil.copytree(STAGING, folder, ignore=shutil.ignore_patterns("__pycache__"))
    templates = folder / "templates.py"
    source = templates.read_text(encoding="utf-8")
    assert source.count(_KEPT) == 1
    templates.write_text(source.replace(_KEPT, _READ_ANEW), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def world(
    copy: Path, selection: Selection, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world of the copy, its clock and faults included."""
    program = ("env", "-C", str(copy.parent), sys.executable, "-m", "staging")
    with (
        start("published", program=program) as running,
        open_world(
            selection.environment, None, running.address, tmp_path_factory.mktemp("world")
        ) as opened,
    ):
        yield replace(opened, control=running.control)  # the copy is attached to, and is ours alone


@pytest.fixture(scope="session")
def client(world: World) -> Iterator[httpx.Client]:
    """HTTP outside the browser, with the names of the copy."""
    with world.names.client(timeout=10) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType, world: World) -> Iterator[Browser]:
    """A browser of its own: one that other tests have started knows the names of other portals."""
    opened = browser_type.launch(**world.launch(headed=False))
    yield opened
    opened.close()


@pytest.fixture
def changed(copy: Path) -> Callable[[Label], object]:
    """Change one label in its template, for the length of a block."""

    @contextmanager
    def change(label: Label) -> Iterator[None]:
        path = copy / label.template
        before = path.read_text(encoding="utf-8")
        after = label.change(before)
        assert after != before
        path.write_text(after, encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")

    return change
