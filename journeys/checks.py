"""`check`: a claim against the trail. Pure functions, one a kind of claim, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from config.guides import Claim, Destination, FormField, Site, seconds_in, way_in
from config.portals import Atlas
from journeys.trail import (
    Arrived,
    Asked,
    Counted,
    FormSeen,
    OptionsSeen,
    Received,
    Seen,
    Text,
    Touched,
    Trail,
)
from record.canonical import canonical, holds_words, same
from record.model import CheckedClaim, Verdict

# How far a countdown may be from the lifetime that is claimed, in seconds: the code travels, and
# a page may begin to count when the message is sent or when the dialog opens.
COUNTDOWN_TOLERANCE = 10


@dataclass(frozen=True)
class Found:
    """What was seen of a claim, and whether that is what was claimed. None: nothing to see."""

    seen: str | None
    holds: bool


NOTHING = Found(None, False)


def check(claim: Claim, trail: Trail, atlas: Atlas) -> CheckedClaim:
    """Say of one claim whether it holds.

    Args:
        claim: what the guide says.
        trail: what the devices met in the move.
        atlas: the names of screens and systems, for saying what was seen.

    Returns:
        The claim with verdict and what was seen; `unchecked` where nothing was there to look at.
    """
    found = CHECKS[claim.kind](claim, trail, atlas)
    verdict: Verdict = "holds" if found.holds else "differs"
    if found.seen is None:
        verdict = "unchecked"
    return CheckedClaim(
        kind=claim.kind,
        origin=claim.origin,
        claimed=claim.words,
        seen=found.seen,
        verdict=verdict,
    )


def _address(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    arrived = trail.last(Arrived)
    if arrived is None:
        return NOTHING
    claimed = str(claim.claimed)
    seen = without_parameters(arrived.address)
    if "://" not in claimed:
        return Found(seen, urlsplit(arrived.address).hostname == claimed.strip("/"))
    return Found(seen, seen.rstrip("/") == claimed.rstrip("/"))


def _control(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    wanted = tuple(claim.of.split(".")) if claim.of else None
    events: list[Touched | Seen] = [*trail.of(Touched), *trail.of(Seen)]
    for event in events:
        if wanted is None or (event.screen, event.control) == wanted:
            if event.name is None:
                return Found("không có", False)
            return Found(event.name, same(str(claim.claimed), event.name))
    return NOTHING


def _fields(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    form = trail.last(FormSeen)
    if form is None or not isinstance(claim.claimed, list):
        return NOTHING
    claimed = [FormField(name=item) if isinstance(item, str) else item for item in claim.claimed]
    marks = any(field.required is not None for field in claimed)
    seen = " · ".join(f"{name} (*)" if marks and star else name for name, star in form.fields)
    names_hold = [canonical(field.name) for field in claimed] == [
        canonical(name) for name, _ in form.fields
    ]
    marks_hold = all(
        field.required in (None, star)
        for field, (_, star) in zip(claimed, form.fields, strict=False)
    )
    return Found(seen, names_hold and marks_hold)


def _options(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    options = trail.last(OptionsSeen)
    if options is None or not isinstance(claim.claimed, list):
        return NOTHING
    claimed = {canonical(str(item)) for item in claim.claimed}
    return Found(" · ".join(options.names), claimed == {canonical(name) for name in options.names})


def _text(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    screen = (claim.of or "").partition(".")[0]
    texts = [event for event in trail.of(Text) if screen in ("", event.screen)]
    text = texts[0] if texts else None
    if text is None:
        return NOTHING
    if holds_words(str(claim.claimed), text.words):
        return Found(claim.words, True)
    lines = [" ".join(line.split()) for line in text.words.splitlines() if line.strip()]
    # Two: a line that only lost words (a button beside the heading) can be nearer than the changed one.
    near = process.extract(
        str(claim.claimed), lines, scorer=fuzz.ratio, processor=canonical, limit=2
    )
    nearest = ", ".join(f"“{line}”" for line, *_ in near)
    return Found("không có trên màn hình" + (f"; gần nhất: {nearest}" if nearest else ""), False)


def _moves_to(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    arrived = trail.last(Arrived)
    if arrived is None or not isinstance(claim.claimed, Destination):
        return NOTHING
    seen = f"{atlas.screens[arrived.screen].name} – {urlsplit(arrived.address).hostname}"
    return Found(seen, arrived.screen == claim.claimed.screen)


def _shown_on(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    seen = trail.last(Seen)
    if seen is None or not isinstance(claim.claimed, Site):
        return NOTHING
    if seen.name is None:
        return Found("không có", False)
    host = urlsplit(seen.address).hostname or ""
    system = atlas.system_at(host)
    name = f"{system.name} – {host}" if system else host
    return Found(name, system is not None and system.portal == claim.claimed.system)


def _digits(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    boxes = trail.last(Counted)
    received = trail.last(Received)
    if boxes is not None and boxes.number > 1:
        return Found(f"{boxes.number} ô nhập", boxes.number == claim.claimed)
    if received is not None:
        return Found(f"{received.digits} chữ số", received.digits == claim.claimed)
    return NOTHING


def _lifetime(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    """The lifetime is what the countdown shows, plus what had passed since the code was asked for."""
    asked = trail.last(Asked)
    shown = next((event for event in trail.of(Seen) if event.control == "countdown"), None)
    clock = shown.name or "" if shown else ""
    left = re.search(r"(\d+):(\d\d)|\d+\s*giây", clock)
    claimed = seconds_in(str(claim.claimed))
    if asked is None or shown is None or claimed is None:
        return NOTHING
    if left is None:
        return Found(clock or "không có đồng hồ đếm ngược", False)
    seconds = int(left[1]) * 60 + int(left[2]) if left[1] else seconds_in(left[0]) or 0
    whole = seconds + asked.seconds_ago
    near = abs(whole - claimed) <= COUNTDOWN_TOLERANCE
    return Found(f"{_rounded(whole)}, theo đồng hồ đếm ngược", near)


def _rounded(seconds: float) -> str:
    """A lifetime in a guide's words, as exact as it is measured: so it is the same in every run."""
    minutes, rest = divmod(round(seconds / COUNTDOWN_TOLERANCE) * COUNTDOWN_TOLERANCE, 60)
    return " ".join([f"{minutes} phút"] * (minutes > 0) + [f"{rest} giây"] * (rest > 0))


