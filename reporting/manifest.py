"""A run's manifest: every file with its SHA-256, the run before, and the installation's signature."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

MANIFEST = "manifest.json"
REMOVALS = "removal-*.json"


class Part(BaseModel):
    """A part of what is signed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileHash(Part):
    """One file: what its content hashes to, and how long it is."""

    sha256: str
    size: int


class Link(Part):
    """The run before in the chain."""

    run: str
    number: int
    sha256: str


class Manifest(Part):
    """All files of a run, chained to the run before."""

    schema_: Literal[1] = 1
    run: str
    number: int
    previous: Link | None
    sealed: datetime
    who: str
    files: dict[str, FileHash]


class Removal(Part):
    """What was removed from a run on purpose, and by which rule."""

    schema_: Literal[1] = 1
    run: str
    manifest: str
    removed: datetime
    why: str
    files: dict[str, FileHash]

    @property
    def name(self) -> str:
        """The one file that it lies in, so that a copy beside it is a file that was added."""
        return f"removal-{self.removed:%Y%m%d%H%M%S%f}.json"


class Signed(Part):
    """Something signed, as it lies in a file: one way to write it, so that no byte can be changed."""

    content: dict[str, Any]
    key: str
    signature: str

    def as_bytes(self) -> bytes:
        """The whole file."""
        return canonical(self.model_dump(mode="json"))


def canonical(value: object) -> bytes:
    """The one way in which something is written down to be hashed and signed."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def files_of(folder: Path) -> dict[str, FileHash]:
    """Every file of a run but its manifest and statements of removal, by its path in the folder.

    Those lie at the top of the folder; what is called so further down is a file like any other.
    A link counts for the path it holds, so that it cannot be turned elsewhere unseen.
    """
    found: dict[str, FileHash] = {}
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in (*names, *links):
            path = Path(parent, name)
            inside = path.relative_to(folder)
            apart = inside.parent == Path() and (name == MANIFEST or inside.match(REMOVALS))
            if not apart:
                found[inside.as_posix()] = hash_of(path)
    return dict(sorted(found.items()))


def hash_of(path: Path) -> FileHash:
    """The hash of one file.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_symlink():
        content = b"link " + os.fsencode(path.readlink())
        return FileHash(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileHash(sha256=digest, size=path.stat().st_size)


def write_whole(path: Path, content: bytes, draft: Path) -> None:
    """Write a file whole, then move it into place; it outlives a power cut.

    Args:
        path: the file.
        content: all of it.
        draft: where it is written first, always the same place, so that what a kill leaves there is
            taken up by the next writing. It lies outside of what is sealed, and whoever writes
            holds a lock.
    """
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
