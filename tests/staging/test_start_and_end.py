"""The program: ready in time, tells the way, ends cleanly."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
from staging_visitors import PROJECT, Instance, ready_address, start

from staging import hosts


def test_the_directory_names_every_host_and_says_it_is_simulated(instance: Instance) -> None:
    assert instance.directory["simulated"] is True
    assert set(hosts.PORTALS) | {hosts.VNEID, hosts.APP, hosts.SMS} <= set(
        instance.directory["names"]
    )
    assert all(where.startswith("127.0.0.1:") for where in instance.directory["names"].values())


def test_a_person_can_read_the_front_desk(instance: Instance) -> None:
    assert hosts.LAI_CHAU in httpx.get(instance.front_desk).text


def test_it_ends_when_its_standard_input_closes() -> None:
    process = start()
    ready_address(process)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(5) == 0


def test_it_ends_cleanly_when_terminated_and_takes_its_ready_file_along(tmp_path: Path) -> None:
    ready_file = tmp_path / "ready.json"
    with start("--ready-file", str(ready_file), "--edition", "2026-11") as process:
        address = ready_address(process)
        directory = json.loads(ready_file.read_text())
        assert directory == httpx.get(f"{address}/directory").json()
        assert directory["edition"] == "2026-11"
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert not ready_file.exists()


def test_it_ends_with_its_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    child = subprocess.Popen(
        [sys.executable, "-m", "staging", "--parent-pid", str(parent.pid)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with parent, child:
        ready_address(child)
        parent.communicate(b"\n")
        assert child.wait(5) == 0


def test_two_instances_run_side_by_side(instance: Instance) -> None:
    with start() as process:
        other = Instance(ready_address(process))
        other.control("PUT", "/edition", {"edition": "2025-06"})
        assert instance.control("GET", "/state").json()["edition"] == "published"
        other.client.close()
        assert process.stdin is not None
        process.stdin.close()
