"""A desktop or a phone in a visitor's hands. The only one that presses and types."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    Dialog,
    Error,
    FilePayload,
    Locator,
    Request,
    TimeoutError,
)
from playwright.sync_api import Page as BrowserPage

from config.environments import Limits
from config.portals import Atlas, Portal
from journeys import sight
from journeys.arrival import Arrival, gone
from journeys.bounded import count, evaluate_all
from journeys.evidence import Evidence
from journeys.guard import Guard
from journeys.read_only import keep_read_only
from journeys.reading import READ_AND_HIDE, READ_AND_HIDE_ALL, READ_CONTROL
from journeys.trail import Arrived, Counted, DialogShown, Met, Seen, Touched, Trail
from pages.device import Picture, Secret, Target
from pages.errors import Blocked, Broken, Gone
from pages.finding import locate
from record.model import Box
from record.model import Picture as Taken

# How long a control that is only looked at may still take to appear on a screen that is there, in
# seconds.
GLANCE = 1.5


class BrowserDevice:
    """One seat of a visitor: a browser context with a page, a guard, and the trail it leaves.

    Args:
        seat: `desktop`, `phone`, or `token` for the signing program's windows.
        context: a fresh context, closed by whoever made it.
        atlas: every screen that a journey can meet.
        guard: what must not be done.
        limits: time limits in seconds.
        secrets: the visitor's own, for known screens that come in between.
        evidence: where pictures go.
    """

    def __init__(
        self,
        seat: str,
        context: BrowserContext,
        atlas: Atlas,
        guard: Guard,
        limits: Limits,
        secrets: Mapping[str, Secret],
        evidence: Evidence,
    ) -> None:
        self.seat = seat
        self.atlas = atlas
        self.trail = Trail()
        self.pictures: list[Taken] = []
        self._context = context
        self._guard = guard
        self._limits = limits
        self._secrets = secrets
        self._evidence = evidence
        self._deadline = time.monotonic() + limits.journey
        self._screen: str | None = None
        # The screen that has come, with its address, while nothing has been done on it since.
        self._resting: tuple[str | None, str] | None = None
        self._failed_request: tuple[str, str] | None = None
        self._alert: str | None = None
        self._arrival = Arrival(atlas, lambda: self.page, self.last_sight, lambda: self._alert)
        context.set_default_timeout(limits.action * 1000)
        if guard.read_only:
            keep_read_only(context, lambda: self.trail.last(Touched) is not None)
        self._watch(context.new_page())
        context.on("page", self._watch)

    # --- what a page may do -------------------------------------------------------------------

    def go(self, address: str) -> None:
        """Open an address as if typed into the address bar.

        Raises:
            Broken: it does not answer.
            Blocked: the host's budget of visits is spent.
        """
        self._guard.may_visit(address)
        self._resting = None
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
            self.pictures.clear()
            self.look()
        self._failed_request = self._alert = None
        self._act(target, lambda: locator.click(no_wait_after=True))

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
        self._guard.may_type(entry.kind, self.page.url)
        locator = self._touch(target, READ_AND_HIDE)
        self._act(target, lambda: locator.select_option(label=entry.reveal()))

    def attach(self, target: Target, picture: Picture) -> None:
        """Attach a file to a form.

        Raises:
            Blocked: the environment allows no personal details at this origin.
            Gone: the field is not there.
        """
        self._guard.may_type("detail", self.page.url)
        locator = self._touch(target)
        file = FilePayload(name=picture.name, mimeType=picture.kind, buffer=picture.content)
        self._act(target, lambda: locator.set_input_files(file))

    def type_secret(self, target: Target, secret: Secret) -> None:
        """Fill a field with a secret; it is shown as dots from before it is typed.

        Raises:
            Blocked: the environment does not allow this secret at this origin.
            Gone: the field is not there.
        """
        self._guard.may_type(secret.kind, self.page.url)
        locator = self._touch(target, READ_AND_HIDE)
        self._act(target, lambda: locator.fill(secret.reveal()))

    def type_code(self, target: Target, secret: Secret) -> None:
        """Type a code key by key, into one field or into a row of boxes that move on by themselves.

        Raises:
            Blocked: the environment does not allow this secret at this origin.
            Gone: the field is not there.
        """
        self._guard.may_type(secret.kind, self.page.url)
        boxes = self._locate(target)
        seen = evaluate_all(boxes, READ_AND_HIDE_ALL)
        if seen is None:
            raise self._gone(target)
        self.trail.add(Touched(target.screen, target.key, *_name_and_box(seen)))
        self._act(target, lambda: boxes.first.press_sequentially(secret.reveal()))

    def read(self, target: Target) -> str:
        """Look at a control without touching it.

        Returns:
            Its name as a person has it.

        Raises:
            Gone: it is not there.
        """
        _, name, box = self._look_at(target, READ_CONTROL, self._limits.action)
        self.trail.add(Seen(target.screen, target.key, name, self.page.url, box))
        return name

    def glance(self, target: Target) -> None:
        """Look at a control that may not be there; a screen that has come needs little more time."""
        name, box = None, None
        with suppress(Gone):
            _, name, box = self._look_at(target, READ_CONTROL, GLANCE)
        self.trail.add(Seen(target.screen, target.key, name, self.page.url, box))

    def sees(self, target: Target) -> bool:
        """Whether a control is on the screen now."""
        return count(self._locate(target)) > 0

    def count(self, target: Target) -> int:
        """How many elements stand at a control's place."""
        number = count(self._locate(target))
        self.trail.add(Counted(target.screen, target.key, number))
        return number

    def wait_out(self, target: Target) -> None:
        """Wait until a control is no longer on the screen.

        Raises:
            Gone: it stays, so that what should follow did not.
        """
        try:
            self._locate(target).first.wait_for(
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
        limit = self._remaining(self._limits.arrival) / 1000
        if self._resting == (self._screen, self.page.url) and self._screen in screens:
            self.trail.add(Arrived(self._screen, self.page.url, by_itself=True))
            return self._screen
        while (came := self._arrival.wait(screens, self._screen, limit)) not in screens:
            self._deal_with(came)
        touched = self.trail.last(Touched) is not None
        self.trail.add(Arrived(came, self.page.url, by_itself=not touched))
        self._screen = came
        self._resting = (came, self.page.url)
        return came

    # --- what the walk may ask ----------------------------------------------------------------

    @property
    def page(self) -> BrowserPage:
        """The page in front: the newest that is open."""
        return self._context.pages[-1]

    def begin_move(self) -> None:
        """Start the next move's trail; pictures belong to a move."""
        self.trail = Trail()
        self.pictures = []

    @property
    def wants_every_picture(self) -> bool:
        """Whether a picture is wanted of every move, not only of differences."""
        return self._evidence.when == "every move"

    def look(self) -> None:
        """Take a picture of the screen as evidence."""
        self.pictures.append(
            self._evidence.take(
                self.page, self.seat, self._hidden_places(), self._personal_places()
            )
        )

    def photograph(self) -> bytes:
        """What the phone's camera sees of this screen; never kept."""
        return self.page.screenshot(type="png", scale="device")

    def last_sight(self) -> sight.Sight:
        """A last look at the page, for explaining a fault."""
        return sight.look(self.page, self._failed_request)

    # --- finding and touching -----------------------------------------------------------------

    def _locate(self, target: Target) -> Locator:
        return locate(self.page, target.control.place)

    def _look_at(
        self, target: Target, script: str, limit: float, among: Locator | None = None
    ) -> tuple[Locator, str, Box]:
        """The one element of a control, with its name and box, in one question to the page.

        Where a control's place is shared by several, it is the one with a known name, unless the
        caller has chosen among them.
        """
        found = among or self._locate(target)
        timeout = self._remaining(limit)
        try:
            try:
                seen = found.evaluate(script, timeout=timeout)
            except Error as error:
                if "strict mode violation" not in error.message:
                    raise
                found = self._known_among(found, target)
                seen = found.evaluate(script, timeout=timeout)
        except TimeoutError:
            raise self._gone(target) from None
        return found, *_name_and_box(seen)

    def _known_among(self, found: Locator, target: Target) -> Locator:
        for name in target.control.names:
            named = found.filter(has_text=re.compile(re.escape(name), re.IGNORECASE))
            if count(named) == 1:
                return named
        return found.first

    def _touch(
        self, target: Target, script: str = READ_CONTROL, among: Locator | None = None
    ) -> Locator:
        """Find a control that is about to be acted on, and note it; what was just read is not reread."""
        seen = self._just_seen(target)
        reusable = script == READ_CONTROL and among is None
        if seen is not None and seen.name is not None and reusable:
            self.trail.add(Touched(target.screen, target.key, seen.name, seen.box))
            return self._locate(target)
        found, name, box = self._look_at(target, script, self._limits.action, among)
        self.trail.add(Touched(target.screen, target.key, name, box))
        return found

    def _just_seen(self, target: Target) -> Seen | None:
        for seen in self.trail.of(Seen):
            if (seen.screen, seen.control, seen.address) == (*target.name, self.page.url):
                return seen
        return None

    def _act(self, target: Target, act: object) -> None:
        """Do it; whatever goes wrong is told without what was typed."""
        self._resting = None
        try:
            act()  # type: ignore[operator]
        except TimeoutError:
            raise self._covered(target) from None
        except Error as error:
            if "net::" in error.message or "closed" in error.message:
                raise Broken("connect", "the page went away while acting on it") from None
            raise self._covered(target) from None

    def _personal_places(self) -> list[Locator]:
        """Where the system in front shows personal data."""
        system = self._system()
        return [
            locate(self.page, place)
            for screen in (system.screens.values() if system else ())
            for place in screen.personal
        ]

    def _system(self) -> Portal | None:
        return self.atlas.system_at(urlsplit(self.page.url).hostname or "")

    def _hidden_places(self) -> list[Locator]:
        """Everything of the system in front that holds a secret: it may stand behind a dialog."""
        system = self._system()
        return [
            locate(self.page, control.place)
            for screen in (system.screens.values() if system else ())
            for control in screen.controls.values()
            if control.holds_secret
        ]

    def _deal_with(self, screen: str) -> None:
        """Get past a known screen that the guide does not mention, and note that it came."""
        known = self.atlas.screens[screen]
        self.trail.add(Met(screen, known.name))
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
        sign.first.wait_for(state="hidden", timeout=self._remaining(self._limits.action))

    def _secret(self, name: str) -> Secret:
        if name not in self._secrets:
            raise Blocked("guard", f"the screen asks for a {name}, and this visitor has none")
        return self._secrets[name]

    # --- telling what went wrong --------------------------------------------------------------

    def _gone(self, target: Target) -> Gone:
        return gone(self.atlas, target, self.last_sight())

    def _covered(self, target: Target) -> Exception:
        """A control is there but cannot be used: what came in front of it?"""
        seen = self.last_sight()
        return sight.trouble(self.page, seen, self.atlas) or Gone(
            seen.headline, target.screen, target.key, kind="unknown screen"
        )

    def _remaining(self, limit: float) -> float:
        """A limit in milliseconds, cut to what is left of the journey's.

        Raises:
            OurDeadline: nothing is left.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OurDeadline(self._limits.journey)
        return min(limit, left) * 1000

    # --- watching -----------------------------------------------------------------------------

    def _watch(self, page: BrowserPage) -> None:
        page.on("requestfailed", self._note_failure)
        page.on("dialog", self._note_dialog)

    def _note_failure(self, request: Request) -> None:
        """Remember why a page could not be loaded; what only the page's parts lack is not ours."""
        if request.is_navigation_request() and request.frame.parent_frame is None:
            code = request.failure or ""
            if "ERR_ABORTED" not in code:
                self._failed_request = (request.url, code.removeprefix("net::"))

    def _note_dialog(self, dialog: Dialog) -> None:
        self._alert = dialog.message
        self.trail.add(DialogShown(dialog.message))
        dialog.accept()


class OurDeadline(Exception):
    """The journey took longer than we allow it: our limit, not the portal's fault.

    Args:
        seconds: the limit.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the journey's own limit of {seconds:.0f} s is over")


def _name_and_box(seen: dict[str, Any]) -> tuple[str, Box]:
    return str(seen["name"]), Box.model_validate(seen)
