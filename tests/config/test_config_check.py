"""`python -m config check`: every mistake at once, without a browser."""

import shutil
import subprocess
import sys

import pytest

from config.strict import CONFIG

ROOMS = ("config", "journeys", "monitoring", "pages", "record", "visitors", "world")


@pytest.fixture
def project(tmp_path):
    """A copy of the rooms that the command needs."""
    for room in ROOMS:
        shutil.copytree(
            CONFIG.parent / room,
            tmp_path / room,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    return tmp_path


def change(path, old, new):
    """Change a file at one place, and say at which line."""
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def check(project):
    return subprocess.run(
        [sys.executable, "-m", "config", "check"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_the_shipped_configuration_is_well_formed(project):
    checked = check(project)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_mistake_is_told_at_once_with_file_line_and_remedy(project):
    config = project / "config"
    verb = change(config / "guides/thanh-hoa-2024.yaml", "do: otp.enter_code", "do: otp.enter_cod")
    key = change(config / "guides/lai-chau-2024.yaml", "portal: lai-chau", "potral: lai-chau")
    other = change(config / "environments/embedded.yaml", "simulated: true", "simulatd: true")
    checked = check(project)
    assert checked.returncode == 2
    told = set(checked.stderr.splitlines())
    assert {
        f"config/guides/thanh-hoa-2024.yaml:{verb}: “otp” has no verb “enter_cod”; "
        "did you mean “enter_code”?",
        f"config/guides/lai-chau-2024.yaml:{key}: unknown key “potral”; did you mean “portal”?",
        f"config/environments/embedded.yaml:{other}: unknown key “simulatd”; "
        "did you mean “simulated”?",
    } <= told


def test_a_wrong_portal_file_is_not_told_as_missing_to_every_guide(project):
    change(project / "config/portals/vneid.yaml", "portal: vneid", "potral: vneid")
    assert "there is no portal file “lai-chau”" not in check(project).stderr


def test_a_wrong_portal_file_hides_only_what_needs_it(project):
    config = project / "config"
    change(config / "portals/hung-yen-officials.yaml", "portal: hung", "potral: hung")
    trouble = change(config / "portals/troubles.yaml", "kind: firewall", "knd: firewall")
    verb = change(config / "guides/lai-chau-2024.yaml", "do: otp.enter_code", "do: otp.enter_cod")
    told = check(project).stderr
    assert f"portals/troubles.yaml:{trouble}: " in told
    assert f"lai-chau-2024.yaml:{verb}: “otp” has no verb “enter_cod”" in told


def test_two_portal_files_of_one_name_are_told(project):
    folder = project / "config/portals"
    shutil.copy(folder / "thanh-hoa.yaml", folder / "thanh-hoa-2.yaml")
    assert "a second portal file “thanh-hoa”; rename one" in check(project).stderr


def test_a_visitor_whom_no_environment_has_is_told(project):
    path = project / "config/guides/hung-yen-2023.yaml"
    line = change(path, "visitor: citizen", "visitor: citzen")
    told = check(project).stderr
    assert f"hung-yen-2023.yaml:{line}: no environment has a visitor “citzen”" in told
    assert "did you mean “citizen”?" in told


def test_an_acceptance_of_a_step_that_is_not_there_is_told(project):
    line = change(project / "config/accepted.yaml", "step: Bước 3", "step: Bước 33")
    told = check(project).stderr
    assert f"accepted.yaml:{line}: guide “lai-chau-2024” has no step “Bước 33”" in told


@pytest.mark.parametrize("name", ["monitor.yaml", "reporting.yaml"])
def test_the_other_rooms_files_are_checked_too(project, name):
    path = project / "config" / name
    path.write_text(path.read_text(encoding="utf-8") + "zzz: 1\n", encoding="utf-8")
    assert f"config/{name}:" in check(project).stderr


def test_a_portal_that_the_monitor_names_and_nobody_has_is_told(project):
    line = change(project / "config/monitor.yaml", "  lai-chau: {name", "  lai-chua: {name")
    checked = check(project)
    assert checked.returncode == 2
    assert f"config/monitor.yaml:{line}: “lai-chua” names nothing" in checked.stderr
