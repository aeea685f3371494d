"""Codes from a test inbox over HTTP: the newest message after the request."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import httpx

from visitors.codes import Mark, NotDelivered, Received, Unusable
from visitors.secret import Secrets

POLL = 0.2  # seconds between two looks

# "… mã OTP … là 123456", "OTP: 123456", "123456 là mã …": a number near the word wins over any
# other number in the message (a hotline, a date, "3 phút").
_NEAR = re.compile(r"(?i:\botp\b|\bmã\b)\D{0,60}?\b(\d{4,10})\b")
_ALONE = re.compile(r"(?<![\d.,/:+-])\b(\d{4,10})\b(?![\d/:-])")


class SmsInbox:
    """An inbox that answers `GET <inbox>/messages?to=<phone>&after=<id>`, the oldest first.

    Args:
        inbox: its address.
        phone: whose messages.
        client: how to get there.
        secrets: remembers the codes.
        within: seconds to wait for a message.
        wait: lets seconds pass.
        monotonic: a steady clock, in seconds.
    """

    def __init__(
        self,
        inbox: str,
        phone: str,
        client: httpx.Client,
        secrets: Secrets,
        within: float = 60.0,
        wait: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inbox = inbox.rstrip("/")
        self._phone = phone
        self._client = client
        self._secrets = secrets
        self._within = within
        self._wait = wait
        self._monotonic = monotonic

    def request_mark(self) -> Mark:
        """The newest message there is now.

        Raises:
            Unusable: the inbox does not answer as one.
        """
        newest = max((int(message["id"]) for message in self._messages(0)), default=0)
        return Mark(newest, self._monotonic())

    def code(self, after: Mark) -> Received:
        """The code of the newest message that came after a mark.

        The limit runs from this call, not from the mark: a resend may come late.

        Raises:
            NotDelivered: no message with a code came within the limit.
            Unusable: the inbox does not answer as one.
        """
        deadline = self._monotonic() + self._within
        while True:
            for message in sorted(self._messages(after.newest), key=_number, reverse=True):
                text = str(message["text"])
                if digits := code_in(text):
                    return Received(
                        self._secrets.new("code", digits),
                        len(digits),
                        text.replace(digits, "•" * len(digits)),
                        max(0.0, self._monotonic() - after.at),
                    )
            left = deadline - self._monotonic()
            if left <= 0:
                words = f"no message with a code came within {self._within:g} seconds"
                raise NotDelivered(words, self._within)
            self._wait(min(POLL, left))

    def _messages(self, after: int) -> list[dict[str, Any]]:
        try:
            answer = self._client.get(
                f"{self._inbox}/messages", params={"to": self._phone, "after": str(after)}
            )
            messages: list[dict[str, Any]] = answer.raise_for_status().json()
            return [message for message in messages if _number(message) > after]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Unusable(
                f"the SMS inbox {self._inbox} does not answer as one ({type(error).__name__}); "
                "check `inbox` in the environment's file and that the inbox is running"
            ) from None


def code_in(text: str) -> str | None:
    """The one-time code in a message; none if it holds none."""
    text = unicodedata.normalize("NFC", text)  # a phone may send the marks apart
    found = _NEAR.search(text) or _ALONE.search(text)
    return found[1] if found else None


def _number(message: dict[str, Any]) -> int:
    return int(message["id"])
