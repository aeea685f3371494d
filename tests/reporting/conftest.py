"""Small runs made by code: a guide of three steps, pictures of a few pixels, nobody's data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import Image
from playwright.sync_api import Browser, Playwright

from config.accepted import Acceptance, Accepted
from config.guides import Guide
from config.portals import atlases
from config.reporting import reporting
from record import file
from record.model import (
    Box,
    CheckedClaim,
    ControlSeen,
    Fault,
    JourneyRecord,
    MoveRecord,
    Picture,
    PlannedJourney,
    Run,
    StepRecord,
    Versions,
)
from record.outcomes import of_steps
from reporting.guide_report import Known
from reporting.keys import PUBLIC, Signer, public_key, signer
from reporting.runs import KeptRun, kept_run
from reporting.sealing import seal
from reporting.verifying import Verification, verify
from world.chromium import executable

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BOX = Box(x=10, y=10, width=20, height=10)
MakeRun = Callable[..., KeptRun]
WriteResults = Callable[[KeptRun], dict[str, Any]]
ROOT = Path(__file__).parents[2]


def claim(kind: str, claimed: str, seen: str | None, verdict: str, **more: Any) -> CheckedClaim:
    """A claim with its verdict."""
    origin = more.pop("origin", "prose")
    return CheckedClaim.model_validate(
        {
            "kind": kind,
            "origin": origin,
            "claimed": claimed,
            "seen": seen,
            "verdict": verdict,
            **more,
        }
    )


def a_picture(file: str, **more: Any) -> Picture:
    """A picture of a known screen, a control marked on it."""
    values: dict[str, Any] = {"seat": "desktop", "width": 64, "height": 40, "screen": "home"}
    values["control"] = ControlSeen(name="Đăng nhập", box=BOX)
    values["address"] = "https://dichvucong.mau.example/trang"
    return Picture(file=file, **{**values, **more})


def move(says: str, *claims: CheckedClaim, picture: str | None = None, **more: Any) -> MoveRecord:
    """A move with at most one picture, a control marked on it."""
    pictures = (a_picture(picture),) if picture else ()
    values: dict[str, Any] = {"do": "home.open", "seat": "desktop", "seconds": 0.1, **more}
    values.setdefault("pictures", pictures)
    values.setdefault("control", ControlSeen(name="Đăng nhập", box=BOX) if picture else None)
    values.setdefault("address", "https://dichvucong.mau.example/")
    return MoveRecord(says=says, claims=claims, **values)


HOLDS = StepRecord(
    step="Bước 1",
    outcome="matches",
    moves=(
        move(
            "Truy cập trang chủ.",
            claim("text", "TRANG MẪU", "TRANG MẪU", "holds"),
            picture="pictures/1.jpeg",
        ),
    ),
)
DRIFTS = StepRecord(
    step="Bước 2",
    outcome="drifted",
    moves=(
        move(
            "Chọn Đăng nhập ở góc phải.",
            claim("control", "Đăng nhập", "Đăng nhập một lần", "differs"),
            picture="pictures/2.jpeg",
        ),
    ),
)
MATCHES_AGAIN = StepRecord(
    step="Bước 2",
    outcome="matches",
    moves=(
        move(
            "Chọn Đăng nhập ở góc phải.",
            claim("control", "Đăng nhập", "Đăng nhập", "holds"),
            picture="pictures/2.jpeg",
        ),
    ),
)
FAILS = StepRecord(
    step="Bước 2",
    outcome="failed",
    reason="cổng dịch vụ công: máy chủ trả lời lỗi – 500",
    fault=Fault(component="portal", kind="http", message="500"),
    moves=(move("Chọn Đăng nhập ở góc phải.", picture="pictures/2.jpeg"),),
)
LAST = StepRecord(
    step="Bước 3",
    outcome="matches",
    moves=(
        move(
            "Hệ thống trở về trang chủ.",
            claim("signed_in", "đã đăng nhập", "đã đăng nhập", "holds"),
            picture="pictures/3.jpeg",
        ),
    ),
)
NOT_REACHED = StepRecord(step="Bước 3", outcome="not_reached", reason="Bước 2: máy chủ trả lời lỗi")

GUIDE = Guide.model_validate(
    {
        "guide": "mau-2024",
        "title": "Hướng dẫn mẫu",
        "portal": "mau",
        "source": "mau-2024.txt",
        "published": "2024",
        "legal_basis": [
            {
                "cites": "Nghị định số 59/2022/NĐ-CP",
                "state": "superseded",
                "by": "Nghị định số 69/2024/NĐ-CP",
                "since": "2024-07-01",
                "source": "công báo",
            }
        ],
        "journeys": [
            {
                "journey": "citizen",
                "title": "Công dân đăng nhập",
                "visitor": "citizen",
                "steps": [
                    {"step": step, "moves": [{"says": says, "do": "home.open"}]}
                    for step, says in (
                        ("Bước 1", "Truy cập trang chủ."),
                        ("Bước 2", "Chọn Đăng nhập ở góc phải."),
                        ("Bước 3", "Hệ thống trở về trang chủ."),
                    )
                ],
            }
        ],
    }
)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The folder of all runs."""
    folder = tmp_path / "runs"
    folder.mkdir()
    return folder


