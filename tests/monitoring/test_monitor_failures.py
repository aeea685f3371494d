"""What goes wrong around the monitor, and what the operator sees: one line, and the rest goes on."""

import shutil
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import schedule
from monitor_rig import WELL, rig, walked
from monitor_scene import JOURNEYS
from sqlalchemy import event, select

from config.monitor import Cadence as CadenceConfig
from config.monitor import JourneyWatch, Monitor, Opening, PortalWatch, Thresholds
from monitoring import cadence, leases, resuming, tables
from monitoring.cadence import Cadence
from monitoring.carrier import Order
from monitoring.child import ChildProcess
from monitoring.duty import Duty
from monitoring.processes import born
from monitoring.store import Store
from record.file import append, write_run
from record.model import PlannedJourney, Run

PORTALS = sorted(JOURNEYS.values())


def results(store):
    with store.reading() as connection:
        return list(connection.execute(select(tables.results.c.journey)).scalars())


@pytest.fixture
def full_disk(store, store_url):
    """A store that cannot grow, until it is allowed to: SQLite's own error for a full disk."""
    if store_url:
        pytest.skip("a full disk of PostgreSQL's server is not made here")

    def allow(pages):
        store.close()  # the limit belongs to a connection

        def limit(connection, _record):
            connection.execute(f"PRAGMA max_page_count={pages}")

        event.listen(store.engine, "connect", limit)

    return allow


def test_disk_full_the_results_wait_in_the_runs_folder(store, full_disk, monitor, clock, tmp_path):
    def script(_journey, walk):
        if walk == 1:
            full_disk(1)
        return "portal/" + "x" * 9000  # needs pages that are not there

    rounds, _, _, said = rig(store, monitor, clock, tmp_path, script)
    done = rounds.carry_out(PORTALS)
    assert not done.complete
    assert any("full" in line and "make room" in line for line in said)
    full_disk(1_000_000)
    Duty(rounds, lambda _letter: None).begin()
    assert set(results(store)) == set(JOURNEYS)


def test_database_locked_is_a_line_and_the_results_are_taken_up_later(
    store, store_url, monitor, clock, tmp_path
):
    if store_url:
        pytest.skip("PostgreSQL knows no lock on the whole database")
    impatient = Store(f"sqlite:///{tmp_path}/monitor.sqlite", busy=0.05)
    holding = []

    def script(_journey, _walk):
        if not holding:
            holding.append(store.turn())
            holding[0].__enter__()
        return WELL

    rounds, _, _, said = rig(impatient, monitor, clock, tmp_path, script)
    done = rounds.carry_out(PORTALS)
    holding[0].__exit__(None, None, None)
    assert done.walked == 3 and not done.complete
    assert any("locked" in line and "another program holds it" in line for line in said)
    Duty(rounds, lambda _letter: None).begin()
    assert sorted(results(store)) == sorted(JOURNEYS)
    impatient.close()


@pytest.fixture
def no_browser(tmp_path, monkeypatch):
    """A machine with neither Playwright's own nor one on the path; all else is there."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "certutil").symlink_to(shutil.which("certutil"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "no-browsers"))
    monkeypatch.setenv("PATH", str(programs))


def test_browser_missing_is_one_line_and_nobody_is_blamed(
    store, monitor, clock, tmp_path, no_browser
):
    at_once = Thresholds(open=Opening(failures=1, of=1))
    monitor = monitor.model_copy(update={"thresholds": at_once})
    rounds, _, _, said = rig(store, monitor, clock, tmp_path, lambda _j, _w: WELL)
    rounds.carrier = ChildProcess("embedded")
    rounds.carry_out(PORTALS)
    (incident,) = rounds.keeper.open_incidents().incidents.values()
    assert incident.cause == "ourselves:monitor"
    sentence = "no chromium-headless-shell is installed; run `make set-up`"
    assert len([line for line in said if sentence in line]) == len(JOURNEYS)
    assert sentence in incident.seen.message


def test_a_browser_that_hangs_is_killed_with_all_it_started(tmp_path):
    # A browser is started in a session of its own: killing the parent's group does not reach it.
    detached = """
