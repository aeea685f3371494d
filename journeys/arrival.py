"""Waiting for a screen: it comes, a known one comes first, the portal refuses, or something is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, TimeoutError

from config.portals import Atlas, Message, Portal
from journeys import sight
from journeys.bounded import LIMIT, count
from journeys.sight import Sight
from pages.device import Target
from pages.errors import Blocked, Broken, Gone, Refused, Stopped
from pages.finding import locate
from record.canonical import holds_words

# How long to wait, in seconds, before the page is looked at for plain trouble: an error page is
# then reported soon instead of after the whole limit, and a page that is well is not looked at.
PATIENCE = (2.0, 3.0, 5.0)


class Arrival:
    """Waits for screens on one page.

    Args:
        atlas: the screens there are.
        page: the page in front, asked anew each time: a portal may open another.
        last_sight: a look at that page, for when it is in trouble.
        alert: what the browser itself has shown since something was last pressed; some portals
            tell in that way that they refuse.
    """

    def __init__(
        self,
        atlas: Atlas,
        page: Callable[[], Page],
        last_sight: Callable[[], Sight],
        alert: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._atlas = atlas
        self._page = page
        self._last_sight = last_sight
        self._alert = alert

    def wait(
        self,
        screens: tuple[str, ...],
        leaving: str | None,
        limit: float,
        done: Collection[str] = (),
    ) -> str:
        """Wait for the first of some screens, or for a known one that comes before them.

        Args:
            screens: the keys of those expected.
            leaving: the key of the screen that was there before.
            limit: seconds.
            done: those that have been acted on: they stay until the next one is drawn, and do not
                come in between.

        Returns:
            The key of the screen that came. One in between lies in front of the one expected, so
            it is named first.

        Raises:
            Refused: the portal says no.
            Broken, Blocked: another page came, or none.
            Gone: the page came, but not what it is known by.
        """
        between = {key for screen in screens for key in self._atlas.before(screen)}
        between -= {*screens, *done}
        keys = (*sorted(between), *screens)
        end = time.monotonic() + limit
        pauses = iter(PATIENCE)
        address = ""
        while True:
            left = end - time.monotonic()
            if (said := self._alert_refuses(screens[0])) is not None:
                raise said
            signs = {key: self._sign(key) for key in keys}
            refusal = self._refusal()
            anything = _any(*signs.values(), *([refusal] if refusal else []))
            try:
                anything.first.wait_for(timeout=max(min(next(pauses, left), left), 0.05) * 1000)
            except TimeoutError:
                self._raise_trouble(screens[0])
                rests = self._settled_elsewhere(screens[0], leaving, address)
                if rests or time.monotonic() >= end:
                    raise self._not_arrived(screens[0], leaving, limit) from None
                address = self._page().url
                continue
            in_front = [signs[key] for key in between] + ([refusal] if refusal else [])
            if in_front and count(_any(*in_front)):
                if (came := self._in_front(between, signs, refusal, screens[0])) is not None:
                    return came
                continue
            for key in screens:
                if len(screens) == 1 or count(signs[key]):
                    self._at_home(key)
                    return key

    def _in_front(
        self, between: set[str], signs: dict[str, Locator], refusal: Locator | None, expected: str
    ) -> str | None:
        """The known screen that lies before the one expected; or the portal's refusal, raised.

        Returns:
            None where it has gone again while it was looked at.
        """
        if refusal and count(refusal):
            self._raise_known_trouble(expected)
            if (said := self._refused(refusal, expected)) is not None:
                raise said
        came = next((key for key in sorted(between) if count(signs[key])), None)
        if came is not None:
            self._at_home(came)
        return came

    def _at_home(self, screen: str) -> None:
        """A screen that looks right on a host that is not its system's is a look-alike."""
        system = self._atlas.system_of(screen)
        host = urlsplit(self._page().url).hostname or ""
        if host not in system.hosts:
            name = self._atlas.screens[screen].name
            raise Blocked("look-alike", f"“{name}” – {host}", screen, host)

    def _sign(self, screen: str) -> Locator:
        known = self._atlas.screens[screen]
        return locate(self._page(), known.controls[known.sign].place)

    def _system(self) -> Portal | None:
        return self._atlas.system_at(urlsplit(self._page().url).hostname or "")

    def _refusal(self) -> Locator | None:
        """Where the system that this page belongs to says that it refuses."""
        system = self._system()
        return locate(self._page(), system.refusal) if system and system.refusal else None

    def refused(self, waiting_for: str | None) -> Refused | None:
        """Whether the page in front says no at this moment, itself or in a dialog of the browser's."""
        if (said := self._alert_refuses(waiting_for)) is not None:
            return said
        refusal = self._refusal()
        return self._refused(refusal, waiting_for) if refusal and count(refusal) else None

    def _refused(self, refusal: Locator, waiting_for: str | None) -> Refused | None:
        """What is said there; None where it has gone again."""
        try:
            words = " ".join(refusal.first.inner_text(timeout=LIMIT * 1000).split())
        except TimeoutError:
            return None
        return self._as_refusal(words, self._known_message(words), waiting_for)

    def _alert_refuses(self, waiting_for: str | None) -> Refused | None:
        """A dialog of the browser's own that says no; any other has been noted and is no matter."""
        words = self._alert()
        known = self._known_message(words) if words is not None else None
        return self._as_refusal(words, known, waiting_for) if words and known else None

    def _as_refusal(self, words: str, known: Message | None, waiting_for: str | None) -> Refused:
        kind = known.kind if known else "refused"
        error = Refused(kind, words, waiting_for, urlsplit(self._page().url).hostname)
        error.component = known.component if known else None
        return error

    def _known_message(self, words: str) -> Message | None:
        """What a sentence of the system in front means; None: it is not known."""
        system = self._system()
        messages = system.messages if system else ()
        return next((known for known in messages if holds_words(known.says, words)), None)

    def _raise_known_trouble(self, waiting_for: str) -> None:
        """What looks like a refusal may be a captcha that was not solved, and never will be."""
        found = sight.known_trouble(self._page(), self._last_sight(), self._atlas)
        if found is not None:
            found.waiting_for = waiting_for
            raise found

    def _raise_trouble(self, waiting_for: str) -> None:
        found = sight.trouble(self._page(), self._last_sight(), self._atlas)
        if found is not None:
            found.waiting_for = waiting_for
            raise found

    def _not_arrived(self, expected: str, leaving: str | None, limit: float) -> Stopped:
        """Why an expected screen did not come, from a last look at what came instead."""
        seen = self._last_sight()
        system = self._atlas.system_of(expected)
        known = self._atlas.screens[expected]
        if not seen.loaded or not seen.text.strip():
            # A page that does not even answer a look is on its way to the one expected.
            host = seen.host if seen.loaded else system.hosts[0]
            return Broken("timeout", f"{host}: {limit:.0f} s", expected, host)
        instead = self._another_screen(leaving)
        if instead is not None:
            words = f"“{known.name}” → “{self._atlas.screens[instead].name}”"
            return Gone(words, expected, kind="screen gone", waiting_for=expected)
        if seen.host not in system.hosts:
            if leaving and seen.host in self._atlas.system_of(leaving).hosts:
                return Broken("timeout", f"{seen.headline}: {limit:.0f} s", expected, seen.host)
            return Broken("moved", f"{seen.headline} ({seen.host})", expected, system.hosts[0])
        if known.address and urlsplit(known.address).path != urlsplit(seen.address).path:
            return Gone(seen.headline, expected, kind="unknown screen", waiting_for=expected)
        error = gone(self._atlas, Target(expected, known.sign, known.controls[known.sign]), seen)
        error.waiting_for = expected
        return error

    def _another_screen(self, leaving: str | None) -> str | None:
        """The known screen that came in place of the one expected; None: none that we know."""
        system = self._system()
        return next(
            (
                key
                for key in (system.screens if system else ())
                if key != leaving and count(self._sign(key))
            ),
            None,
        )

    def _settled_elsewhere(self, expected: str, leaving: str | None, before: str) -> bool:
        """Whether the browser has come to rest on a site that is neither where it was nor wanted.

        Args:
            before: the address at the look before.
        """
        page = self._page()
        host = urlsplit(page.url).hostname or ""
        ours = {*self._atlas.system_of(expected).hosts}
        if leaving:
            ours |= {*self._atlas.system_of(leaving).hosts}
        return page.url == before and host not in ours


def gone(atlas: Atlas, target: Target, seen: Sight) -> Gone:
    """That a control is not there, with the one on the page that is most like it."""
    known = target.control.names[0] if target.control.names else target.key
    return Gone(
        f"“{known}” ({atlas.screens[target.screen].name})",
        target.screen,
        target.key,
        sight.closest(target.control.names, seen),
    )


def _any(first: Locator, *others: Locator) -> Locator:
    for other in others:
        first = first.or_(other)
    return first
