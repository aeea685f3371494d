"""Verifying evidence: every file and run that was changed, removed, added or reordered is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from record.file import read_run
from reporting.manifest import (
    MANIFEST,
    REMOVALS,
    FileHash,
    Link,
    Removal,
    Signed,
    files_of,
)
from reporting.sealing import DRAFT, HEAD, LOCK, Sealed, genuine, noted_head, opened, sealed_runs


@dataclass
class Verification:
    """What was found.

    Attributes:
        problems: one sentence each, naming run and file; none: all is as it was sealed.
        notes: what is no evidence and no problem either, such as a run still under way.
        runs: how many sealed runs were looked at.
        files: and how many files.
        removed: files removed on purpose, as signed statements say.
        head: the newest run.
    """

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    runs: int = 0
    files: int = 0
    removed: int = 0
    head: Link | None = None


def verify(runs: Path, key: Ed25519PublicKey, head: str | None = None) -> Verification:
    """Look at every sealed run and at how they hang together.

    Args:
        runs: the folder of all runs.
        key: the installation's public key.
        head: SHA-256 of the newest manifest as it was sent out, so that runs removed together with
            the note of the chain's head are missed; none: only that note is compared.
    """
    found = Verification()
    chain = sealed_runs(runs) if runs.is_dir() else []
    for sealed in chain:
        found.runs += 1
        _verify_run(sealed, key, found)
    found.problems += _outside(runs, chain, key, found)
    found.problems += _links(runs, chain)
    found.problems += _head(runs, chain, key)
    if head is not None and head not in {one.sha256 for one in chain}:
        found.problems.append(
            f"no run has the manifest {head} that was sent out: the newest runs were removed or changed"
        )
    found.head = chain[-1].link if chain else None
    return found


def verify_run(sealed: Sealed, key: Ed25519PublicKey) -> list[str]:
    """What is wrong with one sealed run."""
    found = Verification()
    _verify_run(sealed, key, found)
    return found.problems


def _verify_run(sealed: Sealed, key: Ed25519PublicKey, found: Verification) -> None:
    run = sealed.folder.name
    if not genuine(sealed.signed, key, sealed.folder / MANIFEST):
        found.problems.append(f"{run}: {MANIFEST} was changed: its signature does not fit")
        return
    if sealed.manifest.run != run:
        found.problems.append(f"{run}: {MANIFEST} is that of {sealed.manifest.run}")
        return
    removed = dict(_removed(sealed, key, found))
    there = files_of(sealed.folder)
    found.files += len(there)
    found.removed += len(removed)
    for name, noted in sealed.manifest.files.items():
        if name not in there:
            if removed.get(name) != noted:
                found.problems.append(f"{run}: {name} is missing")
        elif there[name] != noted:
            found.problems.append(f"{run}: {name} was changed")
    found.problems += [
        f"{run}: {name} was added" for name in there if name not in sealed.manifest.files
    ]


def _removed(
    sealed: Sealed, key: Ed25519PublicKey, found: Verification
) -> Iterator[tuple[str, FileHash]]:
    """The files that signed statements say were removed on purpose."""
    for path in sorted(sealed.folder.glob(REMOVALS)):
        try:
            signed = Signed.model_validate_json(path.read_bytes())
            removal = Removal.model_validate(signed.content)
        except (OSError, ValidationError):
            found.problems.append(f"{sealed.folder.name}: {path.name} was changed")
            continue
        about = (removal.run, removal.manifest) == (sealed.manifest.run, sealed.sha256)
        if not about or path.name != removal.name or not genuine(signed, key, path):
            found.problems.append(
                f"{sealed.folder.name}: {path.name} was changed, or is a copy of another"
            )
            continue
        yield from removal.files.items()


def _outside(
    runs: Path, chain: list[Sealed], key: Ed25519PublicKey, found: Verification
) -> Iterator[str]:
    """What lies among the runs and is not of the chain, though it may have been."""
    names = {sealed.folder.name for sealed in chain}
    links = [noted_head(runs, key), *(sealed.manifest.previous for sealed in chain)]
    once_sealed = {link.run for link in links if link}
    for folder in sorted(runs.iterdir()) if runs.is_dir() else ():
        if folder.name in names or folder.name in (HEAD, LOCK, DRAFT):
            continue
        if not folder.is_dir():
            yield f"{folder.name}: was added beside the runs"
        elif (folder / MANIFEST).exists():
            yield f"{folder.name}: {MANIFEST} was changed: it cannot be read"
        elif folder.name in once_sealed:
            yield f"{folder.name}: {MANIFEST} is missing"
        else:
            what = "ended, and was never" if _ended(folder) else "under way or broken off, not"
            found.notes.append(f"{folder.name}: {what} sealed: no evidence")


def _ended(folder: Path) -> bool:
    try:
        return read_run(folder).ended is not None
    except (OSError, ValidationError):
        return False


def _links(runs: Path, chain: list[Sealed]) -> Iterator[str]:
    """Whether each run is chained to the one before; a folder without its manifest is named already."""
    known = {sealed.manifest.run: sealed for sealed in chain}
    for before, sealed in zip([None, *chain], chain, strict=False):
        previous = sealed.manifest.previous
        expected = previous.number + 1 if previous else 1
        if sealed.manifest.number != expected:
            yield (
                f"number {expected}: {HEAD} was gone or changed when {sealed.folder.name} was "
                "sealed; the runs before it may have been removed"
            )
        if previous is None:
            if before is not None:
                yield f"{sealed.folder.name}: begins a chain of its own after {before.folder.name}"
            continue
        named = known.get(previous.run)
        if named is None:
            if not (runs / previous.run).is_dir():
                yield f"{previous.run}: the whole run is missing (number {previous.number})"
        elif named.sha256 != previous.sha256:
            yield f"{previous.run}: {MANIFEST} was changed: {sealed.folder.name} knows another"
        elif before is None or before.manifest.run != previous.run:
            yield f"{sealed.folder.name}: was reordered: it follows {previous.run}"


def _head(runs: Path, chain: list[Sealed], key: Ed25519PublicKey) -> Iterator[str]:
    """Whether the newest run is there; the note of it may be one sealing behind, never ahead."""
    path = runs / HEAD
    if not path.is_file():
        if chain:
            yield f"{HEAD} is missing"
        return
    noted = noted_head(runs, key)
    if noted is None:
        yield f"{HEAD} was changed: its signature does not fit"
        return
    named = opened(runs / noted.run)
    if not (runs / noted.run).is_dir():
        yield f"{noted.run}: the whole run is missing (number {noted.number}, the newest)"
    elif named is not None and named.sha256 != noted.sha256:
        yield f"{noted.run}: {MANIFEST} was changed: {HEAD} knows another"
