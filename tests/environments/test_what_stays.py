"""Where there is nobody to ask, what a visitor's journeys leave behind is told."""

from __future__ import annotations

import warnings
from contextlib import ExitStack

import pytest

from suites.plugins.options import Selection
from suites.plugins.visits import put_back
from world.clock import Clock
from world.names import Names
from world.world import World


@pytest.fixture
def elsewhere(selection: Selection) -> World:
    """A world in which nothing can be taken back."""
    return World(
        environment=selection.environment,
        names=Names(),
        edition=None,
        simulated=False,
        clock=Clock(),
        control=None,
        home=None,
    )


def test_what_may_have_stayed_is_told_when_the_visit_is_over(
    selection: Selection, elsewhere: World
) -> None:
    held = ExitStack()
    put_back("newcomer", selection, elsewhere, held)
    with pytest.warns(UserWarning, match="“newcomer” may have left a registration behind"):
        held.close()


def test_of_a_visitor_who_leaves_nothing_there_is_nothing_to_tell(
    selection: Selection, elsewhere: World
) -> None:
    with warnings.catch_warnings(), ExitStack() as held:
        warnings.simplefilter("error")
        put_back("citizen", selection, elsewhere, held)
