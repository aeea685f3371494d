"""A run: who may be walked, what is confirmed, what hangs, what was cut off."""

from dataclasses import replace

import pytest
from monitor_rig import WELL, rig
from monitor_scene import JOURNEYS
from sqlalchemy import select, update

from config.monitor import Cadence
from monitoring import leases, left_out, resuming, tables
from monitoring.place import Place
from monitoring.watching import made
from world.names import Names

LAI_CHAU, HUNG_YEN, THANH_HOA = JOURNEYS
PORTALS = sorted(JOURNEYS.values())


@pytest.fixture
def on(store, monitor, clock, tmp_path):
    """A run's parts, for a script."""

    def make(script=lambda _journey, _walk: WELL, accounts=("a", "b", "c"), **values):
        settings = monitor.model_copy(update=values.pop("settings", {}))
        return rig(store, settings, clock, tmp_path, script, accounts, **values)

    return make


def results(store):
    with store.reading() as connection:
        asked = select(tables.results).order_by(tables.results.c.id)
        return [(row.journey, row.attempt, row.counted) for row in connection.execute(asked)]


def outbox_keys(store):
    with store.reading() as connection:
        asked = select(tables.outbox.c.key).order_by(tables.outbox.c.id)
        return list(connection.execute(asked).scalars())


def forget_all_but_the_run(store):
    """As if the monitor had been killed before it kept anything: the records lie in their folders."""
    with store.turn() as (connection, _):
        for table in (tables.results, tables.aside, tables.incidents, tables.events, tables.outbox):
            connection.execute(table.delete())
        connection.execute(update(tables.runs).values(ended=None))


def failing(portal_journey, what="portal/timeout", walks=(1, 2, 3, 4)):
    def script(journey, walk):
        return what if journey == portal_journey and walk in walks else WELL

    return script


def test_one_run_serves_all_portals_that_are_due(on, store):
    rounds, _, _, _ = on()
    done = rounds.carry_out(PORTALS)
    assert done.walked == 3 and done.complete
    assert [counted for _, _, counted in results(store)] == ["up"] * 3


def test_portals_that_are_not_walked_keep_their_incidents_and_what_is_known_of_them(on, store):
    rounds, _, _, _ = on(failing(LAI_CHAU))
    for _ in range(2):
        rounds.carry_out(PORTALS)
    letters = outbox_keys(store)
    place = Place(rounds.environment, Names(), rounds.plan, None, True)
    duty = made(rounds.monitor, place, store, ["hung-yen"])
    duty.begin()
    state = rounds.keeper.open_incidents()
    assert duty.portals == ["hung-yen"] and outbox_keys(store) == letters
    assert [one.cause for one in state.incidents.values()] == ["portal:lai-chau"]
    assert set(state.journeys) == set(JOURNEYS)


def test_a_failure_is_confirmed_at_once_in_a_fresh_child(on, store):
    rounds, walker, _, _ = on(failing(LAI_CHAU))
    rounds.carry_out(PORTALS)
    assert walker.orders[-1] == (LAI_CHAU,)
    assert (LAI_CHAU, 1, "unconfirmed") in results(store)
    assert (LAI_CHAU, 2, "down") in results(store)


def test_a_failure_that_fresh_contexts_do_not_see_counts_as_well(on, store):
    rounds, _, _, _ = on(failing(LAI_CHAU, walks=(1,)))
    rounds.carry_out(PORTALS)
    assert (LAI_CHAU, 2, "up") in results(store)


def test_two_portals_that_see_the_same_system_fail_confirm_each_other(on, store):
    rounds, walker, _, _ = on(lambda _journey, _walk: "VNeID/connect")
    rounds.carry_out(PORTALS)
    assert set(walker.walks.values()) == {1}
    assert [counted for _, attempt, counted in results(store) if attempt == 2] == ["down"] * 3


def test_refused_credentials_are_never_tried_again_by_any_journey(on, store):
    script = failing(LAI_CHAU, "VNeID/rejected credentials")
    rounds, walker, _, _ = on(script, accounts=("one", "one", "two"))
    rounds.carry_out(PORTALS)
    rounds.carry_out(PORTALS)
    assert walker.walks == {LAI_CHAU: 1, THANH_HOA: 2}


def test_an_account_refused_after_another_journey_failed_is_not_used_to_confirm_that(on):
    def script(journey, _walk):
        return {LAI_CHAU: "portal/timeout", HUNG_YEN: "VNeID/rejected credentials"}.get(
            journey, WELL
        )

    rounds, walker, _, _ = on(script, accounts=("one", "one", "two"))
    rounds.carry_out(PORTALS)
    assert walker.walks[LAI_CHAU] == 1


def test_an_account_refused_in_a_run_that_was_cut_off_is_put_aside(on, store):
    rounds, walker, _, _ = on(failing(LAI_CHAU, "VNeID/rejected credentials"))
    rounds.carry_out(PORTALS)
    forget_all_but_the_run(store)
    resuming.take_up(rounds)
    assert rounds.accounts_aside() == {"a"}
    assert (LAI_CHAU, 1, "unknown") in results(store)
    assert "account:a" in {one.cause for one in rounds.keeper.open_incidents().incidents.values()}
    rounds.carry_out(PORTALS)
    assert walker.walks[LAI_CHAU] == 1


def test_an_account_that_only_the_suites_have_put_aside_is_told_once_until_it_is_given_back(
    on, store, clock
):
    aside = {"now": True}

    def script(journey, _walk):
        return "VNeID/account put aside" if aside["now"] and journey == LAI_CHAU else WELL

    rounds, walker, _, _ = on(script)
    for _ in range(3):
        rounds.carry_out(PORTALS)
    assert walker.walks[LAI_CHAU] == 1 and rounds.accounts_aside() == {"a"}
    assert [key.split("/", 2)[2] for key in outbox_keys(store)] == ["opened/team"]
    aside["now"] = False
    with store.turn() as (connection, _):
        connection.execute(tables.aside.delete())
    for _ in range(2):
        rounds.carry_out(PORTALS)
    assert [key.split("/", 2)[2] for key in outbox_keys(store)] == ["opened/team", "closed/team"]


def test_portals_that_share_an_account_are_never_in_two_lanes(on):
    rounds, walker, _, _ = on(
        accounts=("one", "two", "one"), settings={"cadence": Cadence(workers=2)}
    )
    rounds.carry_out(PORTALS)
    assert sorted(walker.orders) == sorted([(LAI_CHAU, THANH_HOA), (HUNG_YEN,)])


def test_a_portal_that_another_run_holds_is_left_out(on, store, clock):
    rounds, walker, _, _ = on()
    leases.take(store, ["portal:lai-chau"], "elsewhere", clock(), 600.0)
    done = rounds.carry_out(PORTALS)
    assert done.skipped == ((LAI_CHAU, "another run has it"),)
    assert LAI_CHAU not in walker.walks


def test_a_lease_ends_by_itself(on, store, clock):
    rounds, _, _, _ = on()
    leases.take(store, ["portal:lai-chau"], "elsewhere", clock(), 600.0)
    clock.move(601)
    assert not rounds.carry_out(PORTALS).skipped


def test_the_leases_of_a_monitor_that_was_killed_are_given_back_at_once(on, store, clock):
    rounds, _, _, _ = on()
    dead = resuming.holder().rpartition(":")[0] + ":1/run"
    alive = resuming.holder() + "/run"
    leases.take(store, ["portal:lai-chau"], dead, clock(), 600.0)
    leases.take(store, ["portal:hung-yen"], alive, clock(), 600.0)
    resuming.take_up(rounds)
    assert rounds.carry_out(PORTALS).skipped == ((HUNG_YEN, "another run has it"),)


def test_leases_are_given_back_when_the_run_is_over(on, store):
    on()[0].carry_out(PORTALS)
    with store.reading() as connection:
        assert not list(connection.execute(select(tables.leases)))