def _delivery(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    received = trail.last(Received)
    notice = next((event for event in trail.of(Seen) if event.control == "notice"), None)
    if received is None:
        return NOTHING
    words = notice.name if notice and notice.name else ""
    way = "tin nhắn SMS" if received.channel == "sms" else "ứng dụng VNeID"
    return Found(f"{way}: {words}" if words else way, received.channel == way_in(claim.words))


def _signed_in(claim: Claim, trail: Trail, atlas: Atlas) -> Found:
    arrived = trail.last(Arrived)
    state = atlas.screens[arrived.screen].signed_in if arrived else None
    if state is None or arrived is None:
        return NOTHING
    words = "đã đăng nhập" if state else "chưa đăng nhập"
    return Found(f"{words} – {atlas.screens[arrived.screen].name}", state == claim.claimed)


CHECKS: dict[str, Callable[[Claim, Trail, Atlas], Found]] = {
    "address": _address,
    "control": _control,
    "fields": _fields,
    "options": _options,
    "text": _text,
    "moves_to": _moves_to,
    "shown_on": _shown_on,
    "digits": _digits,
    "lifetime": _lifetime,
    "delivery": _delivery,
    "signed_in": _signed_in,
}


def without_parameters(address: str) -> str:
    """An address without query and fragment, which may hold codes and tokens."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
