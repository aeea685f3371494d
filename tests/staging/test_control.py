"""The control interface: what it changes, and how it refuses."""

import httpx
import pytest
from staging_visitors import LocalScene, NewClient

from staging import hosts
from staging.faults import CATALOGUE

CONTROL = f"https://{hosts.CONTROL}"


@pytest.fixture
def control(new_client: NewClient) -> httpx.Client:
    client = new_client()
    client.base_url = httpx.URL(CONTROL)
    return client


def test_the_edition_can_be_changed(control: httpx.Client, scene: LocalScene) -> None:
    assert control.put("/edition", json={"edition": "2025-06"}).json()["edition"] == "2025-06"
    assert scene.edition == "2025-06"


def test_the_clock_can_be_moved_on(control: httpx.Client, scene: LocalScene) -> None:
    before = scene.clock.now()
    control.post("/clock", json={"advance": 3600})
    assert (scene.clock.now() - before).total_seconds() >= 3600


def test_a_fault_is_on_after_its_call_and_off_after_delete(
    control: httpx.Client, scene: LocalScene
) -> None:
    control.put("/faults/sms-lost")
    assert scene.faults.active("sms-lost")
    control.delete("/faults")
    assert not scene.faults.active("sms-lost")


def test_a_fault_of_one_host_is_not_on_at_another(control: httpx.Client, scene: LocalScene) -> None:
    control.put("/faults/latency", json={"host": hosts.LAI_CHAU, "seconds": 1})
    assert scene.faults.active("latency", hosts.LAI_CHAU) == {
        "fault": "latency",
        "host": hosts.LAI_CHAU,
        "seconds": 1.0,
    }
    assert scene.faults.active("latency", hosts.HUNG_YEN) is None


def test_a_fault_of_all_hosts_spares_the_tests_own_tools(
    control: httpx.Client, scene: LocalScene
) -> None:
    control.put("/faults/hang")
    assert scene.faults.active("hang", hosts.LAI_CHAU)
    assert not scene.faults.active("hang", hosts.CONTROL)
    assert not scene.faults.active("hang", hosts.SMS)


def test_two_controls_of_one_host_can_be_renamed(control: httpx.Client, scene: LocalScene) -> None:
    for name in ("login", "cancel"):
        body = {"host": hosts.VNEID, "control": name, "to": name.upper()}
        control.put("/faults/control-renamed", json=body)
    assert len(scene.faults.all_active("control-renamed", hosts.VNEID)) == 2


def test_reset_brings_everything_back(control: httpx.Client, scene: LocalScene) -> None:
    control.put("/edition", json={"edition": "2026-11"})
    control.post("/clock", json={"advance": 60})
    control.put("/faults/sms-lost")
    state = control.post("/reset").json()
    assert (state["edition"], state["clock_offset"], state["faults"]) == ("published", 0, [])


def test_the_catalogue_lists_every_fault_and_the_controls_of_every_host(
    control: httpx.Client,
) -> None:
    found = control.get("/faults").json()
    assert {fault["name"] for fault in found["faults"]} == set(CATALOGUE)
    assert "login" in found["controls"][hosts.VNEID]


@pytest.mark.parametrize(
    ("method", "path", "body", "word"),
    [
        ("PUT", "/faults/nothing", {}, "nothing"),
        ("PUT", "/faults/latency", {"second": 1}, "second"),
        ("PUT", "/faults/latency", {"seconds": "long"}, "seconds"),
        ("PUT", "/faults/latency", {"host": "khac.example"}, "khac.example"),
        ("PUT", "/faults/hang", {"host": hosts.CONTROL}, hosts.CONTROL),
        ("PUT", "/faults/control-renamed", {"control": "login"}, "to"),
        ("PUT", "/faults/control-removed", {"control": "no-such"}, "no-such"),
        ("PUT", "/edition", {"edition": "2030"}, "2030"),
        ("POST", "/clock", {"advance": -1}, "advance"),
        ("POST", "/clock", {"back": 1}, "back"),
        ("PUT", "/edition", ["published"], "object"),
    ],
)
def test_a_mistake_is_refused_with_a_sentence_that_names_it(
    control: httpx.Client, method: str, path: str, body: object, word: str
) -> None:
    response = control.request(method, path, json=body)
    assert response.status_code == 422
    assert word in response.json()["error"]
