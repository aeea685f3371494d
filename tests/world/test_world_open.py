"""An environment made concrete."""

from datetime import timedelta

import pytest

from config.environments import Environment, environment
from world.clock import Clock
from world.embedded import start
from world.missing import Missing
from world.world import open_world

MAPPED = """
environment: {name}
network: mapped
names:
  map: {{portal.example: "127.0.0.1:8443"}}
  ca: {ca}
bounds: {{credentials: true}}
"""


@pytest.fixture
def mapped(tmp_path, authority):
    """A mapped environment, read from a file; `ca` is the authority's file."""
    good = tmp_path / "authority.pem"
    good.write_text(authority.pem)

    def written(ca: object = good) -> Environment:
        path = tmp_path / "test.yaml"
        path.write_text(MAPPED.format(name="test", ca=ca))
        return environment(str(path), variables={})

    return written


@pytest.fixture
def embedded_environment() -> Environment:
    return Environment.model_validate(
        {"environment": "embedded", "network": "embedded", "bounds": {"credentials": True}}
    )


def test_a_mapped_environment_brings_its_names_and_its_authority(mapped, authority, tmp_path):
    with open_world(mapped(), None, None, tmp_path) as world:
        assert world.names.map == {"portal.example": "127.0.0.1:8443"}
        assert world.names.ca_pem == authority.pem
        assert world.home is not None
        assert (world.simulated, world.control, world.edition) == (False, None, None)


def test_an_authority_that_is_not_there_is_one_sentence_with_its_line(mapped, tmp_path):
    with (
        pytest.raises(Missing, match=r"test\.yaml:6: .*nowhere\.pem cannot be read"),
        open_world(mapped("nowhere.pem"), None, None, tmp_path),
    ):
        pass


@pytest.mark.parametrize("options", [("2025-06", None), (None, "http://127.0.0.1:1")])
def test_options_of_the_embedded_portals_are_refused_elsewhere(mapped, tmp_path, options):
    with (
        pytest.raises(Missing, match="goes only with embedded portals"),
        open_world(mapped(), *options, tmp_path),
    ):
        pass


def test_the_embedded_world_is_simulated_and_published_by_default(embedded_environment, tmp_path):
    with open_world(embedded_environment, None, None, tmp_path) as world:
        assert world.simulated
        assert world.edition == "published"
        assert world.probe("https://dichvucong.laichau.gov.vn/").kind is None


def test_attaching_to_another_edition_than_asked_for_is_refused(embedded_environment, tmp_path):
    with (
        open_world(embedded_environment, "2025-06", None, tmp_path) as running,
        pytest.raises(Missing, match="show edition 2025-06, not 2026-11"),
        open_world(embedded_environment, "2026-11", running.address, tmp_path),
    ):
        pass


def test_the_clock_of_the_world_moves_with_the_portals(embedded_environment, tmp_path):
    with open_world(embedded_environment, None, None, tmp_path) as world:
        before = world.clock.now()
        assert world.control is not None
        world.control.advance_clock(3600)
        assert world.clock.now() - before >= timedelta(hours=1)


def test_attached_portals_are_not_ours_to_control_yet_their_clock_is_read(
    embedded_environment, tmp_path
):
    with (
        start("published") as theirs,
        open_world(embedded_environment, None, theirs.address, tmp_path) as world,
    ):
        assert world.control is None
        theirs.control.advance_clock(3600)
        assert world.clock.now() - Clock().now() > timedelta(minutes=59)


def test_times_are_shown_in_vietnams_zone():
    assert Clock().now().utcoffset() == timedelta(hours=7)
