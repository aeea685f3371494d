"""Retention: what is older than the configuration keeps it is removed, and a signed note says so."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from config.reporting import Keep, Kind
from reporting.keys import Signer
from reporting.locking import locked
from reporting.manifest import FileHash, Removal, write_whole
from reporting.sealing import DRAFT, LOCK, Sealed, sealed_runs, sign
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
