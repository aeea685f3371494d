"""`kill -9` at random moments of a busy monitor: nothing reported is lost, no alert is."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import monitor_busy
import pytest
from monitor_receivers import webhook
from sqlalchemy import select

from config.strict import CONFIG
from monitoring import resuming, tables
from monitoring.store import Store

ROUNDS = int(os.environ.get("GUIDEWATCH_KILL_ROUNDS", "200"))


@pytest.mark.prove
def test_kill_9_loses_no_result_and_no_alert(tmp_path, store_url):
    url = store_url or f"sqlite:///{tmp_path}/monitor.sqlite"
    chance = random.Random(9)
    with webhook() as (hook, inbox):
        for number in range(ROUNDS):
            _run_and_kill(url, tmp_path, hook, number, chance.uniform(0.02, 1.6))
        store = Store(url)
        duty = monitor_busy.duty(store, tmp_path, hook, 0)
        duty.begin()
        for _ in range(50):
            duty.deliver()
        reported = set((tmp_path / monitor_busy.REPORTED).read_text().splitlines())
        with store.reading() as connection:
            kept = {
                f"{row.run} {row.journey} {row.attempt}"
                for row in connection.execute(select(tables.results))
            }
            letters = {row.key for row in connection.execute(select(tables.outbox))}
            told = list(
                connection.execute(select(tables.events).where(tables.events.c.change == "told"))
            )
            closed = {
                row.incident
                for row in connection.execute(
                    select(tables.events).where(tables.events.c.change == "closed")
                )
            }
            runs_open = connection.execute(select(tables.runs).where(tables.runs.c.ended.is_(None)))
            assert not list(runs_open)
        store.close()
    came = Counter(one["key"] for one in inbox.all)
    doubled = sum(count - 1 for count in came.values())
    print(
        f"\n{ROUNDS} kills: {len(reported)} results reported, {len(reported - kept)} lost; "
        f"{len(told)} incidents told, {len(letters)} letters, {len(letters) - len(came)} lost, "
        f"{doubled} sent again under the same reference"
    )
    assert not reported - kept
    assert {key.replace("/", ".") for key in letters} == set(came)
    opened = {int(key.split("/")[1]) for key in letters if "/opened/" in key}
    assert opened == {row.incident for row in told}
    cleared = {int(key.split("/")[1]) for key in letters if "/closed/" in key}
    assert cleared == closed & opened
    assert all(count == 1 for count in Counter(row.incident for row in told).values())
    assert len(letters) >= ROUNDS // 10  # it was busy


def _run_and_kill(url: str, folder: Path, hook: str, seed: int, after: float) -> None:
    busy = subprocess.Popen(
        [sys.executable, monitor_busy.__file__, url, str(folder), hook, str(seed)],
        cwd=CONFIG.parent,
        env={**os.environ, "PYTHONPATH": str(CONFIG.parent)},
        stdout=subprocess.PIPE,
    )
    assert busy.stdout is not None
    assert busy.stdout.readline() == b"READY\n"
    try:
        code = busy.wait(after)
    except subprocess.TimeoutExpired:
        busy.kill()
        code = busy.wait()
    busy.stdout.close()
    assert code == -signal.SIGKILL, f"it ended by itself, with {code}"


def test_a_holder_that_is_gone_is_recognised():
    gone = resuming.holder().rpartition(":")[0] + ":1"
    assert resuming.is_alive(resuming.holder()) is True
    assert resuming.is_alive(gone) is False
