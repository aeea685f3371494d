"""The head of the chain of sealed runs goes to those who are told `audit`, each time it changes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from config.monitor import Alerts, Channel, Monitor
from monitoring import tables
from monitoring.evidence import announce
from record.file import write_run
from record.model import Run
from reporting.keys import signer
from reporting.sealing import HEAD, Sealed, seal

AUDIT = Channel(channel="auditors", tells=("audit",), url="json://127.0.0.1")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    made = tmp_path / "runs"
    made.mkdir()
    return made


@pytest.fixture
def sealed(runs, tmp_path):
    key = signer(tmp_path / "keys")

    def go(name: str) -> Sealed:
        folder = runs / name
        folder.mkdir()
        write_run(folder, ended(name))
        return seal(folder, key, NOW)

    return go


def ended(name: str) -> Run:
    return Run(
        run=name,
        environment="embedded",
        edition="published",
        simulated=True,
        judge="guide",
        started=NOW,
        plan=(),
        ended=NOW,
    )


@pytest.fixture
def monitor(runs):
    return Monitor(
        environment="embedded", channels=(AUDIT,), alerts=Alerts(chain_head=str(runs / HEAD))
    )


def letters(store):
    with store.reading() as connection:
        return list(connection.execute(select(tables.outbox).order_by(tables.outbox.c.id)))


def test_a_new_head_is_sent_once(store, monitor, clock, sealed):
    head = sealed("run-1")

    assert announce(store, monitor, clock())
    assert not announce(store, monitor, clock.move(60))

    (letter,) = letters(store)
    assert letter.title == "Đầu chuỗi bằng chứng: 1"
    assert f"verify --head {head.sha256}" in letter.body
    assert f"Mã thông báo: {letter.key}" in letter.body


def test_every_later_head_is_sent_without_a_warning(store, monitor, clock, sealed):
    for name in ("run-1", "run-2"):
        sealed(name)
        announce(store, monitor, clock())

    assert [(one.title, one.grade) for one in letters(store)] == [
        ("Đầu chuỗi bằng chứng: 1", "info"),
        ("Đầu chuỗi bằng chứng: 2", "info"),
    ]


def test_a_chain_whose_newest_run_was_replaced_is_a_warning(store, monitor, clock, sealed, runs):
    sealed("run-1")
    lost = sealed("run-2")
    announce(store, monitor, clock())
    shutil.rmtree(runs / "run-2")
    sealed("run-2b")
    sealed("run-3")  # the number has grown on

    announce(store, monitor, clock())

    warning = letters(store)[-1]
    assert warning.grade == "warning" and warning.title.startswith("CẢNH BÁO")
    assert lost.sha256 in warning.body


def test_a_chain_that_is_gone_is_a_warning(store, monitor, clock, sealed, runs):
    sealed("run-1")
    announce(store, monitor, clock())
    shutil.rmtree(runs)

    announce(store, monitor, clock())

    assert "Không còn đọc được" in letters(store)[-1].body


def test_where_nobody_is_told_nothing_is_remembered(store, monitor, clock, sealed):
    sealed("run-1")
    silent = monitor.model_copy(update={"channels": ()})

    assert not announce(store, silent, clock())
    assert announce(store, monitor, clock())
