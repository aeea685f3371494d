"""The portal files as quality engineers would have them once they know of an edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from config.portals import Atlas, atlases
from config.strict import CONFIG
from suites.plugins.options import Selection

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Atlas]]:
    """The atlases of an edition: the shipped portal files with that edition's changes."""
    folders: dict[str, Path] = {}

    def of(edition: str) -> dict[str, Atlas]:
        if edition not in folders:
            folders[edition] = tmp_path_factory.mktemp("portals")
            _write(HERE / f"portals-{edition}", folders[edition])
        return atlases(folders[edition])

    return of


@pytest.fixture
def use_updated(
    updated: Callable[[str], dict[str, Atlas]],
    selection: Selection,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], None]:
    """Walk with the updated portal files of an edition until the test ends."""

    def use(edition: str) -> None:
        for portal, atlas in updated(edition).items():
            monkeypatch.setitem(selection.atlases, portal, atlas)

    return use


def _write(changes: Path, folder: Path) -> None:
    yaml = YAML(typ="safe")
    for shipped in (CONFIG / "portals").glob("*.yaml"):
        change = changes / shipped.name
        known = yaml.load(shipped)
        merged = merge(known, yaml.load(change)) if change.exists() else known
        with (folder / shipped.name).open("w", encoding="utf-8") as file:
            YAML().dump(merged, file)


def merge(known: Any, change: Any) -> Any:
    """A JSON merge patch (RFC 7396): only what changes is written down, null takes away.

    The shipped files go on growing under it, where a copy would be left behind.
    """
    if not isinstance(change, dict):
        return change
    merged = dict(known) if isinstance(known, dict) else {}
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged
