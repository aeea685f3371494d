"""How long a run of all journeys takes, everything's start included: what a person at `make run` waits.

`python -m bench.whole_run [--rounds N]` runs the guides suite with two workers, as `make run` does, in a
folder that is thrown away, and prints the seconds of wall time. Bound: 40 on two cores.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.strict import PROJECT

BOUND = 40.0  # seconds
COMMAND = (sys.executable, "-m", "pytest", "suites/guides", "-q", "-n", "2")


def main() -> int:
    """Measure and print.

    Returns:
        0 within the bound, 1 beyond it, 3 where a run did not pass: nothing is measured then.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.whole_run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how many runs (default 3)")
    seconds = []
    for number in range(parser.parse_args().rounds):
        taken = run()
        if taken is None:
            print("the run did not pass; nothing is measured", file=sys.stderr)
            return 3
        seconds.append(taken)
        print(f"round {number + 1}: {taken:.1f} s", file=sys.stderr)
    median = statistics.median(seconds)
    print(f"all journeys, two workers: {median:.1f} s of wall time (bound {BOUND:.0f})")
    return 1 if median > BOUND else 0


def run() -> float | None:
    """The seconds of one run; None where it did not pass."""
    with tempfile.TemporaryDirectory() as folder:
        where = {**os.environ, "GUIDEWATCH_RUN_FOLDER": str(Path(folder, "run"))}
        begun = time.monotonic()
        done = subprocess.run(COMMAND, cwd=PROJECT, env=where, capture_output=True)
        taken = time.monotonic() - begun
    return taken if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
