"""What was published: guides, journeys, steps, moves, claims. Never changed to make a test pass."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from config.strict import CONFIG, File, Mistake, Strict, load

Origin = Literal["prose", "screenshot", "ours"]

ClaimKind = Literal[
    "address",  # the address we are then at
    "control",  # the name of a control
    "fields",  # the fields of a form, and which are required
    "options",  # the ways on offer, exactly these
    "text",  # words on the screen
    "moves_to",  # the browser moves by itself, and to which screen
    "shown_on",  # on whose site something (the QR code) is shown
    "digits",  # how many digits a code has
    "lifetime",  # how long a code is valid
    "delivery",  # which way a code comes
    "signed_in",  # being logged in, or out
]


class FormField(Strict):
    """A field of a form as a guide lists it."""

    name: str
    required: bool | None = None


class Destination(Strict):
    """Where the browser moves by itself: in the guide's words, and which known screen they mean."""

    words: str
    screen: str


class Site(Strict):
    """On whose site something is shown: in the guide's words, and which known system they mean."""

    words: str
    system: str


# What each kind of claim is about; with how it is written, for whoever has written it otherwise.
_WRITTEN: dict[ClaimKind, tuple[type, str]] = {
    "address": (str, "https://…"),
    "control": (str, "its name in the guide's words"),
    "fields": (list, "[the first field, the second, …]"),
    "options": (list, "[the first way, the second, …]"),
    "text": (str, "the words on the screen"),
    "moves_to": (Destination, "{words: …, screen: …}"),
    "shown_on": (Site, "{words: …, system: …}"),
    "digits": (int, "a number"),
    "lifetime": (str, "3 phút, or 90 giây"),
    "delivery": (str, "the guide's words for the way"),
    "signed_in": (bool, "true or false"),
}


class Claim(Strict):
    """One checkable thing that a guide says, written in YAML as `{<kind>: <what is claimed>, …}`."""

    kind: ClaimKind
    claimed: str | int | bool | list[str] | list[FormField] | Destination | Site
    origin: Origin
    of: str | None = Field(
        default=None,
        description="`screen.control` or `screen.group` meant; otherwise the control just touched",
    )

    says: str | None = Field(
        default=None, description="the guide's words, where they stand apart from the move's"
    )

    @model_validator(mode="before")
    @classmethod
    def _kind_from_its_key(cls, written: Any) -> Any:
        if not isinstance(written, dict) or "kind" in written:
            return written
        kinds = [key for key in written if key in ClaimKind.__args__]  # type: ignore[attr-defined]
        if len(kinds) != 1:
            raise ValueError(
                "a claim has exactly one kind; write one of " + ", ".join(ClaimKind.__args__)  # type: ignore[attr-defined]
            )
        rest = {key: value for key, value in written.items() if key != kinds[0]}
        return {"kind": kinds[0], "claimed": written[kinds[0]], **rest}

    @model_validator(mode="after")
    def _claims_what_its_kind_is_about(self) -> Claim:
        wanted, written = _WRITTEN[self.kind]
        listed = self.claimed if isinstance(self.claimed, list) else []
        names_only = self.kind != "options" or all(isinstance(one, str) for one in listed)
        if type(self.claimed) is not wanted or not names_only:
            raise ValueError(f"“{self.kind}” is claimed otherwise; write {self.kind}: {written}")
        readable = {"lifetime": seconds_in, "delivery": way_in}.get(self.kind)
        if readable is not None and readable(self.words) is None:
            raise ValueError(f"“{self.words}” names no {self.kind}; quote the words that do")
        return self

    @property
    def words(self) -> str:
        """What is claimed, as a reader of the report sees it."""
        match self.claimed:
            case Destination(words=words) | Site(words=words):
                return words
            case bool(value):
                return "đã đăng nhập" if value else "đã đăng xuất"
            case list(items):
                return " · ".join(_field_words(item) for item in items)
            case value:
                return str(value)


def _field_words(item: str | FormField) -> str:
    if isinstance(item, str):
        return item
    return f"{item.name} (*)" if item.required else item.name


def way_in(words: str) -> str | None:
    """The way a code comes that a guide's words name: `sms`, `app` or `mail`; None where they name none."""
    ways = {"mail": "thư điện tử|email", "app": "ứng dụng", "sms": "tin nhắn|điện thoại|thuê bao"}
    return next((way for way, named in ways.items() if re.search(named, words.casefold())), None)


def seconds_in(words: str) -> int | None:
    """The seconds that a guide's words name ("3 phút"); None where they name none."""
    found = re.search(r"(\d+)\s*(phút|giây)", words)
    return int(found[1]) * (60 if found[2] == "phút" else 1) if found else None


class Move(Strict):
    """One thing done within a step: a verbatim fragment of its words, one verb of a page, its claims."""

    says: str
    do: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    claims: tuple[Claim, ...] = ()


class Step(Strict):
    """What the guide numbers or lists."""

    step: str
    moves: tuple[Move, ...] = Field(min_length=1)


class Journey(Strict):
    """One way through a guide."""

    journey: str
    title: str
    visitor: str
    smoke: bool = False
    steps: tuple[Step, ...] = Field(min_length=1)

    @field_validator("steps")
    @classmethod
    def _steps_have_names_of_their_own(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        names = [step.step for step in steps]
        if len(set(names)) < len(names):
            raise ValueError("two steps have the same name; number them as the guide does")
        return steps


class Basis(Strict):
    """A legal text that the guide cites, and what has become of it."""

    cites: str
    state: Literal["in force", "superseded"]
    by: str | None = None
    since: str | None = None
    source: str


class Guide(File):
    """One published document."""

    guide: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    portal: str
    source: str
    published: str
    legal_basis: tuple[Basis, ...] = ()
    journeys: tuple[Journey, ...] = Field(min_length=1)


def guides(folder: Path = CONFIG / "guides") -> dict[str, Guide]:
    """All guides of a folder by their names.

    Raises:
        Mistake: any of them is wrong; the mistakes of all files at once.
    """
    found: dict[str, Guide] = {}
    sentences: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            guide = load(path, Guide)
        except Mistake as mistake:
            sentences += mistake.sentences
            continue
        if guide.guide in found:
            sentences.append(f"{guide.place('guide')}: a second guide “{guide.guide}”; rename one")
        found[guide.guide] = guide
    if sentences:
        raise Mistake(sentences)
    return found
