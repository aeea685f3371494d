"""The rules against generated histories, with crashes and restarts in any order."""

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.monitor import Monitor
from monitoring import causes
from monitoring.desk import NETWORK_JOURNEY
from monitoring.rules import Rules, decide
from monitoring.state import (
    Acknowledged,
    Muted,
    NetworkSeen,
    Note,
    Observed,
    State,
    Tell,
    Tick,
    Watching,
)

WATCHED = {"a/1": "a", "a/2": "a", "b/1": "b", "c/1": "c"}
CAUSES = (
    "ok",
    "system:VNeID",
    "portal",
    "control",
    "blocked",
    "account",
    "ourselves:monitor",
    None,
)
MONITOR = Monitor(environment="embedded")
FIVE, HOUR = 300.0, 3600.0

# --- histories ------------------------------------------------------------------------------

cause = st.sampled_from(CAUSES)
blames = st.tuples(*[cause] * len(WATCHED))
times = st.integers(1, 4)
incident = st.integers(1, 2)
step = st.one_of(
    st.tuples(st.just("rounds"), blames, times, st.just(FIVE)),
    st.tuples(
        st.just("rounds"), cause.map(lambda one: (one,) * len(WATCHED)), times, st.just(FIVE)
    ),
    st.tuples(st.just("rounds"), blames, times, st.just(-HOUR)),
    st.tuples(st.just("excused"), blames, times, st.just(FIVE)),
    st.tuples(st.just("watch"), st.frozensets(st.sampled_from(sorted(WATCHED)))),
    st.tuples(st.just("network"), st.booleans()),
    st.tuples(st.just("acknowledge"), incident),
    st.tuples(st.just("mute"), incident, st.sampled_from((FIVE, 6 * HOUR))),
    st.tuples(st.just("wait"), st.sampled_from((FIVE, 5 * HOUR))),
)
histories = st.lists(step, max_size=25)
quiets = st.frozensets(
    st.tuples(st.sampled_from(("a", "b", "c", "VNeID")), st.integers(0, 3)), max_size=6
)


def well(times):
    return [("rounds", ("ok",) * len(WATCHED), times, FIVE)]


