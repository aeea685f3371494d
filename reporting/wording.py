"""What to write instead: wording proposed where a guide's words no longer hold, always marked so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.portals import Atlas, Screen
from config.reporting import Wording
from record.model import CheckedClaim, Fault, MoveRecord

_QUOTES = "“”\"'[]«»"
_END_OF_CLAUSE = re.compile(r"\s*[.;,(→]|\s*$")
_AMOUNT = re.compile(r"\d+(?: (?:phút|giây))*(?: \d+ giây)?")
_VERB = re.compile(r"\b(?:chọn|ấn|nhấn|bấm|click|kích)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A stretch of a proposed sentence.

    Attributes:
        words: its words.
        change: `kept` from the guide, `gone` from it, or `put` in by us.
    """

    words: str
    change: str


@dataclass(frozen=True)
class Proposal:
    """A sentence for a guide: the guide's own words with what is changed marked.

    Attributes:
        pieces: in reading order; none where the sentence may stay as it is.
        notes: what to do besides, about the guide's pictures; no part of its sentences.
    """

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()

    @property
    def spaced(self) -> tuple[tuple[str, Piece], ...]:
        """Its pieces, each with what stands before it: a space, or nothing beside punctuation."""
        before = [None, *self.pieces]
        return tuple(
            (_space(last, piece), piece) for last, piece in zip(before, self.pieces, strict=False)
        )

    @property
    def sentence(self) -> str:
        """The sentence as it would stand in the guide."""
        kept = Proposal(tuple(piece for piece in self.pieces if piece.change != "gone"))
        return "".join(space + piece.words for space, piece in kept.spaced)


def _space(last: Piece | None, piece: Piece) -> str:
    beside = last is None or last.words[-1] in "([“" or piece.words[0] in ".,;:)]”"
    return "" if beside else " "


class Wordsmith:
    """Proposes wording from the configuration's patterns and the names of the portal's controls.

    Args:
        patterns: by kind of claim.
        faults: the same by kind of fault.
        atlases: by portal, for what is done on screens that come unannounced.
    """

    def __init__(
        self,
        patterns: Mapping[str, Wording],
        faults: Mapping[str, Wording],
        atlases: Mapping[str, Atlas],
    ) -> None:
        self._patterns = patterns
        self._faults = faults
        self._atlases = atlases

    def instead(
        self, portal: str, move: MoveRecord, claims: Iterable[CheckedClaim]
    ) -> Proposal | None:
        """The sentence to write instead of a move's, with all that differs put right.

        Words that stand in the guide's sentence are replaced; what does not stand there is added.

        Returns:
            None where nothing was seen that could be written.
        """
        places: list[tuple[int, int, str]] = []
        added: list[str] = []
        notes: list[str] = []
        for claim in claims:
            pattern = self._patterns.get(claim.kind)
            if pattern is None or claim.seen is None or claim.kind == "unannounced":
                continue
            place = _place(claim, move.says) if pattern.put and claim.seen != "không có" else None
            if place is not None and not any(_overlap(place, taken) for taken in places):
                put = (pattern.put or "").format(**self._values(portal, claim))
                places.append((*place, put))
            elif claim.origin == "screenshot":
                notes.append(self._added(portal, claim, pattern))
            else:
                added.append(self._added(portal, claim, pattern))
        if not places and not added:
            return Proposal((), tuple(notes)) if notes else None
        pieces = (*_replaced(move.says, sorted(places)), *_appended(move.says, added))
        return Proposal(pieces, tuple(notes))

    def after_fault(self, move: MoveRecord, fault: Fault) -> Proposal | None:
        """The sentence to write instead of one that could not be followed.

        Returns:
            None where the kind of fault leaves it to people.
        """
        pattern = self._faults.get(fault.kind)
        if pattern is None:
            return None
        values = {"address": move.address or "", "message": fault.message}
        places: list[tuple[int, int, str]] = []
        addresses = [claim for claim in move.claims if claim.kind == "address"]
        place = _place(addresses[0], move.says) if addresses and pattern.put else None
        if place is not None and pattern.put:
            places.append((*place, pattern.put.format(**values)))
        added = _appended(move.says, [pattern.add.format(**values)])
        return Proposal((*_replaced(move.says, places), *added))

    def screen(self, portal: str, claim: CheckedClaim) -> Proposal:
        """The sentence about a screen that came though the guide does not announce it."""
        sentence = self._added(portal, claim, self._patterns["unannounced"])
        return Proposal((Piece(sentence.strip(), "put"),))

    def _added(self, portal: str, claim: CheckedClaim, pattern: Wording) -> str:
        if claim.seen == "không có":
            gone = claim.claimed.strip(_QUOTES)
            return f"Trên màn hình không còn “{gone}”; cần viết lại bước này."
        return pattern.add.format(**self._values(portal, claim))

    def _values(self, portal: str, claim: CheckedClaim) -> dict[str, str]:
        seen = claim.seen or ""
        way, _, words = seen.partition(": ")
        amount = _AMOUNT.match(seen)
        if claim.kind in ("fields", "options"):
            seen = _listed(seen)
        deeds = self._deeds(portal, seen) if claim.kind == "unannounced" else ""
        return {
            "seen": seen,
            "claimed": claim.claimed,
            "amount": amount[0] if amount else seen,
            "way": way,
            "words": words or way,
            "deeds": deeds,
        }

    def _deeds(self, portal: str, screen: str) -> str:
        """What a visitor does on a known screen, with the names known for its controls."""
        atlas = self._atlases.get(portal)
        known = atlas.screens.values() if atlas else ()
        found = next((one for one in known if one.name == screen), None)
        if found is None:
            return ""
        done = [_deed(found, deed.press, deed.tick, deed.enter) for deed in found.deal]
        sentence = ", rồi ".join(done)
        return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _deed(screen: Screen, press: str | None, tick: str | None, enter: str | None) -> str:
    key = press or tick or enter or ""
    names = screen.controls[key].names
    name = names[0] if names else key
    if press:
        return f"chọn “{name}”"
    return f"đánh dấu “{name}”" if tick else f"nhập vào ô “{name}”"


