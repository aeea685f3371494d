"""The rules against generated histories, with crashes and restarts in any order."""

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.monitor import Monitor
from monitoring import causes
from monitoring.rules import Rules, decide
from monitoring.state import Note, Observed, State, Tell, Tick, Watching

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
RULES = Rules(Monitor(environment="embedded"), lambda _of, _at: None)

cause = st.sampled_from(CAUSES)
rounds = st.lists(
    st.tuples(*[cause] * len(WATCHED), st.sampled_from((300.0, -3600.0))), max_size=40
)


def events(history):
    """The events of a history: rounds, with now and then a clock that is set back."""
    at = 1_000_000.0
    yield Watching(at, WATCHED)
    for *blames, passed in history:
        at += passed
        for (journey, portal), blame in zip(WATCHED.items(), blames, strict=True):
            named = (
                f"{blame}:{portal}"
                if blame in ("portal", "control", "blocked", "account")
                else blame
            )
            yield Observed(at, journey, portal, named)
        yield Tick(at, gathered=True)


def run(history, state=None):
    state, decided = state or State(), []
    for event in events(history):
        state, decisions = decide(state, event, RULES)
        decided += decisions
    return state, decided


GENERATED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@GENERATED
@given(rounds)
def test_no_cause_has_two_open_incidents(history):
    state = State()
    for event in events(history):
        state, _ = decide(state, event, RULES)
        open_ = [incident.cause for incident in state.incidents.values()]
        assert len(set(open_)) == len(open_)


@GENERATED
@given(rounds)
def test_nothing_stays_open_after_recovery(history):
    calm = [("ok", "ok", "ok", "ok", 300.0)] * (
        3 + int(RULES.monitor.thresholds.flapping.calm // 300)
    )
    state, _ = run([*history, *calm])
    assert not state.incidents


@GENERATED
@given(rounds)
def test_no_change_is_told_twice(history):
    _, decided = run(history)
    keys = [found.key for found in decided if isinstance(found, Tell)]
    assert len(set(keys)) == len(keys)


@GENERATED
@given(rounds)
def test_every_incident_is_told_and_every_one_told_gets_its_all_clear(history):
    state, decided = run(history)
    opened = {
        found.incident.id
        for found in decided
        if isinstance(found, Note) and found.change == "opened"
    }
    closed = {
        found.incident.id
        for found in decided
        if isinstance(found, Note) and found.change == "closed"
    }
    told = {
        change: {
            (f.incident.id, f.audience)
            for f in decided
            if isinstance(f, Tell) and f.change in change
        }
        for change in (("opened", "escalated"), ("closed",))
    }
    assert {incident for incident, _ in told[("opened", "escalated")]} == opened
    assert told[("closed",)] == {
        pair for pair in told[("opened", "escalated")] if pair[0] in closed
    }
    assert opened - closed == set(state.incidents)


@GENERATED
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(2, 6)), max_size=20))
def test_failures_that_stand_alone_open_nothing(alone):
    history = []
    for journey, apart in alone:
        history.append((*["portal" if one == journey else "ok" for one in range(4)], 300.0))
        history += [("ok", "ok", "ok", "ok", 300.0)] * apart
    _, decided = run(history)
    assert not decided


@GENERATED
@given(rounds, st.lists(st.integers(0, 200), max_size=8))
def test_a_restart_changes_nothing(history, restarts):
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
        state, decisions = decide(state, event, RULES)
        decided += decisions
    assert (state, decided) == run(history)


@GENERATED
@given(st.lists(cause, max_size=10))
def test_a_real_outage_opens_within_m_checks(before):
    history = [(blame, "ok", "ok", "ok", 300.0) for blame in before]
    state, _ = run([*history, *[("portal", "ok", "ok", "ok", 300.0)] * 2])
    assert any(causes.is_down(incident.cause) for incident in state.incidents.values())


@pytest.mark.parametrize("kind", ["blocked", "account", "ourselves:monitor", None])
def test_what_is_no_downtime_never_opens_an_outage(kind):
    _, decided = run([(kind, kind, kind, kind, 300.0)] * 5)
    assert not any(isinstance(found, Tell) and found.audience == "duty" for found in decided)