def rules(quiet=frozenset()):
    """The rules with hours of the day in which a portal or system is quiet: (name, hour)."""
    return Rules(
        MONITOR, lambda of, at: "maintenance" if (of, int(at // HOUR) % 4) in quiet else None
    )


def events(history):
    """The events of a history: rounds over what is watched, and what else happens."""
    at, watched = 1_000_000.0, WATCHED
    yield Watching(at, watched)
    for what, *said in history:
        match what, said:
            case (("rounds" | "excused"), [blamed, count, passed]):
                for _ in range(count):
                    at += passed
                    yield from checks(at, watched, blamed, what == "excused")
                    yield Tick(at, gathered=True)
            case "watch", [names]:
                watched = {name: WATCHED[name] for name in sorted(names)}
                yield Watching(at, watched)
            case "network", [works]:
                yield NetworkSeen(at, works, "no host answers")
            case "acknowledge", [number]:
                yield Acknowledged(at, number, "Hà")
            case "mute", [number, length]:
                yield Muted(at, number, at + length, "Hà")
            case "wait", [passed]:
                at += passed
                yield Tick(at)


def checks(at, watched, blamed, excused):
    for (journey, portal), blame in zip(WATCHED.items(), blamed, strict=True):
        if journey in watched:
            own = blame in ("portal", "control", "blocked", "account")
            yield Observed(
                at, journey, portal, f"{blame}:{portal}" if own else blame, excused=excused
            )


def run(history, quiet=frozenset()):
    state, decided = State(), []
    for event in events(history):
        state, decisions = decide(state, event, rules(quiet))
        decided += decisions
    return state, decided


def is_silent(one, at, quiet):
    """Whether nobody may be alerted of an incident now."""
    if one.muted_until is not None and at < one.muted_until:
        return True
    kind, says = causes.kind_of(one.cause), rules(quiet).quiet
    if kind in ("ourselves", "network"):
        return False
    if kind == "system" and says(causes.name_of(one.cause), at):
        return True
    portals = {WATCHED[name] for name in one.journeys} or set(one.portals)
    return all(says(portal, at) for portal in portals)


# --- what holds of all of them --------------------------------------------------------------

GENERATED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@GENERATED
@given(histories)
def test_no_cause_has_two_open_incidents(history):
    state = State()
    for event in events(history):
        state, _ = decide(state, event, rules())
        open_ = [incident.cause for incident in state.incidents.values()]
        assert len(set(open_)) == len(open_)


@GENERATED
@given(histories)
def test_no_incident_holds_what_is_no_longer_watched(history):
    state = State()
    for event in events(history):
        state, _ = decide(state, event, rules())
        held = {name for one in state.incidents.values() for name in one.journeys}
        assert held <= {*state.journeys, NETWORK_JOURNEY}


@GENERATED
@given(histories, quiets)
def test_nothing_stays_open_after_recovery(history, quiet):
    calm = 3 + int(MONITOR.thresholds.flapping.calm // FIVE)
    recovery = [("watch", frozenset(WATCHED)), ("network", True), *well(calm)]
    state, _ = run([*history, *recovery], quiet)
    assert not state.incidents


@GENERATED
@given(histories, quiets)
def test_no_change_is_told_twice(history, quiet):
    _, decided = run(history, quiet)
    keys = [found.key for found in decided if isinstance(found, Tell)]
    assert len(set(keys)) == len(keys)


@GENERATED
@given(histories, quiets)
def test_at_the_end_of_a_run_all_that_is_open_and_not_silent_was_told(history, quiet):
    state = State()
    for event in events(history):
        state, _ = decide(state, event, rules(quiet))
        if isinstance(event, Tick) and event.gathered:
            for one in state.incidents.values():
                told = set(causes.FIRST_TOLD[causes.kind_of(one.cause)]) <= set(one.told)
                assert told or is_silent(one, event.at, quiet)


@GENERATED
@given(histories, quiets)
def test_whoever_was_told_gets_one_all_clear_when_it_is_over_and_nobody_else(history, quiet):
    state, decided = run(history, quiet)
    notes = [found for found in decided if isinstance(found, Note)]
    opened = {note.incident.id for note in notes if note.change == "opened"}
    closed = {note.incident.id for note in notes if note.change == "closed"}
    tells = [found for found in decided if isinstance(found, Tell)]
    told = {
        (tell.incident.id, tell.audience)
        for tell in tells
        if tell.change in ("opened", "escalated")
    }
    cleared = {(tell.incident.id, tell.audience) for tell in tells if tell.change == "closed"}
    assert cleared == {pair for pair in told if pair[0] in closed}
    assert opened - closed == set(state.incidents)


@GENERATED
@given(histories, quiets)
def test_nobody_is_alerted_of_what_is_quiet_or_muted(history, quiet):
    _, decided = run(history, quiet)
    alerts = [one for one in decided if isinstance(one, Tell) and one.change != "closed"]
    assert not any(is_silent(one.incident, one.at, quiet) for one in alerts)


@GENERATED
@given(histories)
def test_nobody_is_reminded_of_what_somebody_takes_care_of(history):
    _, decided = run(history)
    insisting = [
        one for one in decided if isinstance(one, Tell) and one.change in ("reminder", "escalated")
    ]
    assert all(one.incident.acknowledged is None for one in insisting)


@GENERATED
@given(st.lists(st.tuples(st.just("excused"), blames, times, st.just(FIVE)), max_size=20))
def test_what_is_excused_opens_nothing(history):
    _, decided = run(history)
    assert not decided


@GENERATED
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(2, 6)), max_size=20))
def test_failures_that_stand_alone_open_nothing(alone):
    history = []
    for journey, apart in alone:
        blamed = tuple("portal" if one == journey else "ok" for one in range(4))
        history += [("rounds", blamed, 1, FIVE), *well(apart)]
    _, decided = run(history)
    assert not decided


@GENERATED
@given(histories, quiets, st.lists(st.integers(0, 200), max_size=8))
def test_a_restart_changes_nothing(history, quiet, restarts):
    from monitoring.remembering import incident
    from monitoring.state import JourneyState
    from monitoring.store import dumped

    state, decided = State(), []
    for number, event in enumerate(events(history)):
        if number in restarts:  # all that is left is what the store holds
            state = State(
                {key: JourneyState(**asdict(one)) for key, one in state.journeys.items()},
                {key: incident(dumped(asdict(one))) for key, one in state.incidents.items()},
                state.openings,
                state.last_id,
            )
        state, decisions = decide(state, event, rules(quiet))
        decided += decisions
    assert (state, decided) == run(history, quiet)


@GENERATED
@given(histories)
def test_a_real_outage_opens_within_m_checks(history):
    outage = ("rounds", ("portal", "ok", "ok", "ok"), 2, FIVE)
    state, _ = run([*history, ("watch", frozenset(WATCHED)), outage])
    assert any(
        causes.is_down(incident.cause) and "a/1" in incident.journeys
        for incident in state.incidents.values()
    )


@pytest.mark.parametrize("kind", ["blocked", "account", "ourselves:monitor", None])
def test_what_is_no_downtime_never_opens_an_outage(kind):
    _, decided = run([("rounds", (kind,) * len(WATCHED), 5, FIVE)])
    assert not any(isinstance(found, Tell) and found.audience == "duty" for found in decided)
