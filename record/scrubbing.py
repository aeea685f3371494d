"""No secret in any artefact: cleaning the text parts of a run's files, traces unzipped.

Prevention comes first (secrets are shown as dots, errors never carry them); this is the second
line. Pictures are not looked into: those of a walk are taken with its secrets covered, those in a
trace show whatever was on the screen, a login QR code too, and are left out of it.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

REMOVED = "[đã xoá]"

# What no environment configures and every sign-in makes: cookies, tokens, authorization codes.
# RFC 6749 and OpenID Connect Core name the parameters; the rest are the portals' own (portal-facts).
_PARAMETERS = "code|state|nonce|id_token|id_token_hint|access_token|refresh_token|logout_token|csrt"
_PATTERNS = (
    re.compile(rf"(?<=[?&;])((?:{_PARAMETERS}|sessionDataKey|code_challenge)=)[^&\"'\\\s<>#]+"),
    re.compile(rf"(\"(?:{_PARAMETERS})\"\s*:\s*\")[^\"\\]+(?=\")"),
    re.compile(
        r"(\"name\"\s*:\s*\"(?:set-cookie|cookie|authorization)\"\s*,\s*\"value\"\s*:\s*\")"
        r"(?:[^\"\\]|\\.)*(?=\")",
        re.IGNORECASE,
    ),
    re.compile(rf"(\"name\"\s*:\s*\"(?:{_PARAMETERS})\"\s*,\s*\"value\"\s*:\s*\")[^\"\\]*(?=\")"),
    re.compile(r"(data:image/[\w+]+;base64,)[\w+/=]{64,}"),  # a login QR code, perhaps
)
# Contents that hold no text: pictures, videos, fonts.
_NO_TEXT = (b"\x89PNG", b"\xff\xd8\xff", b"\x1aE\xdf\xa3", b"wOF", b"GIF8", b"RIFF")


class Unclean(Exception):
    """A file that could not be cleaned; the run must fail, and the file must not be handed on."""


class Scrubber:
    """Takes secrets out of text.

    Args:
        values: the secrets themselves.
    """

    def __init__(self, values: Iterable[str]) -> None:
        forms = sorted({form for value in values for form in _forms(value)}, key=len, reverse=True)
        self._known = re.compile("|".join(map(_whole, forms))) if forms else None

    def text(self, words: str) -> str:
        """The words without any secret."""
        cleaned = self._known.sub(REMOVED, words) if self._known else words
        for pattern in _PATTERNS:
            cleaned = pattern.sub(lambda found: found[1] + REMOVED, cleaned)
        return cleaned

    def bytes(self, content: bytes) -> bytes:
        """A file's content without any secret; what holds no text is left as it is."""
        if content.startswith(_NO_TEXT):
            return content
        return self.text(content.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )

    def folder(self, folder: Path) -> list[Path]:
        """Clean every file below a folder.

        Returns:
            The files that held a secret.

        Raises:
            Unclean: a file could not be read, written or unpacked; all such files at once.
        """
        cleaned, failed = [], []
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            try:
                if self.file(path):
                    cleaned.append(path)
            except (OSError, zipfile.BadZipFile) as error:
                failed.append(f"{path}: {error}")
        if failed:
            raise Unclean("could not be cleaned of secrets: " + "; ".join(failed))
        return cleaned

    def file(self, path: Path) -> bool:
        """Clean one file.

        Returns:
            Whether it held a secret.

        Raises:
            OSError, zipfile.BadZipFile: it could not be read, written or unpacked.
        """
        if path.suffix == ".zip":
            return _rewrite_zip(path, self.bytes)
        content = path.read_bytes()
        clean = self.bytes(content)
        if clean == content:
            return False
        _replace(path, clean)
        return True


def _forms(value: str) -> Iterator[str]:
    """A secret as it may stand in a file: plain, in an address, in JSON once and twice over."""
    escaped = json.dumps(value)[1:-1]
    yield from {value, quote(value, safe=""), quote_plus(value), escaped, json.dumps(escaped)[1:-1]}


def _whole(form: str) -> str:
    """Digits of a code or PIN also stand in longer numbers by chance; a secret stands alone.

    Four digits are a measure in pixels or milliseconds more often than a PIN: where JSON has a number
    they stay, lest the file can be read no more.
    """
    if not form.isdigit():
        return re.escape(form)
    measure = r'(?<!":)(?<!": )' if len(form) < 6 else ""
    return rf"(?<!\d)(?<!\d\.){measure}{form}(?!\d)(?!\.\d)"


def _rewrite_zip(path: Path, clean: Callable[[bytes], bytes]) -> bool:
    changed = False
    draft = path.with_suffix(".draft")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if content.startswith(_NO_TEXT):
                changed = True
                continue
            cleaned = clean(content)
            changed |= cleaned != content
            new.writestr(member, cleaned)
    if changed:
        draft.replace(path)
    else:
        draft.unlink()
    return changed


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
