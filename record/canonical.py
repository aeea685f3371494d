"""When two wordings are the same. Exactly equal canonical forms, and nothing else, decide."""

from __future__ import annotations

import re
import unicodedata

# Grave, acute, hook above, tilde, dot below: what makes a tone, not another letter.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONE = re.compile(f"[{_TONES}]")
# A tone mark that has no composed form stays a character of its own; it belongs to a word as well.
_OF_A_WORD = "[\\w\u0300-\u036f]"
_QUOTES_AND_BRACKETS = re.compile("[\"'“”‘’«»„‹›()\\[\\]{}]")


def canonical(words: str) -> str:
    """The form in which wordings are compared: what does not change their meaning is taken away.

    Unicode composition, case, white space and line breaks, quotation marks and brackets, and on
    which vowel of a syllable the tone mark is put ("khoá", "khóa").

    Returns:
        The canonical form; only for comparing, not for showing.
    """
    plain = _QUOTES_AND_BRACKETS.sub("", words.casefold())
    decomposed = unicodedata.normalize("NFD", plain)
    tones_last = _SYLLABLE_WITH_MARKS.sub(_tone_last, decomposed)
    return " ".join(unicodedata.normalize("NFC", tones_last).split())


_SYLLABLE_WITH_MARKS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


def _tone_last(syllable: re.Match[str]) -> str:
    """Put a syllable's tone mark at its end, wherever it was written."""
    letters = syllable[0]
    tones = "".join(_TONE.findall(letters))
    return _TONE.sub("", letters) + tones


def same(claimed: str, seen: str) -> bool:
    """Whether two wordings are the same."""
    return canonical(claimed) == canonical(seen)


def holds_words(claimed: str, text: str) -> bool:
    """Whether a longer text holds the words, as whole words; a full stop may follow them."""
    words = re.escape(canonical(claimed))
    return re.search(f"(?<!{_OF_A_WORD}){words}(?!{_OF_A_WORD})", canonical(text)) is not None
