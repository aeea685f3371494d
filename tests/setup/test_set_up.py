"""The set-up on machines that lack something, and on those that lack nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
TOOLS = ("sh", "env", "cat", "sed", "tr", "cmp", "dirname", "mkdir", "mv", "rm", "grep", "timeout")


@pytest.fixture
def machine(tmp_path):
    """A machine with a checkout and a few tools; gives a way to run the set-up on it."""
    checkout = tmp_path / "checkout"
    shutil.copytree(PROJECT / "setup", checkout / "setup")
    (checkout / "requirements.lock").touch()
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool) or tool)

    class Machine:
        venv = checkout / ".venv" / "bin"

        def put(self, name: str, script: str, folder: Path = programs) -> None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"#!/bin/sh\n{script}\n")
            (folder / name).chmod(0o755)

        def set_up(self, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [checkout / "setup" / "set-up.sh", *options],
                env={"PATH": str(programs), "HOME": str(tmp_path), **variables},
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
            )

    return Machine()


@pytest.fixture
def complete(machine):
    """A machine, no Debian, that lacks nothing: everything it is asked for is there."""
    machine.put("python3", "exit 0")
    machine.put("certutil", "exit 0")
    machine.put("python", "exit 0", machine.venv)
    return machine


def test_an_old_python_is_one_sentence(machine):
    machine.put("python3", '[ "$1" = --version ] && echo Python 3.10.12 || exit 1')
    done = machine.set_up()
    assert done.returncode == 1
    assert "Python 3.11 or later is needed and not found (here: Python 3.10.12)" in done.stderr


def test_elsewhere_than_debian_it_says_what_is_missing(machine):
    machine.put("python3", 'case "$2" in *zbar*) exit 1;; esac')
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "certutil (package nss-tools or nss), the zbar library (package zbar);" in done.stderr


def test_a_machine_that_has_it_all_is_set_up(complete):
    done = complete.set_up()
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "set-up: done")


def test_a_second_time_nothing_is_repeated(complete):
    complete.set_up()
    again = complete.set_up()
    assert (again.returncode, again.stderr) == (0, "")


def test_it_looks_again_when_asked_to(complete):
    complete.set_up()
    assert "set-up: done" in complete.set_up("--again").stderr


def test_a_changed_lock_sets_up_again(complete):
    complete.set_up()
    (complete.venv.parents[1] / "requirements.lock").write_text("changed")
    assert "set-up: done" in complete.set_up().stderr


def test_packages_that_cannot_be_installed_are_one_sentence_with_the_log(complete):
    complete.put("python", 'case "$*" in *install*) exit 1;; esac', complete.venv)
    done = complete.set_up()
    assert done.returncode == 1
    assert "see the end of .venv/set-up.log" in done.stderr.splitlines()[-1]


def test_what_failed_is_tried_again(complete):
    complete.put("python", 'case "$*" in *install*) exit 1;; esac', complete.venv)
    complete.set_up()
    complete.put("python", "exit 0", complete.venv)
    assert complete.set_up().returncode == 0


def test_debian_without_root_and_sudo_names_the_packages(complete):
    if os.geteuid() == 0:
        complete.put("id", "echo 1000")
    complete.put("dpkg-query", "exit 1")
    complete.put("apt-get", "exit 0")
    done = complete.set_up()
    assert done.returncode == 1
    assert "run as root: apt-get install" in done.stderr
    assert "libzbar0" in done.stderr


def test_what_only_make_prove_needs_is_brought_for_it_alone(complete):
    if os.geteuid() == 0:
        complete.put("id", "echo 1000")
    complete.put("dpkg-query", 'case "$*" in *postgresql*) exit 1;; esac; printf installed')
    complete.put("apt-get", "exit 0")
    assert complete.set_up().returncode == 0
    done = complete.set_up("--prove")
    assert done.returncode == 1 and "run as root: apt-get install postgresql" in done.stderr


def test_where_no_chromium_can_be_had_the_sentence_tells_of_ubuntus_snap(complete):
    complete.put("python", 'case "$*" in *setup.browser*) exit 1;; esac', complete.venv)
    complete.put("dpkg-query", 'case "$*" in *chromium*) exit 1;; esac; printf installed')
    complete.put("apt-get", "exit 0")
    complete.put("apt-cache", 'echo "  Candidate: 2:1snap1-0ubuntu2"')
    done = complete.set_up()
    assert done.returncode == 1
    assert "Ubuntu's chromium is a snap" in done.stderr.splitlines()[-1]
