"""Embedded portals, monitor and board, as `make monitor` runs them; a fault from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from monitor_receivers import Inbox, smtp, webhook

from config.strict import CONFIG
from world import embedded

WITHIN = 90.0  # seconds for each step; the whole takes about 40
PORTALS = ("Lai Châu", "Hưng Yên", "Thanh Hóa")


class Running:
    """A monitor that runs: where its board is, and all it said."""

    def __init__(self, config: Path, address: str) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "monitor.py", "start", "--board", "--port", "0"),
                *("--config", str(config), "--embedded", address),
            ],
            cwd=CONFIG.parent,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "GUIDEWATCH_BOARD_TOKEN": ""},
        )
        self.said: list[str] = []
        self._board = threading.Event()
        self.board = ""
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.said.append(line.rstrip())
            found = re.search(r"board: (http://\S+)", line)
            if found:
                self.board = found[1]
                self._board.set()

    def wait_for_board(self) -> str:
        assert self._board.wait(WITHIN), "\n".join(self.said)
        return self.board

    def end(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(WITHIN)
        self._thread.join(WITHIN)
        return code


@pytest.fixture
def portals() -> Iterator[embedded.Embedded]:
    with embedded.start("published") as running:
        yield running


@pytest.fixture
def receivers() -> Iterator[tuple[str, str, Inbox, Inbox]]:
    with smtp() as (mail_at, mails), webhook() as (hook_at, hooks):
        yield mail_at, hook_at, mails, hooks


def configuration(folder: Path, mail_at: str, hook_at: str) -> Path:
    path = folder / "monitor.yaml"
    host, _, port = mail_at.rpartition(":")
    path.write_text(
        f"""
environment: embedded
store: sqlite:///{folder}/monitor.sqlite
folder: {folder}/out
cadence: {{every: 2s, stagger: 0s, visits_per_hour: 10000}}
thresholds: {{open: {{failures: 2, of: 2}}, close_after: 1}}
alerts: {{gather: 60s, retry_first: 1s}}
channels:
  - {{channel: mail, tells: [duty], url: "mailto://{host}:{port}?from=monitor@guidewatch.test&to=duty@guidewatch.test&mode=insecure"}}
  - {{channel: hook, tells: [duty], url: "json://{hook_at}/"}}
portals: {{lai-chau: {{name: Lai Châu}}, hung-yen: {{name: Hưng Yên}}, thanh-hoa: {{name: Thanh Hóa}}}}
""",
        encoding="utf-8",
    )
    return path


def test_vneid_down_is_one_incident_one_alert_and_one_all_clear_on_each_channel(
    portals, receivers, tmp_path
):
    mail_at, hook_at, mails, hooks = receivers
    portals.control.set_fault("vneid-down")
    running = Running(configuration(tmp_path, mail_at, hook_at), portals.address)
    try:
        board = running.wait_for_board()
        for inbox in (mails, hooks):
            (alert,) = inbox.wait_for(1, WITHIN)
            assert "MÔ PHỎNG" in alert["title"] and "VNeID" in alert["title"]
            assert all(portal in alert["message"] for portal in PORTALS)
            assert "Bước" in alert["message"] or "1 –" in alert["message"]
        with httpx.Client(base_url=board, trust_env=False) as client:
            assert "3 trong 3 cổng không dùng được" in client.get("/").text
            assert client.get("/incidents/1/picture").headers["content-type"] == "image/jpeg"
            assert 'guidewatch_incident_open{cause="system:VNeID"' in client.get("/metrics").text
        portals.control.clear_faults()
        for inbox in (mails, hooks):
            assert "ĐÃ HẾT" in inbox.wait_for(2, WITHIN)[1]["title"]
        with httpx.Client(base_url=board, trust_env=False) as client:
            assert "Mọi cổng đang theo dõi đều hoạt động" in client.get("/").text
    finally:
        code = running.end()
    assert code == 0, "\n".join(running.said)
    assert len(mails.all) == len(hooks.all) == 2
    assert {mail["key"].rpartition(".")[0] for mail in mails.all} == {
        hook["key"].rpartition(".")[0] for hook in hooks.all
    }
    looked = subprocess.run(
        [sys.executable, "monitor.py", "incidents", "--config", tmp_path / "monitor.yaml"],
        cwd=CONFIG.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert looked.stdout.count("#") == 1 and "3 cổng" in looked.stdout
