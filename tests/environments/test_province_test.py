"""A province from nothing: a separately started instance, walked through `province-test` settings alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from record import file
from world.embedded import Embedded, start

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Embedded]:
    """Portals that somebody else has started; the suite is told only names, authority and secrets."""
    with start("published") as running:
        yield running


@pytest.fixture(scope="module")
def settings(elsewhere: Embedded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the province's people put into the environment."""
    authority = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.write_text(elsewhere.names.ca_pem or "", encoding="ascii")
    at = elsewhere.names.map
    return {
        "GUIDEWATCH_WHO": "Tổ kiểm thử của tỉnh",
        "PROVINCE_TEST_PORTAL": at["dichvucong.laichau.gov.vn"],
        "PROVINCE_TEST_VNEID": at["sso.dancuquocgia.gov.vn"],
        "PROVINCE_TEST_APP": at["vneid-app.staging.test"],
        "PROVINCE_TEST_REGISTRATION": at["dangky.dichvucong.gov.vn"],
        "PROVINCE_TEST_SMS": at["sms.staging.test"],
        "PROVINCE_TEST_CA": str(authority),
        "PROVINCE_TEST_ACCOUNT": "000100000002",
        "PROVINCE_TEST_PASSWORD": "Thu-Nghiem-2!",
        "PROVINCE_TEST_PHONE": "0900000002",
        "PROVINCE_TEST_PASSCODE": "246810",
        "PROVINCE_TEST_SMS_INBOX": "https://sms.staging.test",
        "PROVINCE_TEST_TOTP_SECRET": "S6AJIFUF3N64WNCNRRFYNAALLUCM3W55",
    }


def walk(settings: dict[str, str], folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the guides suite as a person in the province would."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PROVINCE_")}
    command = [sys.executable, "-m", "pytest", "suites/guides", "--environment", "province-test"]
    return subprocess.run(
        [*command, "--portal", "lai-chau", "-q", "-p", "no:cacheprovider", *options],
        cwd=PROJECT,
        env={**plain, **settings, "GUIDEWATCH_RUN_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_suite_walks_a_province_through_settings_alone(
    settings: dict[str, str], tmp_path: Path
) -> None:
    done = walk(settings, tmp_path / "run", "-k", "citizen")

    outcomes = {line.journey: line.outcome for line in file.journeys(tmp_path / "run")}
    assert done.returncode == 0, done.stdout
    assert file.read_run(tmp_path / "run").who == "Tổ kiểm thử của tỉnh"
    assert outcomes == {
        "citizen-password": "accepted",
        "citizen-qr": "accepted",
        "citizen-register": "matches",
    }


def test_a_missing_secret_is_one_sentence_before_any_browser_starts(
    settings: dict[str, str], tmp_path: Path
) -> None:
    lacking = {**settings, "PROVINCE_TEST_PASSWORD": ""}

    done = walk(lacking, tmp_path / "run")

    assert done.returncode == 4
    missing = r"province-test\.yaml:\d+: the value PROVINCE_TEST_PASSWORD is missing; set it"
    assert re.search(missing, done.stderr)
    assert not (tmp_path / "run").exists()
