"""Publishing whole or not at all: readers follow a link, and the link moves in one step."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def publication(place: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of what was published when the block ends.

    Killed at any moment, the place holds what it held before, or all of the new; what was begun
    and never published is swept away by the next publication.

    Args:
        place: the path that readers know; a link to the folder that was published last.

    Yields:
        The folder to write into.

    Raises:
        OSError: the disk is full, or the place cannot be written; nothing is published then.
    """
    whole = place.parent / ".whole"
    whole.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=whole))
    with (draft / ".writing").open("w") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)  # while it is held, nobody takes this for left behind
        try:
            yield draft
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        draft.chmod(0o755)
        (draft / ".writing").unlink()
        _point(place, draft)
    _sweep(whole, place)


def point_latest(place: Path) -> None:
    """Let `latest`, beside a publication, lead to it, in one step."""
    link = place.with_name(f".latest.{os.getpid()}")
    link.unlink(missing_ok=True)
    link.symlink_to(place.name)
    link.replace(place.with_name("latest"))


def _point(place: Path, folder: Path) -> None:
    """Let a link lead to a folder, in one step."""
    link = folder.with_name(f"{folder.name}.link")
    link.symlink_to(os.path.relpath(folder, place.parent))
    link.replace(place)


def _sweep(whole: Path, place: Path) -> None:
    """Remove what is published no more; a folder that somebody is writing stays."""
    current = place.resolve()
    for folder in whole.glob(f"{place.name}.*"):
        if folder.is_symlink():
            folder.unlink(missing_ok=True)
        elif folder != current and not _being_written(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _being_written(folder: Path) -> bool:
    try:
        with (folder / ".writing").open() as writing:
            fcntl.flock(writing, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
