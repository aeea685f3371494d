"""A desktop or a phone in a visitor's hands. The only one that presses and types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    Error,
    FilePayload,
    Locator,
    TimeoutError,
)

from config.environments import Limits
from config.portals import Atlas
from journeys import sight
from journeys.arrival import Arrival
from journeys.bounded import count
from journeys.deadline import Deadline
from journeys.evidence import Evidence
from journeys.eyes import BrowserGone, Eyes
from journeys.guard import Guard
from journeys.read_only import ReadOnly
from journeys.reading import bound_to
from journeys.trail import Arrived, Counted, Met, Touched
from pages.device import Picture, Secret, Target
from pages.errors import Blocked, Broken, Gone, Refused
from pages.finding import locate
from record.model import ControlSeen
from record.words import clause, word

# A known screen in between that comes more often than this instead of the one expected has taken its
# place.
OFTEN = 3


class BrowserDevice(Eyes):
    """One seat of a visitor: eyes, hands, and a guard that the pages cannot get past.

    Args:
        seat, context, atlas, limits, deadline, evidence: see `Eyes`.
        guard: what must not be done.
        secrets: the visitor's own, for known screens that come in between.
    """

    def __init__(
        self,
        seat: str,
        context: BrowserContext,
        atlas: Atlas,
        guard: Guard,
        limits: Limits,
        deadline: Deadline,
        secrets: Mapping[str, Secret],
        evidence: Evidence,
    ) -> None:
        super().__init__(seat, context, atlas, limits, deadline, evidence)
        self._guard = guard
        self._secrets = secrets
        self._unannounced: str | None = None
        # The screen that has come, with its address, while nothing has been done on it since.
        self._resting: tuple[str | None, str] | None = None
        self._host = ""
        self._arrival = Arrival(atlas, lambda: self.page, self.last_sight, lambda: self._alert)
        self._read_only = ReadOnly(context) if guard.read_only else None

    def go(self, address: str) -> None:
        """Open an address as if typed into the address bar.

        Raises:
            Broken: it does not answer.
            Blocked: the host's budget of visits is spent.
        """
        self._host = urlsplit(address).hostname or ""
        self._guard.may_set_out(address, (host for one in self.atlas.systems for host in one.hosts))
        self._resting = self._front = None
        self._failed_request = None
        try:
            self.page.goto(
                address, wait_until="commit", timeout=self._remaining(self._limits.arrival)
            )
        except TimeoutError:
            host = urlsplit(address).hostname
            limit = f"{self._limits.arrival:.0f} s"
            raise Broken("timeout", f"{host}: {limit}", host=host) from None
        except Error as error:
            code = re.search(r"net::(ERR_\w+)", error.message)
            if code is None:
                raise
            kind = sight.net_error_kind(code[1])
            where = self._failed_request[0] if self._failed_request else address
            raise Broken(kind, code[1], host=urlsplit(where).hostname) from None

    def press(self, target: Target) -> None:
        """Press a control.

        Raises:
            Gone: it is not there, or something lies over it.
        """
        locator = self._touch(target)
        if self.wants_every_picture:
            self._look_before_pressing()
        self._failed_request = self._alert = None
        self._act(target, lambda: locator.click(no_wait_after=True))
        self._front = None

    def _look_before_pressing(self) -> None:
        """Of the presses of a move the last one's picture is kept, and each unannounced screen's."""
        self.pictures = [taken for taken in self.pictures if taken.unannounced]
        touched = self.trail.last(Touched)
        control = ControlSeen(name=touched.name, box=touched.box) if touched else None
        self.look(control, self._unannounced)

    def tick(self, target: Target) -> None:
        """Tick a box.

        Raises:
            Gone: it is not there, or something lies over it.
        """
        locator = self._touch(target)
        self._act(target, lambda: locator.check())

    def choose(self, target: Target, words: str) -> None:
        """Press the one of several alike that has these words.

        Raises:
            Gone: none has them, or something lies over it.
        """
        locator = self._touch(target, among=self._locate(target).filter(has_text=words).first)
        self._act(target, lambda: locator.click(no_wait_after=True))
        self._front = None

    def enter(self, target: Target, entry: Secret | None) -> None:
        """Fill a field of a form, or empty it.

        Raises:
            Blocked: the environment does not allow such an entry at this origin.
            Gone: the field is not there.
        """
        if entry is not None:
            self.type_secret(target, entry)
            return
        locator = self._touch(target)
        self._act(target, lambda: locator.fill(""))

    def select(self, target: Target, entry: Secret | None) -> None:
        """Choose from a list what an entry says, or what stands there for nothing.

        Raises:
            Blocked: the environment does not allow such an entry at this origin.
            Gone: the list is not there.
        """
        if entry is None:
            locator = self._touch(target)
            self._act(target, lambda: locator.select_option(value=""))
            return
        words = entry.reveal()
        self._entrust(target, entry.kind, lambda found: found.select_option(label=words))

    def attach(self, target: Target, picture: Picture) -> None:
        """Attach a file to a form.

        Raises:
            Blocked: the environment allows no personal details at this origin.
            Gone: the field is not there.
        """
        file = FilePayload(name=picture.name, mimeType=picture.kind, buffer=picture.content)
        self._entrust(target, "detail", lambda found: found.set_input_files(file))

    def type_secret(self, target: Target, secret: Secret) -> None:
        """Fill a field with a secret.

        Raises:
            Blocked: the environment does not allow this secret at this origin.
            Gone: the field is not there.
        """
        self._entrust(target, secret.kind, lambda found: found.fill(secret.reveal()))

    def type_code(self, target: Target, secret: Secret) -> None:
        """Type a code key by key, into one field or into a row of boxes that move on by themselves.

        Raises:
            Blocked: the environment does not allow this secret at this origin.
            Gone: the field is not there.
        """
        self._guard.may_type(secret.kind, self.page.url)
        boxes = self._locate(target)
        number = count(boxes)
        if not number:
            raise self._gone(target)
        self.trail.add(Counted(target.screen, target.key, number))
        code = secret.reveal()
        self._entrust(
            target, secret.kind, lambda first: first.press_sequentially(code), boxes.first
        )

    def wait_out(self, target: Target, words: str | None = None) -> None:
        """Wait until a control is no longer on the screen.

        Args:
            words: those it had; it may stay with others.

        Raises:
            Gone: it stays, so that what should follow did not.
        """
        try:
            self._locate(target).filter(has_text=words).first.wait_for(
                state="hidden", timeout=self._remaining(self._limits.action)
            )
        except TimeoutError:
            raise self._covered(target) from None

    def arrive(self, *screens: str) -> str:
        """Wait until one of some screens is there, dealing with known ones that come in between.

        Returns:
            The key of the screen that came.

        Raises:
            Refused: the portal says no.
            Broken, Blocked: another page came, or none.
            Gone: the page came, but not what it is known by.
        """
        if self._resting == (self._screen, self.page.url) and self._screen in screens:
            self.trail.add(Arrived(self._screen, self.page.url))
            return self._screen
        self._front = None
        try:
            came = self._come_to(screens)
        except Refused as refused:
            self._guard.refused(refused.kind)
            raise
        self._count_visit(self.page.url)
        self.trail.add(Arrived(came, self.page.url))
        self._screen = self._front = came
        self._resting = (came, self.page.url)
        return came

    def _come_to(self, screens: tuple[str, ...]) -> str:
        """Wait for screens, past known ones that come in between; one that keeps coming is the end."""
        limit = self._remaining(self._limits.arrival) / 1000
        met: Counter[str] = Counter()
        done = [self._screen] if self._screen and self._resting is None else []
        while (came := self._arrival.wait(screens, self._screen, limit, done)) not in screens:
            met[came] += 1
            if met[came] > OFTEN:
                known = self.atlas.screens
                words = f"“{known[screens[0]].name}” → “{known[came].name}”"
                raise Gone(words, screens[0], kind="screen gone", waiting_for=screens[0])
            self._deal_with(came)
        return came

    def _count_visit(self, address: str) -> None:
        """A host that was come to, and not only one that was typed, is a visit."""
        host = urlsplit(address).hostname or ""
        if host != self._host:
            self._host = host
            self._guard.may_visit(host)

    def refusal(self, waiting_for: str | None) -> Refused | None:
        """What the page in front says now if it says no; a page that does not answer says nothing.

        Args:
            waiting_for: the key of the screen that is waited for elsewhere.
        """
        with suppress(Error):
            return self._arrival.refused(waiting_for)
        return None

    def _touch(self, target: Target, among: Locator | None = None) -> Locator:
        """Find a control that is about to be acted on, and note it; what was just read is not reread."""
        seen = self._just_seen(target)
        if seen is not None and seen.name is not None and among is None:
            found, name, box = self._locate(target), seen.name, seen.box
        else:
            found, name, box = self._look_at(target, self._limits.action, among)
        self.trail.add(Touched(target.screen, target.key, name, box))
        self._front = target.screen
        return found

    def _entrust(
        self,
        target: Target,
        kind: str,
        act: Callable[[Locator], object],
        among: Locator | None = None,
    ) -> None:
        """Act with a secret on a control: on a page of the origin that may have it, and on no other.

        While the control is waited for the page may move on; what is bound to an origin is not found
        on the page that comes next.
        """
        origin = self._guard.may_type(kind, self.page.url)
        found = self._touch(target, among)
        self._guard.may_type(kind, self.page.url)
        self._act(target, lambda: act(bound_to(origin, found)))

    def _act(self, target: Target, act: Callable[[], object]) -> None:
        """Do it; whatever goes wrong is told without what was typed."""
        self._resting = None
        if self._read_only is not None:
            self._read_only.acted()
        try:
            act()
        except TimeoutError:
            raise self._covered(target) from None
        except Error as error:
            if "has been closed" in error.message or "crashed" in error.message:
                raise BrowserGone from None
            if "net::" in error.message:
                raise Broken("connect", word("page went away")) from None
            raise self._covered(target) from None

    def _deal_with(self, screen: str) -> None:
        """Get past a known screen that the guide does not mention, and note that it came."""
        known = self.atlas.screens[screen]
        self.trail.add(Met(screen, known.name))
        self._unannounced = known.name
        self._front = screen
        for deed in known.deal:
            key = deed.press or deed.tick or deed.enter or ""
            target = Target(screen, key, known.controls[key])
            if deed.press:
                self.press(target)
            elif deed.tick:
                self.tick(target)
            else:
                self.type_code(target, self._secret(deed.with_ or ""))
        sign = locate(self.page, known.controls[known.sign].place)
        self._unannounced = self._front = None
        sign.first.wait_for(state="hidden", timeout=self._remaining(self._limits.action))

    def _secret(self, name: str) -> Secret:
        if name not in self._secrets:
            raise Blocked("guard", clause("entry missing", what=word(f"typed {name}")))
        return self._secrets[name]

    def _covered(self, target: Target) -> Exception:
        """A control is there but cannot be used: what came in front of it?"""
        self._front = None
        seen = self.last_sight()
        return sight.trouble(self.page, seen, self.atlas) or Gone(
            seen.headline, target.screen, target.key, kind="unknown screen"
        )
