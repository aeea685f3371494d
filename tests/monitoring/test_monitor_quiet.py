"""Service hours, maintenance, and the figures that leave them out; the daily summary."""

from datetime import datetime

import pytest
from monitor_rig import WELL, rig
from monitor_scene import CHANNELS, check
from sqlalchemy import insert, select

from config.monitor import JourneyWatch, Monitor, PortalWatch, Retention, Window, hours
from monitoring import figures, overview, probing, tables
from monitoring.duty import Duty
from monitoring.keeping import Keeper
from monitoring.quiet import Calendar, Work
from monitoring.rolling import retire
from monitoring.state import Tick
from monitoring.store import Store
from monitoring.summarising import summarise
from monitoring.when import ZONE, local
from world.probe import Probe

LAI_CHAU = "lai-chau-2024/citizen"


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=ZONE).timestamp()


def test_outside_its_service_hours_a_portal_is_quiet():
    office = Monitor(environment="e", service_hours=(hours("Mon-Fri 07:30-17:30"),))
    quiet = Calendar(office).quiet
    assert quiet("lai-chau", at("2026-11-23T07:29")) == "off hours"
    assert quiet("lai-chau", at("2026-11-23T07:30")) is None
    assert quiet("lai-chau", at("2026-11-22T12:00")) == "off hours"


def test_a_portal_can_have_hours_of_its_own():
    own = {"lai-chau": PortalWatch(service_hours=())}
    always = Monitor(environment="e", service_hours=(hours("Mon 07:00-08:00"),), portals=own)
    assert Calendar(always).quiet("lai-chau", at("2026-11-22T12:00")) is None


def test_weekly_work_may_go_past_midnight():
    work = Window(of="VNeID", weekly=hours("Sat 23:00-02:00"), reason="x")
    quiet = Calendar(Monitor(environment="e", maintenance=(work,))).quiet
    assert quiet("VNeID", at("2026-11-22T01:59")) == "maintenance"
    assert quiet("VNeID", at("2026-11-22T02:00")) is None
    assert quiet("lai-chau", at("2026-11-22T01:59")) is None


def test_work_on_all_is_work_on_each():
    calendar = Calendar(Monitor(environment="e"), [Work("all", 0.0, 10.0, "x")])
    assert calendar.quiet("lai-chau", 5.0) == "maintenance"


def test_a_journey_can_have_hours_and_work_of_its_own():
    own = JourneyWatch(service_hours=(hours("Mon-Fri 07:30-17:30"),))
    portals = {"lai-chau": PortalWatch(service_hours=(), journeys={LAI_CHAU: own})}
    quiet = Calendar(Monitor(environment="e", portals=portals), [Work(LAI_CHAU, 5, 9, "x")]).quiet
    assert quiet(LAI_CHAU, at("2026-11-22T12:00")) == "off hours"
    assert quiet(LAI_CHAU, 6) == "maintenance"
    assert quiet("lai-chau", at("2026-11-22T12:00")) is None


def test_work_on_one_journey_excuses_it_alone(store, clock):
    other = "lai-chau-2024/organisation"
    work = Window(of=LAI_CHAU, weekly=hours("Mon-Sun 00:00-00:00"), reason="x")
    keeper = Keeper(store, Monitor(environment="e", maintenance=(work,)), {})
    for journey in (LAI_CHAU, other):
        keeper.take([check("r", journey, clock(), "portal:lai-chau", portal="lai-chau")])
    with store.reading() as connection:
        lines = figures.availability(connection, clock() - 3600, clock() + 3600)
    assert [(line.excused, line.down) for line in lines] == [(1, 0), (0, 1)]


def test_nobody_is_reminded_of_a_journey_that_is_being_worked_on(store, clock):
    begun = clock()
    work = Window.model_validate(
        {
            "of": LAI_CHAU, "reason": "x",
            "from": datetime.fromtimestamp(begun + 3600, ZONE),
            "until": datetime.fromtimestamp(begun + 86400, ZONE),
        }
    )  # fmt: skip
    monitor = Monitor(environment="e", channels=CHANNELS, maintenance=(work,))
    keeper = Keeper(store, monitor, {})
    keeper.watch(begun, {LAI_CHAU: "lai-chau"})
    for number in range(2):
        keeper.take([check(f"r{number}", LAI_CHAU, clock.move(300), "portal:lai-chau")])
    keeper.hear(Tick(clock(), gathered=True))
    keeper.hear(Tick(begun + 80_000, gathered=True))
    with store.reading() as connection:
        assert len(list(connection.execute(select(tables.outbox)))) == 1


def test_what_is_planned_is_listed_with_each_weekly_occurrence():
    work = Window(of="VNeID", weekly=hours("Sun 01:00-03:00"), reason="x")
    planned = Calendar(Monitor(environment="e", maintenance=(work,))).planned(
        at("2026-11-20T00:00"), at("2026-12-04T00:00")
    )
    assert [work.begin for work in planned] == [at("2026-11-22T01:00"), at("2026-11-29T01:00")]


@pytest.mark.parametrize("written", ["Mon-Fri", "Mo 07:00-08:00", "07:00-08:00"])
def test_hours_that_are_none_are_explained(written):
    with pytest.raises(ValueError, match="no part of a week"):
        hours(written)


def test_availability_leaves_out_what_was_excused_unknown_or_not_looked_at(keeper, store, clock):
    begun = clock()
    for number, cause in enumerate(("ok", "ok", "ok", "portal:lai-chau", "blocked:lai-chau")):
        keeper.take([check(f"r{number}", LAI_CHAU, clock.move(300), cause)])
    keeper.take([check("x", LAI_CHAU, clock.move(86400), "portal:lai-chau")], own_network=False)
    with store.reading() as connection:
        (line,) = figures.availability(connection, begun - 3600, clock() + 3600)
    assert (line.up, line.down, line.excused, line.unknown) == (3, 1, 1, 1)
    assert line.share == 0.75


def test_a_long_period_counts_days_and_hours_once(keeper, store, clock):
    begun = clock()
    for number in range(100):
        keeper.take([check(f"r{number}", LAI_CHAU, clock.move(3600))])
    with store.reading() as connection:
        (line,) = figures.availability(connection, begun, clock() + 3600)
    assert line.up == 100


KEPT = Retention()
NOW = at("2026-11-22T10:20")


def counted(since, until):
    found = figures.period(at(since), at(until), KEPT, NOW)
    assert found.end <= NOW
    return f"{local(found.begin):%d %H:%M} - {local(found.end):%d %H:%M}", found.whole_days


def test_a_period_is_counted_to_the_full_hour_and_not_beyond_now():
    assert counted("2026-11-20T08:30", "2026-11-21T09:10") == ("20 08:00 - 21 10:00", False)
    assert counted("2026-11-20T08:00", "2026-11-22T10:20") == ("20 08:00 - 22 10:20", False)


def test_where_hours_are_no_longer_kept_whole_days_are_counted_and_it_is_said():
    assert counted("2026-06-10T08:30", "2026-06-12T09:10") == ("10 00:00 - 13 00:00", True)
    assert counted("2026-06-10T08:30", "2026-11-22T09:10") == ("10 00:00 - 22 10:00", True)
    assert counted("2026-06-10T00:00", "2026-06-12T00:00") == ("10 00:00 - 12 00:00", False)


def test_before_the_oldest_day_that_is_kept_nothing_is_said_to_be_counted():
    found = figures.period(at("2020-01-01T00:00"), NOW, KEPT, NOW)
    assert found.forgotten and NOW - found.begin <= KEPT.days


def test_an_old_period_is_answered_from_days_when_its_hours_are_gone(keeper, store, clock):
    begun = clock.at = at("2026-06-10T08:30")
    keeper.take([check("r", LAI_CHAU, clock())])
    clock.at = NOW
    with store.turn() as (connection, _):
        retire(connection, KEPT, clock())
    asked = figures.period(begun, begun + 3600, KEPT, clock())
    with store.reading() as connection:
        (line,) = figures.availability(connection, asked.begin, asked.end)
    assert line.up == 1


def test_the_time_to_detect_and_to_recover_are_counted_from_the_first_failure(rounds, store, clock):
    begun = clock()
    rounds(3, "system:VNeID")
    rounds(2)
    with store.reading() as connection:
        times = figures.times(connection, begun, clock())
    assert (times.outages, times.to_detect, times.to_recover) == (1, 300.0, 1200.0)


def test_drifts_are_told_once_a_day_to_those_who_keep_the_guides(keeper, store, clock):
    monitor = Monitor(environment="embedded", channels=CHANNELS)
    clock.at = at("2026-11-22T06:00")
    drifts = ("Bước 3: tên nút: hướng dẫn ghi “Đăng nhập”, thực tế thấy “Đăng nhập VNeID”",)
    keeper.take([check("r", LAI_CHAU, clock(), outcome="drifted", drifts=drifts)])
    assert not summarise(store, monitor, clock())
    clock.at = at("2026-11-22T08:00")
    assert summarise(store, monitor, clock())
    assert not summarise(store, monitor, clock.move(3600))
    with store.reading() as connection:
        (letter,) = connection.execute(select(tables.outbox))
    assert letter.channel == "team" and "Đăng nhập VNeID" in letter.body
    assert letter.title == "[MÔ PHỎNG] Tổng hợp ngày 22/11/2026"


def told(store, monitor, clock):
    """The summary of the next day, as the quality engineers get it."""
    clock.at = at(f"{local(clock()):%Y-%m-%d}T08:00") + 86400
    assert summarise(store, monitor, clock())
    with store.reading() as connection:
        return list(connection.execute(select(tables.outbox.c.body, tables.outbox.c.key)))[-1]


DRIFT = "Bước 3: tên nút: hướng dẫn ghi “Đăng nhập”, thực tế thấy “Vào”"


