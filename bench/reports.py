"""How long reports take and how much memory they need: all journeys, and 1,000 of them.

    python -m bench.reports [--journeys 1000]

The bounds are those of the project: all journeys in under 5 s, 1,000 in under 60 s and 500 MB. Each
size is built in a process of its own, from a run made by code: 7 steps a journey, 10 pictures of a
whole screen, 500 of them different, and as many earlier runs of the same size to say since when as
the configuration reads.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from config.guides import guides
from config.reporting import reporting
from record import file
from record.model import JourneyRecord, PlannedJourney, Run
from reporting.guide_report import known, write_guide_report
from reporting.runs import kept_run

STARTED = datetime(2026, 11, 22, 3, tzinfo=UTC)
MEMORY = 500.0  # MB
SECONDS, SECONDS_OF_MANY = 5.0, 60.0
STEPS = 7
PICTURES = 10
DRAWN = 500


def main() -> int:
    """Measure; exit code 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = sum(len(guide.journeys) for guide in guides().values())
    default = f"how many (default: all {every}, and 1000)"
    parser.add_argument("--journeys", type=int, action="append", help=default)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        _build(options.build)
        return 0
    broken = False
    for journeys in options.journeys or [every, 1000]:
        with tempfile.TemporaryDirectory() as work:
            _make_runs(Path(work), journeys)
            command = [sys.executable, "-m", "bench.reports", "--build", work]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, megabytes, size = map(float, said.split())
        limit = SECONDS_OF_MANY if journeys > every else SECONDS
        kept = seconds < limit and megabytes < MEMORY
        broken |= not kept
        print(
            f"{journeys} journeys: {seconds:.1f} s (under {limit:g}), {megabytes:.0f} MB "
            f"(under {MEMORY:g}), page {size:.1f} MB: {'kept' if kept else 'BROKEN'}"
        )
    return 1 if broken else 0


def _build(work: Path) -> None:
    """Build one report, and say seconds, peak memory and the page's size in MB."""
    started = time.perf_counter()
    out = work / "out"
    out.mkdir()
    now = STARTED + timedelta(hours=1)
    write_guide_report(kept_run("run-now", work / "runs"), known(), out, now, "vi")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak, (out / "guides.html").stat().st_size / 1e6)


def _make_runs(work: Path, journeys: int) -> None:
    folder = work / "runs" / "run-now"
    _make_run(folder, journeys, STARTED)
    lines = [
        _journey(number, f"journey-{number}", folder.name, STARTED).model_dump_json(by_alias=True)
        for number in range(journeys)
    ]
    (folder / file.RECORD).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for number in range(reporting().history.runs):
        earlier = work / "runs" / f"run-{number}"
        _make_run(earlier, journeys, STARTED - timedelta(days=number + 1))
        (earlier / file.RECORD).hardlink_to(folder / file.RECORD)
    (folder / "pictures").mkdir()
    for number in range(journeys * PICTURES):
        path = folder / f"pictures/{number // PICTURES}-{number % PICTURES}.jpeg"
        if number < DRAWN:
            _draw(path, number)
        else:  # to draw 10,000 would take longer than to measure
            path.hardlink_to(
                folder / f"pictures/{number % DRAWN // PICTURES}-{number % PICTURES}.jpeg"
            )


def _make_run(folder: Path, journeys: int, started: datetime) -> None:
    folder.mkdir(parents=True)
    names = [f"journey-{number}" for number in range(journeys)]
    plan = tuple(PlannedJourney(portal="lai-chau", guide="lai-chau-2024", journey=n) for n in names)
    run = Run(
        run=folder.name,
        environment="embedded",
        edition="published",
        simulated=True,
        judge="guide",
        started=started,
        ended=started,
        plan=plan,
    )
    file.write_run(folder, run)


def _journey(number: int, name: str, run: str, started: datetime) -> JourneyRecord:
    chance = random.Random(number)
    steps = []
    for step in range(STEPS):
        drifted = chance.random() < 0.1
        pictures = [step] if step < STEPS - 1 else range(step, PICTURES)
        claims = [
            {
                "kind": "control",
                "origin": "prose",
                "claimed": f"Nút {claim}",
                "seen": f"Nút mới {claim}" if drifted else f"Nút {claim}",
                "verdict": "differs" if drifted else "holds",
            }
            for claim in range(3)
        ]
        steps.append(
            {
                "step": f"Bước {step + 1}",
                "outcome": "drifted" if drifted else "matches",
                "moves": [
                    {
                        "says": f"Tại trang đăng nhập, chọn Nút 0 rồi chờ ở bước {step + 1}.",
                        "do": "home.choose_login",
                        "seat": "desktop",
                        "seconds": 0.2,
                        "address": "https://dichvucong.laichau.gov.vn/",
                        "claims": claims,
                        "pictures": [
                            {
                                "file": f"pictures/{number}-{picture}.jpeg",
                                "seat": "desktop",
                                "width": 1280,
                                "height": 800,
                                "screen": "home",
                                "address": "https://dichvucong.laichau.gov.vn/",
                                "control": {
                                    "name": "Nút 0",
                                    "box": {"x": 900, "y": 40, "width": 90, "height": 34},
                                },
                            }
                            for picture in pictures
                        ],
                    }
                ],
            }
        )
    return JourneyRecord.model_validate(
        {
            "run": run,
            "environment": "embedded",
            "edition": "published",
            "simulated": True,
            "portal": "lai-chau",
            "guide": "lai-chau-2024",
            "journey": name,
            "title": f"Hành trình {number}",
            "attempt": 1,
            "outcome": "matches",
            "started": started,
            "seconds": 2.0,
            "steps": steps,
            "versions": {"guide": "a", "portal": "b", "browser": "chromium", "suite": "bench"},
        }
    )


def _draw(path: Path, number: int) -> None:
    """A screen of words and boxes, as heavy as a portal's, unlike any other."""
    chance = random.Random(number)
    picture = Image.new("RGB", (1280, 800), "white")
    pen = ImageDraw.Draw(picture)
    for line in range(60):
        x, y = chance.randrange(1000), line * 13
        pen.text((x, y), f"Thủ tục {chance.random()} hành chính {number}", fill=(20, 40, 90))
    picture.save(path, "JPEG", quality=80)


if __name__ == "__main__":
    sys.exit(main())
