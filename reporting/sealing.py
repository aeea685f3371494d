"""Sealing a run: its manifest is signed and put at the end of the chain, one run at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from record.file import read_run
from record.who import who
from reporting.keys import Signer, signed_by
from reporting.locking import locked
from reporting.manifest import (
    MANIFEST,
    Link,
    Manifest,
    Part,
    Signed,
    canonical,
    files_of,
    write_whole,
)

HEAD = "chain-head.json"
LOCK = ".chain.lock"
DRAFT = ".chain.draft"


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
    one run behind, and the next sealing brings it up to date. What was removed from the chain
    before stays missed: the new run is chained to what was noted, not to what is left.

    Args:
        folder: the run's.
        signer: the installation's key.
        now: when.

    Returns:
        The sealed run; one that was sealed before is left as it is.

    Raises:
        Unsealable: the folder holds no run that has ended, or its manifest was lost.
        OSError: the disk is full or a file cannot be read.
    """
    _refuse_unended(folder)
    files = files_of(folder)
    with locked(folder.parent / LOCK):
        chain = sealed_runs(folder.parent)
        previous, number = _next_place(folder.parent, chain, signer)
        found = next((one for one in chain if one.folder.name == folder.name), None)
        if found is None:
            _refuse_a_second_time(folder, chain, previous)
            manifest = Manifest(
                run=folder.name,
                number=number,
                previous=previous,
                sealed=now,
                who=who(),
                files=files,
            )
            found = _write(manifest, folder, signer)
            _note_head(folder.parent, found.link, signer)
        elif previous is not None and number == previous.number + 1:
            _note_head(folder.parent, previous, signer)
    return found


def _next_place(runs: Path, chain: list[Sealed], signer: Signer) -> tuple[Link | None, int]:
    """The run that the next one is chained to, and the next one's number.

    The note of the head counts more than what lies there: where its run is gone or cannot be read,
    the chain goes on from the note, so that the gap is named for ever. Where the note itself is
    gone or was changed, a number is left out, which says so for ever too.
    """
    newest = chain[-1].link if chain else None
    noted = noted_head(runs, signer.public)
    if noted is not None and (newest is None or noted.number >= newest.number):
        return noted, noted.number + 1
    number = newest.number + 1 if newest else 1
    # The first sealing of all, killed, leaves one run and no note.
    lost = noted is None and ((runs / HEAD).exists() or number > 2)
    return newest, number + lost


def _refuse_unended(folder: Path) -> None:
    try:
        ended = read_run(folder).ended
    except (FileNotFoundError, ValidationError):
        raise Unsealable(f"{folder.name} holds no run; there is nothing to seal") from None
    if ended is None:
        raise Unsealable(f"{folder.name} has not ended, and only a run that has can be sealed")


def _refuse_a_second_time(folder: Path, chain: list[Sealed], previous: Link | None) -> None:
    """A run whose manifest was lost is not sealed anew as if it had never been."""
    if folder.name in names_once_sealed(chain, previous) or (folder / MANIFEST).exists():
        raise Unsealable(
            f"{folder.name} was sealed before, and its {MANIFEST} is gone or cannot be read; "
            "bring it back, or leave the run as it is"
        )


def _write(manifest: Manifest, folder: Path, signer: Signer) -> Sealed:
    signed = sign(manifest, signer)
    write_whole(folder / MANIFEST, signed.as_bytes(), folder.parent / DRAFT)
    return Sealed(folder, manifest, signed, _sha256(signed.as_bytes()))


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


def names_once_sealed(chain: list[Sealed], head: Link | None) -> set[str]:
    """The runs that the chain names, whether or not their manifests are still there.

    Args:
        chain: the manifests that are.
        head: the newest run as it was noted.
    """
    links = (head, *(sealed.manifest.previous for sealed in chain))
    return {link.run for link in links if link}


def noted_head(runs: Path, key: Ed25519PublicKey) -> Link | None:
    """The newest run as sealing noted it; None where there is no note, or none that is genuine.

    Raises:
        OSError: it is there and cannot be read.
    """
    path = runs / HEAD
    try:
        signed = Signed.model_validate_json(path.read_bytes())
        noted = Link.model_validate(signed.content)
    except (FileNotFoundError, ValidationError):
        return None
    return noted if genuine(signed, key, path) else None


def genuine(signed: Signed, key: Ed25519PublicKey, path: Path) -> bool:
    """Whether a signed file is, byte for byte, what the installation's key has signed."""
    whole = path.read_bytes() == signed.as_bytes()
    return whole and signed_by(key, canonical(signed.content), signed.signature)


def _note_head(runs: Path, newest: Link, signer: Signer) -> None:
    write_whole(runs / HEAD, sign(newest, signer).as_bytes(), runs / DRAFT)


def sign(part: Part, signer: Signer) -> Signed:
    """A part with its signature, as it is written down."""
    content = part.model_dump(mode="json")
    signature = signer.sign(canonical(content))
    return Signed(content=content, key=signer.fingerprint, signature=signature)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