def _overlap(place: tuple[int, int], taken: tuple[int, int, str]) -> bool:
    return place[0] < taken[1] and taken[0] < place[1]


def _replaced(says: str, places: list[tuple[int, int, str]]) -> Iterator[Piece]:
    """A sentence in pieces, with what is replaced beside what takes its place."""
    after = 0
    for start, end, put in places:
        yield from _kept(says[after:start])
        yield Piece(says[start:end], "gone")
        yield Piece(put, "put")
        after = end
    yield from _kept(says[after:])


def _appended(says: str, sentences: list[str]) -> Iterator[Piece]:
    """Sentences after a guide's own, which ends in a full stop at the latest then."""
    if sentences and says.rstrip()[-1:] not in ".!?:;":
        yield Piece(".", "put")
    yield from (Piece(sentence, "put") for sentence in sentences)


def _kept(words: str) -> Iterator[Piece]:
    if words.strip():
        yield Piece(words.strip(), "kept")


def _place(claim: CheckedClaim, says: str) -> tuple[int, int] | None:
    """Where the claimed words stand in the guide's sentence."""
    for pattern in _readings(claim):
        whole = rf"(?<!\w)(?:{pattern})(?!\w)"
        found = [*re.finditer(whole, says)] or [*re.finditer(whole, says, re.IGNORECASE)]
        if found:
            start, end = min(reversed(found), key=lambda one: _behind_verb(one, says)).span()
            if claim.kind == "delivery":  # whose telephone it is goes with the telephone
                rest = _END_OF_CLAUSE.search(says, end)
                end = rest.start() if rest else end
            return start, end
    return None


def _behind_verb(found: re.Match[str], says: str) -> int:
    """How far words stand behind the verb that has them pressed; without one, farther than any.

    A page may be called like the control on it: “Tại trang Đăng nhập, …, ấn chọn Đăng nhập”.
    """
    verbs = [verb.end() for verb in _VERB.finditer(says, 0, found.start())]
    return found.start() - verbs[-1] if verbs else len(says)


def _readings(claim: CheckedClaim) -> list[str]:
    """Patterns for the ways in which a guide may have written what is claimed."""
    if claim.kind == "digits":
        return [rf"{re.escape(claim.claimed)}(?=\s+(?:chữ số|ký tự|số|ô)\b)"]
    if claim.kind == "lifetime":
        amount = _AMOUNT.search(claim.claimed)
        return [re.escape(amount[0])] if amount else []
    if claim.kind in ("fields", "options"):
        names = claim.claimed.split(" · ")
        return [re.escape(_listed(claim.claimed)), re.escape(", ".join(names))]
    return [re.escape(claim.claimed), re.escape(claim.claimed.strip(_QUOTES))]


def _listed(names: str) -> str:
    """“a · b · c” as a sentence has it: “a, b và c”."""
    parts = names.split(" · ")
    return " và ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else names
