"""Channels: Apprise does the sending; a failure is one sentence without the channel's secrets."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import apprise

from config.monitor import Channel
from config.strict import Mistake
from monitoring.outbox import Letter, Unsent

# Those whose addresses take headers of one's own (`?+Name=value`, in Apprise's notation).
WITH_HEADERS = ("json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos")
GRADES = {
    "failure": apprise.NotifyType.FAILURE,
    "warning": apprise.NotifyType.WARNING,
    "success": apprise.NotifyType.SUCCESS,
    "info": apprise.NotifyType.INFO,
}


class Channels:
    """Sends letters.

    Args:
        channels: of the configuration.
        place: “file:line” of something in its file.

    Raises:
        Mistake: an address is of no kind that Apprise knows.
    """

    def __init__(
        self, channels: Sequence[Channel], place: Callable[..., str] = lambda *_: "channels"
    ) -> None:
        self._urls = {channel.channel: channel.url for channel in channels}
        wrong = [
            f"{place('channels', index, 'url')}: channel “{channel.channel}”: its address is of no "
            "kind that Apprise knows; write for instance mailtos://…, tgram://…, slack://…, jsons://…"
            for index, channel in enumerate(channels)
            if not apprise.Apprise().add(channel.url)
        ]
        if wrong:
            raise Mistake(wrong)

    def send(self, letter: Letter) -> None:
        """Send one letter.

        Raises:
            Unsent: the channel did not take it, or is no longer configured.
        """
        url = self._urls.get(letter.channel)
        if url is None:
            raise Unsent("this channel is no longer in the configuration")
        heard = _Heard()
        sender = apprise.Apprise()
        if not sender.add(_with_reference(url, letter.key)):
            raise Unsent("its address is of no kind that Apprise knows")
        logger = logging.getLogger("apprise")
        logger.addHandler(heard)
        try:
            taken = sender.notify(
                title=letter.title,
                body=letter.body,
                notify_type=GRADES[letter.grade],
                body_format=apprise.NotifyFormat.TEXT,
            )
        except Exception as error:  # a plug-in's own bug must not stop the other channels
            raise Unsent(type(error).__name__) from None
        finally:
            logger.removeHandler(heard)
        if not taken:
            raise Unsent("the channel did not take it" + heard.kinds())


class _Heard(logging.Handler):
    """What Apprise says of a failure; only its kind is kept, its text may hold an address."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())

    def kinds(self) -> str:
        """Known kinds of failures, in brackets."""
        text = " ".join(self._said).lower()
        known = ("refused", "timed out", "unauthorized", "error=4", "error=5", "certificate")
        found = [one for one in known if one in text]
        return f" ({', '.join(found)})" if found else ""


def _with_reference(url: str, key: str) -> str:
    """The address with the letter's reference as a header, where the channel can carry one."""
    if url.partition("://")[0].lower() not in WITH_HEADERS:
        return url
    sign = "&" if "?" in url else "?"
    return f"{url}{sign}%2BIdempotency-Key={key.replace('/', '.')}"
