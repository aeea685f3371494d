"""What is kept: results once, incidents as events, alerts with the change that made them."""

import pytest
from monitor_scene import CHANNELS, JOURNEYS, check
from sqlalchemy import func, insert, select

from config.monitor import Channel, Monitor
from monitoring import tables
from monitoring.keeping import Keeper
from monitoring.state import DrillBegun, Tick
from monitoring.store import NoStore, Store

LAI_CHAU = "lai-chau-2024/citizen"


def letters(store):
    with store.reading() as connection:
        return list(connection.execute(select(tables.outbox).order_by(tables.outbox.c.id)))


def count(store, table):
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_result_taken_twice_is_kept_and_counted_once(keeper, store, clock):
    one = check("run-1", LAI_CHAU, clock())
    assert keeper.take([one]) == 1
    assert keeper.take([one]) == 0
    assert count(store, tables.results) == 1
    with store.reading() as connection:
        assert {row.up for row in connection.execute(select(tables.rollups))} == {1}


def test_one_shared_cause_is_one_letter_that_names_all_portals(rounds, store):
    rounds(3, "system:VNeID")
    (letter,) = letters(store)
    assert letter.channel == "duty-mail"
    assert all(portal in letter.body for portal in set(JOURNEYS.values()))
    assert "VNeID" in letter.title and "MÔ PHỎNG" in letter.title


def test_the_all_clear_goes_where_the_alert_went(rounds, store):
    rounds(2, "system:VNeID")
    rounds(2)
    assert [letter.channel for letter in letters(store)] == ["duty-mail", "duty-mail"]
    assert "ĐÃ HẾT" in letters(store)[1].title


def test_the_history_of_an_incident_is_kept_as_events(rounds, store):
    rounds(2, "system:VNeID")
    rounds(2)
    with store.reading() as connection:
        changes = [row.change for row in connection.execute(select(tables.events))]
    assert changes == ["opened", "told", "left", "left", "left", "closed"]


def test_a_new_keeper_goes_on_where_the_last_one_ended(rounds, store, monitor, clock):
    rounds(1, "system:VNeID")
    other = Keeper(store, monitor, {})
    other.take([check("other", name, clock.move(300), "system:VNeID") for name in JOURNEYS])
    other.hear(Tick(clock(), gathered=True))
    assert len(letters(store)) == 1


def test_whoever_tells_knows_the_journeys_by_their_titles(rounds, store, monitor, clock):
    rounds(1, "system:VNeID")
    knows_no_titles = Keeper(store, monitor, {})
    at = clock.move(300)
    knows_no_titles.take([check("other", name, at, "system:VNeID") for name in JOURNEYS])
    knows_no_titles.hear(Tick(at, gathered=True))
    (letter,) = letters(store)
    assert letter.body.count("Công dân đăng nhập") == len(JOURNEYS)


def test_two_keepers_on_one_store_do_not_open_an_incident_twice(
    rounds, keeper, store, monitor, clock
):
    other = Keeper(store, monitor, {})
    rounds(2, "system:VNeID")
    other.take([check("other", name, clock.move(300), "system:VNeID") for name in JOURNEYS])
    rounds(1, "system:VNeID")
    other.hear(Tick(clock(), gathered=True))
    assert count(store, tables.incidents) == 1 and len(letters(store)) == 1


def test_a_transaction_that_fails_changes_nothing(keeper, store, clock, monkeypatch):
    def fail(*_arguments):
        raise OSError("killed here")

    one = check("run-1", LAI_CHAU, clock(), "account:7c1f")
    monkeypatch.setattr("monitoring.keeping.post", fail)
    with pytest.raises(OSError, match="killed here"):
        keeper.take([one]), keeper.hear(Tick(clock(), gathered=True))
    monkeypatch.undo()
    keeper.take([one])
    keeper.hear(Tick(clock(), gathered=True))
    assert [letter.channel for letter in letters(store)] == ["team"]


def test_an_unconfirmed_failure_is_kept_but_decides_nothing(keeper, store, clock):
    for number in range(3):
        keeper.take([check(f"run-{number}", LAI_CHAU, clock(), "portal:lai-chau", confirmed=False)])
    assert count(store, tables.results) == 3 and count(store, tables.incidents) == 0
    assert count(store, tables.rollups) == 0


