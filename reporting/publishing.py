"""Publishing whole or not at all: readers follow a link, and the link moves in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reporting.locking import is_locked, locked

WHOLE = ".whole"
LOCK = ".lock"
WRITING = ".writing"


@contextlib.contextmanager
def publication(place: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of what was published when the block ends.

    Killed at any moment, the place holds what it held before, or all of the new; what was begun
    and never published is swept away by the next publication. Of two at once, the later one stays.

    Args:
        place: the path that readers know; a link to the folder that was published last.

    Yields:
        The folder to write into.

    Raises:
        OSError: the disk is full, or the place cannot be written; nothing is published then.
    """
    whole = place.parent / WHOLE
    whole.mkdir(parents=True, exist_ok=True)
    drafts, turn = whole / place.name, whole / LOCK
    with contextlib.ExitStack() as writing:
        with locked(turn):  # no sweep sees a draft of which it could not know that it is written
            drafts.mkdir(exist_ok=True)
            draft = Path(tempfile.mkdtemp(dir=drafts))
            writing.enter_context(locked(draft / WRITING))
        try:
            yield draft
            draft.chmod(0o755)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        with locked(turn):
            (draft / WRITING).unlink()
            _point(place, draft)
            _sweep(drafts, draft)


def point_latest(place: Path) -> None:
    """Let `latest`, beside a publication, lead to it, in one step."""
    link = place.with_name(f".latest.{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(place.name)
    link.replace(place.with_name("latest"))


def withdraw(folder: Path, before: datetime) -> list[str]:
    """Withdraw what was published before a moment, and drafts that a kill has left behind.

    What `latest` leads to stays, and where there is no `latest` everything does: then each place
    holds only one report, and a new one takes its place.

    Args:
        folder: holds the places.
        before: what is older goes.

    Returns:
        The names of the places.
    """
    latest = folder / "latest"
    if not latest.is_symlink():
        return []
    kept = latest.readlink().name
    withdrawn: list[str] = []
    with locked(folder / WHOLE / LOCK):
        for drafts in sorted((folder / WHOLE).iterdir()):
            old = drafts.stat().st_mtime < before.timestamp()  # every publication touches it
            if drafts.is_dir() and drafts.name != kept and old:
                (folder / drafts.name).unlink(missing_ok=True)
                shutil.rmtree(drafts)
                withdrawn.append(drafts.name)
    return withdrawn


def _point(place: Path, folder: Path) -> None:
    """Let a link lead to a folder, in one step."""
    link = folder.with_name(f"{folder.name}.link")
    link.symlink_to(os.path.relpath(folder, place.parent))
    link.replace(place)


def _sweep(drafts: Path, published: Path) -> None:
    """Remove what is published no more; a folder that somebody is writing stays."""
    for folder in drafts.iterdir():
        if folder.is_symlink():
            folder.unlink()
        elif folder != published and not is_locked(folder / WRITING):
            shutil.rmtree(folder, ignore_errors=True)
