"""What differs between two wordings, word by word, so that a reader sees it without comparing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """A stretch of a wording; `differs` where the other wording has something else, or nothing."""

    words: str
    differs: bool


def side_by_side(claimed: str, seen: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both wordings cut into what they share and what they do not.

    Case and white space are no difference here, as they are none for a verdict.

    Returns:
        The parts of what is claimed, and of what was seen, each in reading order.
    """
    left, right = claimed.split(), seen.split()
    matcher = SequenceMatcher(None, [*map(_plain, left)], [*map(_plain, right)], autojunk=False)
    lefts: list[Part] = []
    rights: list[Part] = []
    for kind, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        differs = kind != "equal"
        if left_to > left_from:
            lefts.append(Part(" ".join(left[left_from:left_to]), differs))
        if right_to > right_from:
            rights.append(Part(" ".join(right[right_from:right_to]), differs))
    return tuple(lefts), tuple(rights)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip("“”\"'[]()«».,;:")