import os, pathlib, subprocess, sys, time
sleeps = [sys.executable, "-c", "import time; time.sleep(600)"]
child = subprocess.Popen(sleeps, start_new_session=True)
pathlib.Path(os.environ["GUIDEWATCH_RUN_FOLDER"], "pid").write_text(str(child.pid))
time.sleep(600)
"""
    carrier = ChildProcess("embedded", program=(sys.executable, "-c", detached))
    order = Order(("a/1",), tmp_path, silence=1.0, deadline=60.0)
    ending = carrier.carry_out(order, lambda _record: True)
    assert ending.hung and (ending.kind, ending.said) == ("silent", "1")
    assert born(int((tmp_path / "pid").read_text())) == ""


def test_the_journey_that_hangs_is_the_one_that_the_child_was_at(tmp_path):
    # The child has an order of its own: collected as b, a, c, and b has ended.
    planned = [PlannedJourney(portal="p", guide="g", journey=name) for name in "bac"]
    plan = Run(
        run="r", environment="embedded", edition=None, simulated=True, judge="portal",
        started=datetime.now().astimezone(), plan=tuple(planned),
    )  # fmt: skip
    write_run(tmp_path, plan)
    append(tmp_path, walked("r", "g/b", WELL, 1.8e9))
    sleeps = (sys.executable, "-c", "import time; time.sleep(600)")
    carrier = ChildProcess("embedded", program=sleeps)
    order = Order(("g/a", "g/b", "g/c"), tmp_path, silence=1.0, deadline=60.0)
    assert carrier.carry_out(order, lambda _record: True).walking == "g/a"


def test_the_last_words_of_a_child_are_one_sentence(tmp_path):
    exits = "print('! _pytest.outcomes.Exit: no browser is installed; run make set-up !'); exit(4)"
    carrier = ChildProcess("embedded", program=(sys.executable, "-c", exits))
    ending = carrier.carry_out(Order(("a/1",), tmp_path, 60.0, 60.0), lambda _record: True)
    assert (ending.code, ending.said) == (4, "no browser is installed; run make set-up")


def test_a_child_left_by_a_killed_monitor_is_ended_and_a_strangers_process_is_not(tmp_path):
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    carrier = ChildProcess("embedded")
    (tmp_path / "child.pid").write_text(f"{left.pid} 1")  # a pid that was given to somebody else
    carrier.clear(tmp_path)
    assert left.poll() is None
    (tmp_path / "child.pid").write_text(f"{left.pid} {born(left.pid)}")
    carrier.clear(tmp_path)
    assert left.wait(5) != 0


def test_the_child_is_what_quality_engineers_run(tmp_path):
    command = ChildProcess("embedded", "http://127.0.0.1:1").command(("g/a", "g/b"))
    assert " ".join(command[1:]) == (
        "-m pytest suites -m smoke --judge portal --environment embedded "
        "--embedded http://127.0.0.1:1 -k g/a or g/b -q -p no:cacheprovider"
    )


# --- the clock ------------------------------------------------------------------------------

EVERY_FIVE = Monitor(environment="embedded", cadence=CadenceConfig(every=300.0))


def test_a_portal_is_due_once_a_slot():
    assert cadence.due(["a"], {"a": 600.0}, EVERY_FIVE, 899.0) == []
    assert cadence.due(["a"], {"a": 600.0}, EVERY_FIVE, 900.0) == ["a"]


def test_many_missed_slots_are_caught_up_once():
    assert cadence.due(["a"], {"a": 0.0}, EVERY_FIVE, 86_400.0) == ["a"]
    assert cadence.due(["a"], {"a": 86_400.0}, EVERY_FIVE, 86_401.0) == []


def test_a_clock_set_back_an_hour_does_not_stop_the_checks():
    assert cadence.due(["a"], {"a": 7200.0}, EVERY_FIVE, 3600.0) == ["a"]


def test_a_journey_that_is_walked_less_often_than_its_portal_rests_in_between():
    own = {"lai-chau": PortalWatch(journeys={"g/slow": JourneyWatch(every=3600.0)})}
    monitor = EVERY_FIVE.model_copy(update={"portals": own})
    journeys = {"g/slow": "lai-chau", "g/fast": "lai-chau"}
    begun = dict.fromkeys(journeys, 3700.0)
    assert cadence.resting(journeys, begun, monitor, 7100.0) == {"g/slow"}
    assert cadence.resting(journeys, begun, monitor, 7200.0) == set()
    assert cadence.resting(journeys, {}, monitor, 7100.0) == set()


def test_a_journey_that_rests_is_left_out_of_a_run(store, monitor, clock, tmp_path):
    rounds, walker, _, _ = rig(store, monitor, clock, tmp_path, lambda _j, _w: WELL)
    rounds.carry_out(PORTALS, resting={"hung-yen-2023/citizen"})
    assert set(walker.walks) == set(JOURNEYS) - {"hung-yen-2023/citizen"}


class Moved(datetime):
    """A clock for `schedule`, which asks the machine's."""

    hours = 0

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(hours=cls.hours)