@pytest.fixture
def make_run(runs: Path) -> MakeRun:
    """Write a run into its folder, as the suites do, and open it."""

    def make(
        name: str = "run-1",
        steps: tuple[StepRecord, ...] = (HOLDS, DRIFTS, LAST),
        started: datetime = NOW - timedelta(hours=1),
        journeys: int = 1,
        simulated: bool = True,
        **more: Any,
    ) -> KeptRun:
        folder = runs / name
        (folder / "pictures").mkdir(parents=True)
        (folder / "allure-results").mkdir()
        names = ["citizen", *(f"citizen-{number}" for number in range(2, journeys + 1))][:journeys]
        run = Run(
            run=name,
            environment="embedded" if simulated else "province-test",
            edition="published" if simulated else None,
            simulated=simulated,
            judge="guide",
            started=started,
            plan=tuple(
                PlannedJourney(portal="mau", guide="mau-2024", journey=journey) for journey in names
            ),
            who="Tổ kiểm thử",
            **{"ended": started + timedelta(minutes=1), "exit_code": 0, **more},
        )
        file.write_run(folder, run)
        for journey in names:
            file.append(folder, a_journey(name, journey, steps, started, simulated))
            result = {"historyId": journey, "labels": [{"name": "outcome", "value": "matches"}]}
            path = folder / "allure-results" / f"{journey}-result.json"
            path.write_text(json.dumps(result), encoding="utf-8")
        for number, colour in enumerate(("white", "yellow", "pink"), 1):
            Image.new("RGB", (64, 40), colour).save(folder / "pictures" / f"{number}.jpeg")
        return kept_run(name, runs)

    return make


def a_journey(
    run: str, journey: str, steps: tuple[StepRecord, ...], started: datetime, simulated: bool
) -> JourneyRecord:
    """One walked journey of the sample guide."""
    return JourneyRecord(
        run=run,
        environment="embedded" if simulated else "province-test",
        edition="published" if simulated else None,
        simulated=simulated,
        portal="mau",
        guide="mau-2024",
        journey=journey,
        title="Công dân đăng nhập",
        attempt=1,
        outcome=of_steps(step.outcome for step in steps),
        started=started,
        seconds=1.5,
        steps=steps,
        versions=Versions(guide="a" * 64, portal="b" * 64, browser="chromium 1", suite="s 1"),
    )


# A test of a journey that was walked before: the plugin alone is what is tried with it.
WALKED = """
from pathlib import Path
from config.guides import Journey
from record import file

def test_journey(request):
    folder = Path({folder!r})
    request.node.journey_record = next(file.journeys(folder))
    request.node.journey_published = Journey.model_validate_json({published!r})
    request.node.run_folder = folder
    assert request.node.journey_record.outcome == "matches"
"""


@pytest.fixture
def write_results(tmp_path: Path) -> WriteResults:
    """Write a run's Allure result as the plugin does, in a pytest of its own, and read it."""

    def write(kept: KeptRun) -> dict[str, Any]:
        published = GUIDE.journeys[0].model_dump_json()
        test = tmp_path / "test_walked.py"
        test.write_text(WALKED.format(folder=str(kept.folder), published=published))
        results = kept.folder / "allure-results"
        shutil.rmtree(results)
        options = ["-p", "reporting.allure_results", "--alluredir", str(results), "-c", os.devnull]
        command = [sys.executable, "-m", "pytest", *options, str(test)]
        environment = {**os.environ, "GUIDEWATCH_LANGUAGE": "vi"}
        subprocess.run(
            command, cwd=ROOT, env=environment, timeout=60, stdout=subprocess.DEVNULL, check=False
        )
        [result] = results.glob("*-result.json")
        return dict(json.loads(result.read_text(encoding="utf-8")))

    return write


@pytest.fixture
def known() -> Known:
    """The sample guide, nothing accepted, the project's own configuration of reports."""
    return Known({"mau-2024": GUIDE}, {}, Accepted(), reporting())


def accepting(known: Known, *entries: Acceptance) -> Known:
    """The same with entries accepted."""
    return Known(known.guides, known.atlases, Accepted(accepted=entries), known.reporting)


@pytest.fixture
def real_atlases() -> dict[str, Any]:
    """The project's portal files."""
    return dict(atlases())


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A folder for an installation's keys."""
    return tmp_path / "keys"


@pytest.fixture
def key(keys: Path) -> Signer:
    """An installation's key."""
    return signer(keys)


@pytest.fixture
def public(key: Signer, keys: Path) -> Ed25519PublicKey:
    """Its public part."""
    return public_key(keys / PUBLIC)


@pytest.fixture(scope="session")
def shut_in_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that refuses every name, so that a page that asks for one is found out."""
    program = executable(headed=False)
    browser = playwright.chromium.launch(
        executable_path=program,
        args=["--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server"],
    )
    yield browser
    browser.close()


@pytest.fixture
def three_runs(make_run: MakeRun, key: Signer, runs: Path) -> Path:
    """Three sealed runs, each chained to the one before."""
    for number in (1, 2, 3):
        kept = make_run(f"run-{number}", started=NOW - (4 - number) * DAY)
        seal(kept.folder, key, NOW - (4 - number) * DAY)
    return runs


def verified(runs: Path, key: Ed25519PublicKey, head: str | None = None) -> Verification:
    return verify(runs, key, head, "en")
