"""One-time codes in a visitor's hands: asked for, waited for, and noted in the trail without the code."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from journeys.trail import Asked, Received, Trail
from pages.errors import Blocked, Broken
from record.words import clause, word
from visitors.codes import CodeSource, Mark, NotDelivered, Unanswered
from visitors.secret import Secret
from visitors.visitor import Delivery


class VisitorCodes:
    """The codes of one visitor, by the channel that the screen names.

    Args:
        sources: the visitor's sources by channel.
        trail: the trail of the move under way.
    """

    def __init__(self, sources: Mapping[Delivery, CodeSource], trail: Callable[[], Trail]) -> None:
        self._sources: dict[str, CodeSource] = {str(way): sources[way] for way in sources}
        self._trail = trail
        self._marks: dict[str, Mark] = {}
        self._asked = time.monotonic()

    def mark(self) -> None:
        """Remember now: a code asked for from here on is newer than any before."""
        self._marks = {channel: source.request_mark() for channel, source in self._sources.items()}
        self._asked = time.monotonic()

    def receive(self, channel: str) -> Secret:
        """The newest code since the mark.

        Raises:
            Broken: no code came in time.
            Blocked: a person was asked for it and did not answer, or it comes by a channel that this
                visitor has not.
        """
        self._trail().add(Asked(time.monotonic() - self._asked))
        source = self._sources.get(channel)
        if source is None:
            raise Blocked("guard", clause("channel missing", channel=word(f"by {channel}")))
        try:
            received = source.code(self._marks.get(channel) or source.request_mark())
        except NotDelivered as error:
            words = clause("no code within", seconds=error.seconds)
            raise Broken("code not delivered", words) from None
        except Unanswered as error:
            words = clause("no answer within", seconds=error.seconds)
            raise Blocked("nobody answered", words) from None
        self._trail().add(Received(channel, received.digits))
        return received.code