def test_jobs_do_not_wait_for_an_hour_when_the_clock_was_set_back(monkeypatch):
    ran = []
    monkeypatch.setattr(schedule.datetime, "datetime", Moved)
    monkeypatch.setattr(cadence, "datetime", Moved)
    beat = Cadence(ran.append)
    Moved.hours = 1
    beat.every(60.0, lambda: ran.append("job"))
    Moved.hours = 0
    beat.run_pending()
    assert ran == ["job"]


def test_a_job_that_raises_is_told_and_comes_again_at_its_time(monkeypatch):
    said = []
    monkeypatch.setattr(schedule.datetime, "datetime", Moved)
    monkeypatch.setattr(cadence, "datetime", Moved)
    beat = Cadence(said.append)
    Moved.hours = 0
    beat.every(60.0, lambda: 1 / 0)
    Moved.hours = 1
    for _ in range(20):
        beat.run_pending()
    Moved.hours = 0
    assert said == ["ZeroDivisionError: division by zero"]


def test_a_carrier_that_was_stopped_begins_nothing_any_more(tmp_path):
    carrier = ChildProcess("embedded", program=(sys.executable, "-c", "exit(0)"))
    carrier.stop()
    ending = carrier.carry_out(Order(("a/1",), tmp_path, 60.0, 60.0), lambda _record: True)
    assert ending.stopped and not list(tmp_path.iterdir())


@pytest.fixture
def pinged(store, monitor, clock, tmp_path, monkeypatch):
    """Which addresses a run by a script pings."""
    pinged = []

    class Answer:
        def close(self):
            pinged.append("closed")

    monkeypatch.setattr(
        "urllib.request.urlopen", lambda url, timeout: pinged.append(url) or Answer()
    )
    beating = monitor.model_copy(
        update={"alerts": monitor.alerts.model_copy(update={"heartbeat": "http://127.0.0.1/x"})}
    )

    def by(script):
        rounds, _, _, _ = rig(store, beating, clock, tmp_path, script)
        Duty(rounds, lambda _letter: None).once()
        return pinged

    return by


def test_the_ping_goes_out_when_a_run_has_finished_whatever_it_found(pinged):
    assert pinged(lambda _j, _w: "portal/timeout") == ["http://127.0.0.1/x", "closed"]


def test_no_ping_goes_out_when_a_run_was_stopped(pinged):
    assert pinged(lambda _j, _w: "stop") == []


def test_no_ping_goes_out_when_nothing_may_be_walked(pinged, store, clock):
    held = [f"portal:{name}" for name in PORTALS]
    leases.take(store, held, f"{resuming.holder()}/another", clock(), 600.0)
    assert pinged(lambda _j, _w: WELL) == []