def test_without_a_network_of_our_own_nothing_counts_against_a_portal(keeper, store, clock):
    for number in range(3):
        keeper.take([check(f"run-{number}", LAI_CHAU, clock(), "portal:lai-chau")], False)
    with store.reading() as connection:
        row = connection.execute(select(tables.rollups)).first()
    assert (row.down, row.excused) == (0, 3)


def test_maintenance_that_was_added_excuses_from_the_next_check_on(keeper, store, clock):
    with store.turn() as (connection, _):
        window = {"of": "VNeID", "begin": 0.0, "end": clock() + 9999, "reason": "x", "by": "Hà"}
        connection.execute(insert(tables.maintenance).values(window))
    for number in range(3):
        keeper.take([check(f"run-{number}", LAI_CHAU, clock.move(300), "system:VNeID")])
    assert count(store, tables.incidents) == 0


def test_a_channel_with_two_audiences_gets_one_letter_of_a_drill(keeper, store, clock):
    keeper.hear(DrillBegun(clock(), "Hà"))
    assert sorted(letter.channel for letter in letters(store)) == ["duty-mail", "team"]
    assert all("DIỄN TẬP" in letter.title for letter in letters(store))


@pytest.fixture
def of_lai_chau(store):
    """A keeper with one channel for Lai Châu alone, beside those for all."""
    own = Channel(channel="lai-chau", tells=("duty",), portals=("lai-chau",), url="json://a")
    return Keeper(store, Monitor(environment="embedded", channels=(*CHANNELS, own)), {})


def fail(keeper, clock, cause, *journeys):
    for number in range(2):
        at = clock.move(300)
        keeper.take([check(f"{cause} {at} {number}", name, at, cause) for name in journeys])
        keeper.hear(Tick(at, gathered=True))


def test_a_channel_of_one_portal_hears_of_no_other(of_lai_chau, store, clock):
    fail(of_lai_chau, clock, "portal:hung-yen", "hung-yen-2023/citizen")
    assert [letter.channel for letter in letters(store)] == ["duty-mail"]
    fail(of_lai_chau, clock, "portal:lai-chau", LAI_CHAU)
    assert [letter.channel for letter in letters(store)][1:] == ["duty-mail", "lai-chau"]


def test_a_channel_of_one_portal_hears_of_a_shared_cause_when_it_comes_there(
    of_lai_chau, store, clock
):
    fail(of_lai_chau, clock, "system:VNeID", "hung-yen-2023/citizen")
    assert [letter.channel for letter in letters(store)] == ["duty-mail"]
    fail(of_lai_chau, clock, "system:VNeID", LAI_CHAU)
    fail(of_lai_chau, clock, "ok", LAI_CHAU, "hung-yen-2023/citizen")
    told = [(letter.channel, letter.key.split("/")[2]) for letter in letters(store)]
    assert told == [
        *(("duty-mail", "opened"), ("lai-chau", "opened")),
        *(("duty-mail", "closed"), ("lai-chau", "closed")),
    ]


def test_since_when_a_guide_differs_is_kept_until_it_matches_again(keeper, store, clock):
    def since():
        with store.reading() as connection:
            asked = select(tables.journeys.c.drifted_since)
            return connection.execute(
                asked.where(tables.journeys.c.journey == LAI_CHAU)
            ).scalar_one()

    first = clock()
    for number, outcome in enumerate(("drifted", "drifted")):
        keeper.take([check(f"run-{number}", LAI_CHAU, clock.move(300), outcome=outcome)])
    assert since() == first + 300
    keeper.take([check("run-9", LAI_CHAU, clock.move(300))])
    assert since() is None


def test_a_locked_store_is_one_sentence_with_a_remedy(store, store_url, tmp_path, monitor):
    if store_url:
        pytest.skip("PostgreSQL knows no lock on the whole database")
    impatient = Store(f"sqlite:///{tmp_path}/monitor.sqlite", busy=0.05)
    with store.turn(), pytest.raises(NoStore, match=r"locked.*another program holds it"):
        Keeper(impatient, monitor, {}).hear(Tick(0.0))
    impatient.close()
