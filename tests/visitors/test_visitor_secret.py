"""A secret shows nowhere by accident."""

import pickle
import traceback

import pytest

from visitors.secret import Secret, Secrets

PLANTED = "planted-7391"


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>20}".format, lambda s: f"{s!r}"])
def test_it_is_never_shown(show):
    assert PLANTED not in show(Secret("password", PLANTED))


def test_it_is_revealed_only_when_asked():
    assert Secret("password", PLANTED).reveal() == PLANTED


def test_an_error_with_a_secret_in_it_does_not_show_it():
    try:
        raise ValueError(Secret("code", PLANTED))
    except ValueError as error:
        assert PLANTED not in "".join(traceback.format_exception(error))


def test_two_are_equal_when_their_values_are():
    assert Secret("code", "1") == Secret("passcode", "1")
    assert Secret("code", "1") != Secret("code", "2")
    assert len({Secret("code", "1"), Secret("code", "1")}) == 1


def test_it_is_not_equal_to_its_value():
    assert Secret("code", "1") != "1"


def test_it_cannot_be_pickled():
    with pytest.raises(TypeError):
        pickle.dumps(Secret("code", PLANTED))


def test_an_empty_one_is_refused():
    with pytest.raises(ValueError, match="the password is empty"):
        Secret("password", "")


def test_the_bag_remembers_every_secret_once():
    secrets = Secrets()
    secrets.new("password", "a")
    secrets.keep(Secret("code", "b"))
    secrets.new("code", "b")
    assert secrets.values() == {"a", "b"}


def test_the_bag_shows_none_of_them():
    secrets = Secrets()
    secrets.new("password", PLANTED)
    assert PLANTED not in f"{secrets} {secrets!r}"
