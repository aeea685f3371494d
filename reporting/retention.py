"""Retention: what is older than the configuration keeps it is removed, and a signed note says so."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from config.reporting import Keep, Kind
from record.file import RUN
from reporting.keys import Signer
from reporting.locking import locked
from reporting.manifest import MANIFEST, FileHash, Removal, write_whole
from reporting.sealing import (
    DRAFT,
    HEAD,
    LOCK,
    Sealed,
    names_once_sealed,
    noted_head,
    sealed_runs,
    sign,
)
from reporting.verifying import verify_run


@dataclass(frozen=True)
class Tidied:
    """What became of one run.

    Attributes:
        files: how many files were removed.
        problems: why it was left as it is: removing would wipe out what `verify` has found.
    """

    run: str
    files: int
    problems: tuple[str, ...] = ()


def tidy(
    runs: Path,
    keep: Iterable[Keep],
    signer: Signer,
    now: datetime,
    language: str = "vi",
) -> list[Tidied]:
    """Remove what is too old from every sealed run; its manifest stays, so the chain holds.

    A signed note of what is removed, and by which rule, is written first: killed in between, the
    files are still there, as they were sealed, and go the next time.

    Args:
        runs: the folder of all runs.
        keep: how long each kind is kept; a kind that is not named is kept for good.
        signer: the installation's key.
        now: when.
        language: of what is wrong with a run, `vi` or `en`.

    Returns:
        Each run of which something was removed, or which was left because something is wrong.
    """
    days = {rule.kind: rule.days for rule in keep}
    done: list[Tidied] = []
    with locked(runs / LOCK):
        for sealed in sealed_runs(runs):
            old = _too_old(sealed, days, now)
            if not old:
                continue
            problems = verify_run(sealed, signer.public, language)
            if problems:
                done.append(Tidied(sealed.folder.name, 0, tuple(problems)))
                continue
            _note(sealed, old, days, signer, now)
            for name in old:
                (sealed.folder / name).unlink()
            _remove_empty_folders(sealed.folder)
            done.append(Tidied(sealed.folder.name, len(old)))
    return done


def tidy_unsealed(runs: Path, keep: Iterable[Keep], signer: Signer, now: datetime) -> list[str]:
    """Remove runs that were never sealed, whole, when nobody has written in them for too long.

    A run that was sealed and has lost its manifest is evidence that something is wrong, and stays.
    While the note of the chain's head is gone or changed, nobody can tell the two, and all stay.

    Args:
        runs: the folder of all runs.
        keep: how long they are kept; where that is not named, for good.
        signer: the installation's key.
        now: when.

    Returns:
        The names of the runs that were removed.
    """
    days = next((rule.days for rule in keep if rule.kind == "unsealed"), None)
    if days is None:
        return []
    removed: list[str] = []
    with locked(runs / LOCK):
        chain, head = sealed_runs(runs), noted_head(runs, signer.public)
        if head is None and (chain or (runs / HEAD).exists()):
            return []
        evidence = names_once_sealed(chain, head)
        for folder in sorted(runs.iterdir()):
            never_sealed = folder.name not in evidence and not (folder / MANIFEST).exists()
            if never_sealed and _is_of_a_run(folder) and now - _written(folder) > timedelta(days):
                shutil.rmtree(folder)
                removed.append(folder.name)
    return removed


def _is_of_a_run(folder: Path) -> bool:
    """Whether a folder is a run's, be it one without journeys: nothing else is ever removed."""
    named = re.fullmatch(r"\d{8}-\d{6}-\d+", folder.name) is not None
    return folder.is_dir() and not folder.is_symlink() and (named or (folder / RUN).is_file())


def _written(folder: Path) -> datetime:
    """When somebody last wrote in a folder."""
    newest = max(path.lstat().st_mtime for path in (folder, *folder.rglob("*")))
    return datetime.fromtimestamp(newest).astimezone()


def kind_of(name: str) -> Kind:
    """Which kind of evidence a file is, by where it lies in the run's folder."""
    path = PurePosixPath(name)
    if path.suffix == ".zip":
        return "traces"
    top = path.parts[0]
    if top == "pictures":
        return "pictures"
    if top == "allure-results":
        return "allure"
    return "browser" if top == "browser" else "record"


def _too_old(sealed: Sealed, days: dict[Kind, int], now: datetime) -> dict[str, FileHash]:
    age = now - sealed.manifest.sealed
    return {
        name: noted
        for name, noted in sealed.manifest.files.items()
        if (kept := days.get(kind_of(name))) is not None
        and age > timedelta(days=kept)
        and os.path.lexists(sealed.folder / name)
    }


def _note(
    sealed: Sealed, old: dict[str, FileHash], days: dict[Kind, int], signer: Signer, now: datetime
) -> None:
    kinds = sorted({kind_of(name) for name in old})
    removal = Removal(
        run=sealed.manifest.run,
        manifest=sealed.sha256,
        removed=now,
        why="; ".join(f"{kind}: {days[kind]} days" for kind in kinds),
        files=old,
    )
    signed = sign(removal, signer)
    write_whole(sealed.folder / removal.name, signed.as_bytes(), sealed.folder.parent / DRAFT)


def _remove_empty_folders(folder: Path) -> None:
    for inside in sorted(folder.rglob("*"), reverse=True):
        if inside.is_dir() and not inside.is_symlink() and not any(inside.iterdir()):
            inside.rmdir()
