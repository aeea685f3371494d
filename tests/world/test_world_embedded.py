"""The embedded portals as a child: started, attached to, moved, ended."""

import sys

import pytest

from world import embedded
from world.missing import Missing


def program(text: str) -> tuple[str, ...]:
    """A program that stands in for the embedded portals."""
    return (sys.executable, "-c", text)


@pytest.fixture(scope="module")
def portals():
    with embedded.start("published") as running:
        yield running


@pytest.fixture
def control(portals):
    yield portals.control
    portals.control.reset()


def test_they_serve_the_portals_under_their_real_names(portals):
    assert "dichvucong.laichau.gov.vn" in portals.names.map
    assert not portals.names.public


def test_progress_is_told(monkeypatch):
    told: list[str] = []
    with pytest.raises(Missing), embedded.start("published", told.append, program=program("")):
        pass
    assert told == ["starting the embedded portals (edition published) …"]


def test_one_can_attach_and_they_go_on_running(portals):
    with embedded.attach(portals.address) as first:
        assert first.names == portals.names
    with embedded.attach(portals.address) as second:
        assert second.edition == "published"


def test_they_end_with_the_block():
    with embedded.start("published") as running:
        address = running.address
    with pytest.raises(Missing, match="no embedded portals answer"), embedded.attach(address):
        pass


def test_a_program_that_ends_at_once_is_one_sentence_with_its_last_words():
    dying = program("import sys; sys.exit('port is taken')")
    with (
        pytest.raises(Missing, match=r"exit code 1\): port is taken; run `python -m staging`"),
        embedded.start("published", program=dying),
    ):
        pass


def test_a_program_that_never_gets_ready_is_ended_at_the_limit():
    sleeping = program("import sys; sys.stdin.read()")
    with (
        pytest.raises(Missing, match=r"not ready within 0\.3 seconds"),
        embedded.start("published", limit=0.3, program=sleeping),
    ):
        pass


def test_an_address_where_something_else_answers_is_one_sentence():
    with (
        pytest.raises(Missing, match="no embedded portals answer at nonsense"),
        embedded.attach("nonsense"),
    ):
        pass


def test_the_edition_can_be_changed(control):
    control.set_edition("2025-06")
    assert control.state()["edition"] == "2025-06"


def test_the_clock_can_be_moved(control):
    control.advance_clock(90)
    assert control.state()["clock_offset"] == 90


def test_a_fault_is_set_in_one_call_and_all_are_cleared_in_one(control):
    control.set_fault("error-500", host="dichvucong.laichau.gov.vn")
    assert control.state()["faults"]
    control.clear_faults()
    assert not control.state()["faults"]


def test_an_unknown_fault_is_refused_in_a_sentence(control):
    with pytest.raises(ValueError, match="no fault 'earthquake'"):
        control.set_fault("earthquake")