def test_a_drift_that_came_and_went_within_the_day_is_told(keeper, store, monitor, clock):
    keeper.take([check("a", LAI_CHAU, clock.move(300), outcome="drifted", drifts=(DRIFT,))])
    keeper.take([check("b", LAI_CHAU, clock.move(300))])
    body = told(store, monitor, clock).body
    assert DRIFT in body and "nay lại khớp" in body


def test_a_drift_is_told_with_its_words_when_the_latest_walk_failed(keeper, store, monitor, clock):
    keeper.take([check("a", LAI_CHAU, clock.move(300), outcome="drifted", drifts=(DRIFT,))])
    keeper.take([check("b", LAI_CHAU, clock.move(300), "portal:lai-chau")])
    told(store, monitor, clock)
    keeper.take([check("c", LAI_CHAU, clock.move(300), "portal:lai-chau")])
    body = told(store, monitor, clock).body
    assert DRIFT in body and "vẫn khác, từ" in body


def test_a_drift_that_is_over_is_told_once(keeper, store, monitor, clock):
    keeper.take([check("a", LAI_CHAU, clock.move(300), outcome="drifted", drifts=(DRIFT,))])
    keeper.take([check("b", LAI_CHAU, clock.move(300))])
    told(store, monitor, clock)
    assert not summarise(store, monitor, clock.move(86400))


def test_a_summary_carries_a_reference_with_the_monitors_own_name(keeper, store, monitor, clock):
    keeper.take([check("a", LAI_CHAU, clock.move(300), outcome="drifted", drifts=(DRIFT,))])
    letter = told(store, monitor, clock)
    assert letter.key.startswith("gw-") and f"Mã thông báo: {letter.key}" in letter.body


def test_hosts_that_are_no_longer_watched_warn_of_no_certificate(store, monitor, clock, tmp_path):
    soon = datetime.fromtimestamp(clock() + 86400, ZONE)
    for host in ("lai-chau.test", "gone.test"):
        probing.keep(store, {host: Probe(None, "HTTP 200", 0.1, 200, soon)}, clock())
    rounds, *_ = rig(store, monitor, clock, tmp_path, lambda _journey, _walk: WELL)
    Duty(rounds, lambda _letter: None).begin()
    body = told(store, monitor, clock).body
    assert "lai-chau.test" in body and "gone.test" not in body


def test_work_can_be_planned_on_a_journey_with_the_longest_of_names(store):
    row = {"of": "j" * 120, "begin": 0.0, "end": 1.0, "reason": "x", "by": "Hà"}
    with store.turn() as (connection, _):
        connection.execute(insert(tables.maintenance).values(row))
        assert connection.execute(select(tables.maintenance.c.of)).scalar_one() == "j" * 120


def test_a_store_of_the_first_version_keeps_its_work(store_url, tmp_path):
    if store_url:
        pytest.skip("its tables are made anew for each test")
    url = f"sqlite:///{tmp_path}/old.sqlite"
    old = Store(url)
    old.migrate("0001")
    row = {"of": "all", "begin": 0.0, "end": 1.0, "reason": "x", "by": "Hà"}
    with old.turn() as (connection, _):
        connection.execute(insert(tables.maintenance).values(row))
    old.migrate()
    with old.reading() as connection:
        assert connection.execute(select(tables.maintenance.c.reason)).scalar_one() == "x"
    old.close()


def test_work_that_is_long_over_is_forgotten_and_other_work_is_not(store, clock):
    with store.turn() as (connection, _):
        for end in (clock() - Retention().incidents - 1, clock() - 1):
            row = {"of": "all", "begin": 0.0, "end": end, "reason": "x", "by": "Hà"}
            connection.execute(insert(tables.maintenance).values(row))
        retire(connection, Retention(), clock())
        left = connection.execute(select(tables.maintenance.c.end)).scalars()
        assert list(left) == [clock() - 1]


def test_a_day_without_drifts_has_no_summary(store, monitor):
    assert not summarise(store, monitor, at("2026-11-22T08:00"))


def standing(store, clock):
    with store.reading() as connection:
        view = overview.overview(connection, Monitor(environment="embedded"), clock())
    return {portal.portal: portal.standing for portal in view.portals}


def test_a_portal_of_which_only_our_own_errors_are_known_is_not_said_to_work(keeper, store, clock):
    keeper.take([check("r", LAI_CHAU, clock(), "ourselves:monitor", outcome="internal")])
    assert standing(store, clock)["lai-chau"] == "unknown"


def test_a_portal_that_failed_once_is_to_be_looked_at(keeper, store, clock):
    keeper.take([check("r", LAI_CHAU, clock(), "portal:lai-chau")])
    assert standing(store, clock)["lai-chau"] == "attention"


def test_a_portal_that_nobody_has_looked_at_for_long_is_unknown(keeper, store, clock):
    keeper.take([check("r", LAI_CHAU, clock())])
    assert standing(store, clock)["lai-chau"] == "up"
    clock.move(3600)
    assert standing(store, clock)["lai-chau"] == "unknown"
