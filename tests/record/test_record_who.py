"""Who ran it stands in the run from its start, not only when somebody seals it."""

import os
import subprocess
import sys
from pathlib import Path

from record import file

ROOT = Path(__file__).parents[2]


def test_who_starts_a_run_stands_in_its_plan(tmp_path):
    who = {"GUIDEWATCH_WHO": "Tổ kiểm thử", "GUIDEWATCH_RUN_FOLDER": str(tmp_path / "run")}
    asked = [sys.executable, "-m", "pytest", "suites/guides", "--collect-only", "-q"]
    subprocess.run(asked, cwd=ROOT, env={**os.environ, **who}, capture_output=True, timeout=60)

    assert file.read_run(tmp_path / "run").who == "Tổ kiểm thử"
