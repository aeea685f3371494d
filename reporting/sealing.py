"""Sealing a run: its manifest is signed and put at the end of the chain, one run at a time."""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from reporting.keys import Signer
from reporting.manifest import (
    MANIFEST,
    Link,
    Manifest,
    Signed,
    canonical,
    files_of,
    write_whole,
)

HEAD = "chain-head.json"
LOCK = ".chain.lock"


class Unsealable(Exception):
    """A run cannot be sealed; the message says why."""


@dataclass(frozen=True)
class Sealed:
    """A sealed run as it lies in its folder."""

    folder: Path
    manifest: Manifest
    signed: Signed
    sha256: str

    @property
    def link(self) -> Link:
        """What the next run's manifest says of this one."""
        return Link(run=self.manifest.run, number=self.manifest.number, sha256=self.sha256)


def seal(folder: Path, signer: Signer, now: datetime) -> Sealed:
    """Seal a run: from now on every change in its folder can be found.

    The files are hashed first; then, one process at a time, the manifest is chained to the newest
    run and moved into place whole. That move is the one step that counts: killed before it, the
    run is not sealed and can be sealed again; killed after it, only the note of the chain's head is
    one run behind, and the next sealing brings it up to date.

    Args:
        folder: the run's.
        signer: the installation's key.
        now: when.

    Returns:
        The sealed run; one that was sealed before is left as it is.

    Raises:
        Unsealable: the folder holds no run that has ended.
        OSError: the disk is full or a file cannot be read.
    """
    if not (folder / "run.json").is_file():
        raise Unsealable(f"{folder.name} holds no run; there is nothing to seal")
    files = files_of(folder)
    with chain_locked(folder.parent):
        chain = sealed_runs(folder.parent)
        found = next((one for one in chain if one.folder.name == folder.name), None)
        if found is None:
            previous = chain[-1].link if chain else None
            manifest = Manifest(
                run=folder.name,
                number=previous.number + 1 if previous else 1,
                previous=previous,
                sealed=now,
                who=who(),
                files=files,
            )
            content = manifest.model_dump(mode="json")
            signed = Signed(
                content=content, key=signer.fingerprint, signature=signer.sign(canonical(content))
            )
            write_whole(folder / MANIFEST, signed.as_bytes())
            found = Sealed(folder, manifest, signed, _sha256(signed.as_bytes()))
        newest = max([*chain, found], key=lambda one: one.manifest.number)
        _note_head(folder.parent, newest, signer)
    return found


def who() -> str:
    """Who runs this: as named in GUIDEWATCH_WHO, else the name of the account."""
    try:
        return os.environ.get("GUIDEWATCH_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def sealed_runs(runs: Path) -> list[Sealed]:
    """The sealed runs of a folder in the order of the chain; what cannot be read is left out."""
    found = [opened(folder) for folder in runs.iterdir() if folder.is_dir()]
    return sorted((one for one in found if one), key=lambda one: one.manifest.number)


def opened(folder: Path) -> Sealed | None:
    """A run's manifest; None where there is none that can be read."""
    try:
        content = (folder / MANIFEST).read_bytes()
        signed = Signed.model_validate_json(content)
        manifest = Manifest.model_validate(signed.content)
    except (OSError, ValidationError):
        return None
    return Sealed(folder, manifest, signed, _sha256(content))


@contextlib.contextmanager
def chain_locked(runs: Path) -> Iterator[None]:
    """Only one process at a time changes the chain; the lock ends with the process."""
    with (runs / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _note_head(runs: Path, newest: Sealed, signer: Signer) -> None:
    content = newest.link.model_dump(mode="json")
    signature = signer.sign(canonical(content))
    signed = Signed(content=content, key=signer.fingerprint, signature=signature)
    write_whole(runs / HEAD, signed.as_bytes())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
