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
from reporting.phrases import phrase
from reporting.sealing import (
    DRAFT,
    HEAD,
    LOCK,
    Sealed,
    genuine,
    names_once_sealed,
    noted_head,
    opened,
    sealed_runs,
)


@dataclass
class Verification:
    """What was found.

    Attributes:
        language: of the sentences, `vi` or `en`.
        problems: one sentence each, naming run and file; none: all is as it was sealed.
        notes: what is no evidence and no problem either, such as a run still under way.
        runs: how many sealed runs were looked at.
        files: and how many files.
        removed: files removed on purpose, as signed statements say.
        head: the newest run.
    """

    language: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    runs: int = 0
    files: int = 0
    removed: int = 0
    head: Link | None = None

    def problem(self, key: str, **values: object) -> None:
        """Note a problem, in a sentence for people."""
        self.problems.append(phrase(key, self.language, **values))

    def note(self, key: str, **values: object) -> None:
        """Note what is none."""
        self.notes.append(phrase(key, self.language, **values))


def verify(
    runs: Path, key: Ed25519PublicKey, head: str | None = None, language: str = "vi"
) -> Verification:
    """Look at every sealed run and at how they hang together.

    Args:
        runs: the folder of all runs.
        key: the installation's public key.
        head: SHA-256 of the newest manifest as it was sent out, so that runs removed together with
            the note of the chain's head are missed; none: only that note is compared.
        language: of what is found, `vi` or `en`.
    """
    found = Verification(language)
    chain = sealed_runs(runs) if runs.is_dir() else []
    for sealed in chain:
        found.runs += 1
        _verify_run(sealed, key, found)
    _outside(runs, chain, key, found)
    _links(runs, chain, found)
    _head(runs, chain, key, found)
    if head is not None and head not in {one.sha256 for one in chain}:
        found.problem("head sent out", head=head)
    found.head = chain[-1].link if chain else None
    return found


def verify_run(sealed: Sealed, key: Ed25519PublicKey, language: str) -> list[str]:
    """What is wrong with one sealed run, a sentence each."""
    found = Verification(language)
    _verify_run(sealed, key, found)
    return found.problems


def _verify_run(sealed: Sealed, key: Ed25519PublicKey, found: Verification) -> None:
    run = sealed.folder.name
    if not genuine(sealed.signed, key, sealed.folder / MANIFEST):
        found.problem("file unsigned", run=run, file=MANIFEST)
        return
    if sealed.manifest.run != run:
        found.problem("file of another", run=run, file=MANIFEST, other=sealed.manifest.run)
        return
    removed = dict(_removed(sealed, key, found))
    there = files_of(sealed.folder)
    found.files += len(there)
    found.removed += len(removed)
    for name, noted in sealed.manifest.files.items():
        if name not in there:
            if removed.get(name) != noted:
                found.problem("file missing", run=run, file=name)
        elif there[name] != noted:
            found.problem("file changed", run=run, file=name)
    for name in there:
        if name not in sealed.manifest.files:
            found.problem("file added", run=run, file=name)


def _removed(
    sealed: Sealed, key: Ed25519PublicKey, found: Verification
) -> Iterator[tuple[str, FileHash]]:
    """The files that signed statements say were removed on purpose."""
    run = sealed.folder.name
    for path in sorted(sealed.folder.glob(REMOVALS)):
        try:
            signed = Signed.model_validate_json(path.read_bytes())
            removal = Removal.model_validate(signed.content)
        except (OSError, ValidationError):
            found.problem("file unreadable", run=run, file=path.name)
            continue
        about = (removal.run, removal.manifest) == (sealed.manifest.run, sealed.sha256)
        if not about or path.name != removal.name or not genuine(signed, key, path):
            found.problem("removal changed", run=run, file=path.name)
            continue
        yield from removal.files.items()


def _outside(runs: Path, chain: list[Sealed], key: Ed25519PublicKey, found: Verification) -> None:
    """What lies among the runs and is not of the chain, though it may have been."""
    names = {sealed.folder.name for sealed in chain}
    once_sealed = names_once_sealed(chain, noted_head(runs, key))
    for folder in sorted(runs.iterdir()) if runs.is_dir() else ():
        if folder.name in names or folder.name in (HEAD, LOCK, DRAFT):
            continue
        if not folder.is_dir():
            found.problem("added beside", name=folder.name)
        elif (folder / MANIFEST).exists():
            found.problem("file unreadable", run=folder.name, file=MANIFEST)
        elif folder.name in once_sealed:
            found.problem("file missing", run=folder.name, file=MANIFEST)
        elif _ended(folder):
            found.note("run never sealed", run=folder.name)
        else:
            found.note("run under way", run=folder.name)


def _ended(folder: Path) -> bool:
    try:
        return read_run(folder).ended is not None
    except (OSError, ValidationError):
        return False


def _links(runs: Path, chain: list[Sealed], found: Verification) -> None:
    """Whether each run is chained to the one before; a folder without its manifest is named already."""
    known = {sealed.manifest.run: sealed for sealed in chain}
    for before, sealed in zip([None, *chain], chain, strict=False):
        run, previous = sealed.folder.name, sealed.manifest.previous
        expected = previous.number + 1 if previous else 1
        if sealed.manifest.number != expected:
            found.problem("run number left out", number=expected, run=run, head=HEAD)
        if previous is None:
            if before is not None:
                found.problem("run begins a chain", run=run, before=before.folder.name)
            continue
        named = known.get(previous.run)
        if named is None:
            if not (runs / previous.run).is_dir():
                found.problem("run missing", run=previous.run, number=previous.number)
        elif named.sha256 != previous.sha256:
            found.problem("file known otherwise", run=previous.run, file=MANIFEST, by=run)
        elif before is None or before.manifest.run != previous.run:
            found.problem("run reordered", run=run, previous=previous.run)


def _head(runs: Path, chain: list[Sealed], key: Ed25519PublicKey, found: Verification) -> None:
    """Whether the newest run is there; the note of it may be one sealing behind, never ahead."""
    if not (runs / HEAD).is_file():
        if chain:
            found.problem("head missing", head=HEAD)
        return
    noted = noted_head(runs, key)
    if noted is None:
        found.problem("head changed", head=HEAD)
        return
    named = opened(runs / noted.run)
    if not (runs / noted.run).is_dir():
        found.problem("run missing newest", run=noted.run, number=noted.number)
    elif named is not None and named.sha256 != noted.sha256:
        found.problem("file known otherwise", run=noted.run, file=MANIFEST, by=HEAD)
