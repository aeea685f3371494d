"""Portals with a data folder: what is registered there stays, what a run has left does not."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager, closing
from pathlib import Path

import httpx
import pytest

from world.embedded import PROJECT, Embedded, start

REGISTRATION = "https://dangky.dichvucong.gov.vn"
PHONE, IDENTITY, PASSWORD = "0900000102", "000300000002", "Thu-Nghiem-302!"
ENTRY = {
    "doi-tuong": "cong-dan",
    "hinh-thuc": "thue-bao-di-dong",
    "so-dien-thoai": PHONE,
    "ho-ten": "Trần Văn Đăng Ký",
    "so-dinh-danh": IDENTITY,
    "ngay-sinh": "22/02/1992",
    "ngay-het-han": "22/02/2042",
    "email": "",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of what outlives an instance."""
    return tmp_path / "data"


def portals(data: Path) -> AbstractContextManager[Embedded]:
    """An instance that keeps in a data folder what outlives it."""
    return start("published", program=(sys.executable, "-m", "staging", "--data", str(data)))


def register(client: httpx.Client) -> None:
    """From the form to the new password, as a browser sends it."""
    client.post(f"{REGISTRATION}/register", data=ENTRY)
    messages = client.get("https://sms.staging.test/messages", params={"to": PHONE}).json()
    code = re.findall(r"\d{6}", messages[-1]["text"])[0]
    client.post(f"{REGISTRATION}/sendOtp", data={"otp": code})
    client.post(f"{REGISTRATION}/password", data={"mat-khau": PASSWORD, "nhap-lai": PASSWORD})


def signs_in(client: httpx.Client) -> bool:
    """Whether the account's password leads to one's own page on the national portal."""
    sign_in = "https://dichvucong.gov.vn/sso/login?loai=cong-dan"
    form = client.get(sign_in, follow_redirects=True)
    entry = {"username": IDENTITY, "password": PASSWORD}
    return client.post(form.url, data=entry, follow_redirects=True).url.path == "/tai-khoan"


def kept(data: Path) -> dict[str, int]:
    """How many rows each table of the data folder holds."""
    with closing(sqlite3.connect(data / "lasting.sqlite")) as store:
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables
        }


def test_a_registered_account_signs_in_after_the_portals_were_restarted(data: Path) -> None:
    with portals(data) as first, first.names.client(timeout=10) as client:
        register(client)
    with portals(data) as second, second.names.client(timeout=10) as client:
        assert signs_in(client)


@pytest.mark.prove
def test_runs_leave_nothing_behind_in_the_data_folder(data: Path, tmp_path: Path) -> None:
    with portals(data) as running:
        for number in (1, 2):
            told = walk(running.address, tmp_path / f"run-{number}")
            assert "3 passed" in told, told[-3000:]
    assert set(kept(data).values()) == {0}


def walk(address: str, folder: Path) -> str:
    """Walk what registers, what changes a profile and what grants a right; what pytest said."""
    leaving = "citizen-registration or official-profile or right_that_is_withdrawn"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "suites/guides",
        "suites/regression/test_subsystems.py",
    ]
    done = subprocess.run(
        [*command, "-q", "-p", "no:cacheprovider", f"--embedded={address}", "-k", leaving],
        cwd=PROJECT,
        env={**os.environ, "GUIDEWATCH_RUN_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout
