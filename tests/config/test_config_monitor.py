"""The monitor's configuration: what cannot be meant is one sentence with file, line and remedy."""

import pytest

from config.monitor import Monitor, Opening, PortalThresholds, PortalWatch, Thresholds, monitor
from config.strict import Mistake
from monitoring.planning import unknown

SMOKE = {"lai-chau-2024/citizen": "lai-chau", "hung-yen-2023/citizen": "hung-yen"}


@pytest.fixture
def read(tmp_path):
    def go(written):
        path = tmp_path / "monitor.yaml"
        path.write_text(f"environment: embedded\n{written}\n", encoding="utf-8")
        return monitor(path, {})

    return go


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("cadence: {every: 0s}", "“0s” is too short for anything; write 90s"),
        ("cadence: {stagger: -5}", "“-5” is no length of time; write 90s"),
        ("retention: {results: .inf}", "“inf” is no length of time; write 90s"),
        ("alerts: {daily_summary: '99:99'}", "“99:99” is no time of day; write it as 07:45"),
        ("service_hours: ['Mon 25:00-26:00']", "no part of a week; write it as “Mon-Fri 07:30"),
        ("portals: {lai-chau: {thresholds: {flapping: {times: 3}}}}", "known: close_after, open"),
        (
            "maintenance: [{of: all, reason: x, from: 2026-12-05T01:00:00, "
            "until: 2026-12-05T02:00:00+07:00}]",
            "write times with their zone, as 2026-12-05T01:00:00+07:00",
        ),
        (
            "portals: {lai-chau: {journeys: {lai-chau-2024/citizen: {every: 1m}}}}",
            "more often than its portal is looked at; give the portal “lai-chau” a shorter “every”",
        ),
    ],
)
def test_what_cannot_be_meant_names_file_line_and_remedy(read, written, said):
    with pytest.raises(Mistake) as mistake:
        read(written)
    (sentence,) = mistake.value.sentences
    assert "monitor.yaml:2: " in sentence and said in sentence


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("maintenance: [{of: lai-chua, weekly: 'Sun 01:00-03:00', reason: x}]", "lai-chau"),
        ("runbooks: {control gon: 'https://wiki.example/'}", "control gone"),
        (
            "channels: [{channel: a, tells: [duty], portals: [hung-yem], url: 'json://a'}]",
            "hung-yen",
        ),
        ("portals: {lai-chau: {journeys: {lai-chau-2024/citizn: {}}}}", "lai-chau-2024/citizen"),
        ("portals: {hung-yan: {}}", "hung-yen"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_what_was_probably_meant(read, written, meant):
    (sentence,) = unknown(read(written), SMOKE)
    assert "monitor.yaml:2: “" in sentence and "names nothing that the monitor knows" in sentence
    assert f"did you mean “{meant}”?" in sentence


def test_names_of_portals_journeys_systems_and_kinds_of_faults_are_known(read):
    written = (
        "runbooks: {VNeID: a, tls: b, account: c, lai-chau: d, default: e}\n"
        "maintenance:\n"
        "- {of: lai-chau-2024/citizen, weekly: 'Sun 01:00-03:00', reason: x}\n"
        "- {of: all, weekly: 'Sun 01:00-03:00', reason: x}"
    )
    assert list(unknown(read(written), SMOKE)) == []


def test_a_portals_thresholds_replace_only_what_they_say():
    portals = {"lai-chau": PortalWatch(thresholds=PortalThresholds(close_after=5))}
    common = Thresholds(open=Opening(failures=3, of=4))
    found = Monitor(environment="e", thresholds=common, portals=portals).thresholds_of("lai-chau")
    assert (found.open, found.close_after) == (Opening(failures=3, of=4), 5)
