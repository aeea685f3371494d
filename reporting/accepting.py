"""Accepting a difference: a person looks at both wordings, and an entry is written for a time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from config.accepted import Acceptance, accepted
from record.model import CheckedClaim, JourneyRecord


@dataclass(frozen=True)
class Difference:
    """A difference that nobody has accepted, with the journeys in which it was met."""

    guide: str
    step: str
    journeys: tuple[str, ...]
    claim: CheckedClaim

    def fits(
        self, guide: str | None, step: str | None, kind: str | None, words: str | None
    ) -> bool:
        """Whether it is what somebody means; what is not given fits everything."""
        return (
            guide in (None, self.guide)
            and step in (None, self.step)
            and kind in (None, self.claim.kind)
            and (words is None or words in (self.claim.claimed, self.claim.seen))
        )


def open_differences(journeys: Iterable[JourneyRecord]) -> list[Difference]:
    """What a run shows to differ and nobody has accepted, each once."""
    found: dict[tuple[str, ...], Difference] = {}
    for journey in journeys:
        for step in journey.steps:
            for move in step.moves:
                for claim in move.claims:
                    if claim.verdict != "differs" or claim.seen is None:
                        continue
                    key = (journey.guide, step.step, claim.kind, claim.claimed, claim.seen)
                    met = found[key].journeys if key in found else ()
                    if journey.journey not in met:
                        met = (*met, journey.journey)
                    found[key] = Difference(journey.guide, step.step, met, claim)
    return list(found.values())


def write_acceptance(entry: Acceptance, path: Path) -> Acceptance | None:
    """Write an entry into `accepted.yaml`; the file's comments and order stay.

    An entry about the same claim, expired or overtaken by what is seen now, gives way to it.

    Returns:
        The entry that gave way; None if there was none.

    Raises:
        Mistake: the file is wrong, before or after; it is then left as it was.
        OSError: it cannot be written.
    """
    before = accepted(path).accepted if path.is_file() else ()
    tree = (
        _yaml().load(path.read_text(encoding="utf-8")) if path.is_file() else None
    ) or CommentedMap()
    listed = tree.setdefault("accepted", [])
    if listed is None:  # the key with nothing behind it
        listed = tree["accepted"] = []
    written = CommentedMap(entry.model_dump(exclude_none=True))
    place = next((i for i, one in enumerate(before) if _same_claim(one, entry)), None)
    if place is None:
        listed.append(written)
    else:
        # In place, since the comment before the next entry hangs on this one.
        listed[place].update(written)
    draft = path.with_name(f".{path.name}.{os.getpid()}.yaml")
    try:
        draft.write_text(_as_yaml(tree), encoding="utf-8")
        accepted(draft)  # what was written must be read again, strictly
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return before[place] if place is not None else None


def _same_claim(one: Acceptance, other: Acceptance) -> bool:
    same = (one.guide, one.journey, one.step, one.kind, one.claimed) == (
        other.guide,
        other.journey,
        other.step,
        other.kind,
        other.claimed,
    )
    return same and (one.kind != "unannounced" or one.seen == other.seen)


def _as_yaml(tree: CommentedMap) -> str:
    text = StringIO()
    _yaml().dump(tree, text)
    return text.getvalue()


def _yaml() -> YAML:
    """Reads and writes so that what is not touched stays as people wrote it."""
    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 10_000
    yaml.preserve_quotes = True
    return yaml