def test_a_hosts_budget_holds_across_restarts(on, clock):
    bounds = {"visits_per_hour": 3}  # the last is kept for a confirmation
    for _ in range(2):
        assert not on(**bounds)[0].carry_out(PORTALS).skipped
    left_out = on(**bounds)[0].carry_out(PORTALS).skipped
    assert {why for _, why in left_out} == {"budget of visits spent"}
    clock.move(2 * 3600)
    assert not on(**bounds)[0].carry_out(PORTALS).skipped


def test_what_failed_is_confirmed_however_little_of_the_budget_is_left(on, store):
    rounds, _, _, _ = on(lambda _journey, _walk: "portal/timeout", visits_per_hour=3)
    for _ in range(3):
        rounds.carry_out(PORTALS)
    assert [attempt for name, attempt, _ in results(store) if name == LAI_CHAU] == [1, 2]


def test_a_walk_spends_nothing_of_hosts_that_it_does_not_come_to(on):
    rounds, _, _, _ = on(visits_per_hour=4)
    first, *others = rounds.plan
    rounds.plan = [replace(first, shared=(("vneid.test", "VNeID"),)), *others]
    for _ in range(3):
        done = rounds.carry_out(PORTALS)
    assert not done.skipped
    rounds.plan = [replace(one, shared=(("vneid.test", "VNeID"),)) for one in rounds.plan]
    assert len(rounds.carry_out(PORTALS).skipped) == 3


def test_what_was_left_out_is_kept_with_its_reason_until_it_is_walked(on, store, clock):
    def kept():
        with store.reading() as connection:
            return [(one.journey, one.why, one.since) for one in left_out.kept(connection)]

    rounds, _, _, _ = on()
    leases.take(store, ["portal:lai-chau"], "elsewhere", clock(), 600.0)
    since = clock()
    for _ in range(2):
        rounds.carry_out(PORTALS)
        clock.move(60)
    assert kept() == [(LAI_CHAU, "another run has it", since)]
    clock.move(600)
    rounds.carry_out(PORTALS)
    assert kept() == []


def test_without_a_network_of_our_own_nothing_is_walked(on, store):
    rounds, walker, network, said = on()
    network.works = False
    done = rounds.carry_out(PORTALS)
    assert not walker.orders and not done.complete
    assert "our own network is down (192.0.2.1:443: unreachable)" in said[0]


def test_a_network_that_goes_down_in_the_middle_blames_no_portal(on, store):
    network = None

    def script(_journey, _walk):
        network.works = False
        return "portal/connect"

    rounds, _, network, _ = on(script)
    rounds.carry_out(PORTALS)
    assert {counted for _, attempt, counted in results(store) if attempt == 2} == {"excused"}


def test_what_hangs_is_ours_and_the_other_portals_are_walked(on, store):
    rounds, walker, _, said = on(failing(LAI_CHAU, "hangs"), accounts=("one", "one", "one"))
    walker.in_its_own_order = sorted  # Hưng Yên comes first there: it is not the one that hangs
    rounds.carry_out(PORTALS)
    assert walker.orders == [(LAI_CHAU, HUNG_YEN, THANH_HOA), (THANH_HOA,)]
    assert results(store) == [
        (HUNG_YEN, 1, "up"), (LAI_CHAU, 1, "unknown"), (THANH_HOA, 1, "up"),
    ]  # fmt: skip
    assert f"{LAI_CHAU}: internal, no result for 150 seconds" in said


def test_a_child_that_hangs_before_it_walks_blames_no_single_journey(on, store):
    rounds, walker, _, _ = on(lambda _journey, _walk: "hangs at once")
    rounds.carry_out(PORTALS)
    assert [counted for _, _, counted in results(store)] == ["unknown"] * 3
    assert len(walker.orders) == 1


def test_what_is_begun_anew_has_only_what_is_left_of_the_runs_time(on):
    rounds, walker, _, _ = on(
        failing(HUNG_YEN, "hangs"), settings={"cadence": Cadence(run_limit=60.0)}
    )
    rounds.carry_out(PORTALS)
    first, second = walker.deadlines
    assert 60.0 > first > second > 0


def test_when_the_time_of_a_run_is_over_nothing_more_is_begun(on, store):
    rounds, walker, _, said = on(settings={"cadence": Cadence(run_limit=0.001)})
    rounds.carry_out(PORTALS)
    assert not walker.orders
    assert [counted for _, _, counted in results(store)] == ["unknown"] * 3
    assert f"{LAI_CHAU}: internal, the time of the run is over" in said


@pytest.mark.parametrize(
    ("language", "told"),
    [("vi", "Thấy gì: không có kết quả nào trong 150 giây"), ("en", "Seen: no result for 150 s")],
)
def test_what_hangs_is_told_in_the_language_of_the_channel(on, store, language, told):
    rounds, _, _, _ = on(failing(LAI_CHAU, "hangs"), settings={"language": language})
    for _ in range(2):
        rounds.carry_out(PORTALS)
    with store.reading() as connection:
        (body,) = connection.execute(select(tables.outbox.c.body)).scalars()
    assert told in body


def test_planned_and_not_seen_is_internal_with_the_childs_last_words(on, store):
    rounds, _, _, said = on(lambda _journey, _walk: "ends")
    rounds.carry_out(PORTALS)
    assert {counted for _, _, counted in results(store)} == {"unknown"}
    assert any("no browser is installed; run `make set-up`" in line for line in said)


def test_a_run_that_was_stopped_is_not_finished_and_is_taken_up(on, store):
    stopping = {LAI_CHAU: "portal/timeout", HUNG_YEN: "stop"}
    rounds, walker, _, _ = on(lambda journey, _walk: stopping.get(journey, WELL), ("one",) * 3)
    assert not rounds.carry_out(PORTALS).complete
    assert len(walker.orders) == 1  # nothing is begun any more, no confirmation either
    assert results(store) == [(LAI_CHAU, 1, "unconfirmed")]
    assert resuming.take_up(rounds) == 1
    assert [counted for _, _, counted in results(store)] == ["unconfirmed", "unknown", "unknown"]


def test_a_run_in_which_nothing_may_be_walked_is_not_finished(on, store, clock):
    leases.take(store, [f"portal:{name}" for name in PORTALS], "elsewhere", clock(), 600.0)
    assert not on()[0].carry_out(PORTALS).complete


def test_journeys_of_an_account_that_was_refused_are_left_out_of_a_run_that_finishes(on):
    rounds, _, _, _ = on(failing(LAI_CHAU, "VNeID/rejected credentials"), ("one", "one", "two"))
    done = rounds.carry_out(PORTALS)
    assert done.complete and done.skipped == ((HUNG_YEN, "account put aside"),)


def test_a_run_that_was_cut_off_is_taken_up_once(on, store):
    rounds, _, _, said = on(failing(LAI_CHAU, walks=()))
    done = rounds.carry_out(PORTALS)
    with store.turn() as (connection, _):
        connection.execute(tables.results.delete().where(tables.results.c.journey != LAI_CHAU))
        connection.execute(update(tables.runs).values(ended=None, holder="here:1:0"))
    rounds.holder = "here:1:0"
    assert resuming.take_up(rounds) == 1
    assert resuming.take_up(rounds) == 0
    assert len(results(store)) == 3
    assert f"run {done.run} was cut off: 2 results taken up, 0 never came" in said


def test_what_a_cut_off_run_never_reported_is_internal(on, store, tmp_path):
    rounds, _, _, _ = on()
    rounds.carry_out(PORTALS)
    for record in tmp_path.glob("runs/*/*/record.jsonl"):
        record.write_text(record.read_text().splitlines(True)[0])
    with store.turn() as (connection, _):
        connection.execute(tables.results.delete())
        connection.execute(update(tables.runs).values(ended=None))
    resuming.take_up(rounds)
    assert [counted for _, _, counted in results(store)].count("unknown") == 2
