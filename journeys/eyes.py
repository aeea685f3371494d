"""What a visitor sees on one device: controls, screens, failures, dialogs; and the trail of it."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Error, Locator, Request, TimeoutError
from playwright.sync_api import Page as BrowserPage

from config.environments import Limits
from config.portals import Atlas, Portal
from journeys import sight
from journeys.arrival import gone
from journeys.bounded import count
from journeys.deadline import Deadline
from journeys.evidence import Evidence
from journeys.reading import HIDE_ENTRIES, read
from journeys.trail import Counted, DialogShown, Seen, Touched, Trail
from pages.device import Target
from pages.errors import Gone
from pages.finding import locate
from record.model import Box, ControlSeen, Picture

# How long a control that is only looked at may still take to appear on a screen that is there, in
# seconds.
GLANCE = 1.5


class Eyes:
    """The seeing half of a device. It touches nothing.

    Args:
        seat: `desktop`, `phone`, or `token` for the signing program's windows.
        context: a fresh context, closed by whoever made it.
        atlas: every screen that a journey can meet.
        limits: time limits in seconds.
        deadline: of the visit.
        evidence: where pictures go.
    """

    def __init__(
        self,
        seat: str,
        context: BrowserContext,
        atlas: Atlas,
        limits: Limits,
        deadline: Deadline,
        evidence: Evidence,
    ) -> None:
        self.seat = seat
        self.atlas = atlas
        self.trail = Trail()
        self.pictures: list[Picture] = []
        self._context = context
        self._limits = limits
        self._evidence = evidence
        self._deadline = deadline
        self._failed_request: tuple[str, str] | None = None
        self._alert: str | None = None
        self._screen: str | None = None  # the last one that a verb waited for
        self._front: str | None = None  # the one in front; none while nobody can say
        self._crashed = False
        context.set_default_timeout(limits.action * 1000)
        context.add_init_script(HIDE_ENTRIES)
        self._watch(context.new_page())
        context.on("page", self._watch)

    @property
    def page(self) -> BrowserPage:
        """The page in front: the newest that is open.

        Raises:
            BrowserGone: none is left.
        """
        pages = self._context.pages
        if not pages or self._crashed:
            raise BrowserGone
        return pages[-1]

    @property
    def address(self) -> str:
        """The address of the page in front; empty where none is left."""
        pages = self._context.pages
        return pages[-1].url if pages else ""

    def begin_move(self) -> None:
        """Start the next move's trail; pictures belong to a move."""
        self.trail = Trail()
        self.pictures = []

    @property
    def wants_every_picture(self) -> bool:
        """Whether a picture is wanted of every move, not only of differences."""
        return self._evidence.when == "every move"

    def look(self, control: ControlSeen | None = None, unannounced: str | None = None) -> None:
        """Take a picture of the screen as evidence.

        Args:
            control: the control about to be touched; none: the one that the move was about, where it
                stands on this screen.
            unannounced: the screen in front, where the guide does not announce it.
        """
        hidden, personal = self._hidden_places(), self._personal_places()
        taken = self._evidence.take(self.page, self.seat, hidden, personal)
        control = control or self._control_in_front()
        about = {"screen": self._front, "control": control, "unannounced": unannounced}
        self.pictures.append(taken.model_copy(update=about))

    def photograph(self) -> bytes:
        """What the phone's camera sees of this screen; never kept."""
        return self.page.screenshot(type="png", scale="device")

    def last_sight(self) -> sight.Sight:
        """A last look at the page, for explaining a fault."""
        return sight.look(self.page, self._failed_request)

    def read(self, target: Target) -> str:
        """Look at a control without touching it.

        Returns:
            Its name as a person has it.

        Raises:
            Gone: it is not there.
        """
        _, name, box = self._look_at(target, self._limits.action)
        self.trail.add(Seen(target.screen, target.key, name, self.page.url, box))
        return name

    def glance(self, target: Target) -> None:
        """Look at a control that may not be there; a screen that has come needs little more time."""
        name, box = None, None
        with suppress(Gone):
            _, name, box = self._look_at(target, GLANCE)
        self.trail.add(Seen(target.screen, target.key, name, self.page.url, box))

    def sees(self, target: Target) -> bool:
        """Whether a control is on the screen now."""
        return count(self._locate(target)) > 0

    def count(self, target: Target) -> int:
        """How many elements stand at a control's place."""
        number = count(self._locate(target))
        self.trail.add(Counted(target.screen, target.key, number))
        return number

    def _locate(self, target: Target) -> Locator:
        return locate(self.page, target.control.place)

    def _look_at(
        self, target: Target, limit: float, among: Locator | None = None
    ) -> tuple[Locator, str, Box]:
        """The one element of a control, with its name and box, in one question to the page.

        Where a control's place is shared by several, it is the one with a known name, unless the
        caller has chosen among them.
        """
        found = among or self._locate(target)
        timeout = self._remaining(limit)
        try:
            try:
                seen = read(found, "control", timeout)
            except Error as error:
                if "strict mode violation" in error.message:
                    found = self._known_among(found, target)
                elif "context was destroyed" not in error.message:
                    raise  # anything but a page that moved on just as it was asked
                seen = read(found, "control", timeout)
        except TimeoutError:
            raise self._gone(target) from None
        return found, str(seen["name"]), Box.model_validate(seen)

    def _known_among(self, found: Locator, target: Target) -> Locator:
        for name in target.control.names:
            named = found.filter(has_text=re.compile(re.escape(name), re.IGNORECASE))
            if count(named) == 1:
                return named
        return found.first

    def _just_seen(self, target: Target) -> Seen | None:
        for seen in self.trail.of(Seen):
            if (seen.screen, seen.control, seen.address) == (*target.name, self.page.url):
                return seen
        return None

    def _control_in_front(self) -> ControlSeen | None:
        """What was touched in this move, or else looked at, on the screen in front."""
        events: list[Touched | Seen] = [*self.trail.of(Touched), *self.trail.of(Seen)]
        found = next((one for one in events if one.name and one.screen == self._front), None)
        return ControlSeen(name=found.name or "", box=found.box) if found else None

    def _personal_places(self) -> list[Locator]:
        """Wherever the system in front shows personal data, on any of its screens.

        Which screen is in front is not known for sure while one is waited for, and never on a
        failure; a name in a header stands behind a dialog too.
        """
        system = self._system()
        screens = system.screens.values() if system else ()
        return [locate(self.page, place) for screen in screens for place in screen.personal]

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

    def _gone(self, target: Target) -> Gone:
        return gone(self.atlas, target, self.last_sight())

    def _remaining(self, limit: float) -> float:
        """A limit in milliseconds, cut to what is left of the journey's.

        Raises:
            OurDeadline: nothing is left.
        """
        return self._deadline.cut(limit) * 1000

    def _watch(self, page: BrowserPage) -> None:
        page.on("requestfailed", self._note_failure)
        page.on("dialog", self._note_dialog)
        page.on("crash", self._note_crash)

    def _note_failure(self, request: Request) -> None:
        """Remember why a page could not be loaded; what only the page's parts lack is not ours."""
        if request.is_navigation_request() and request.frame.parent_frame is None:
            code = request.failure or ""
            if "ERR_ABORTED" not in code:
                self._failed_request = (request.url, code.removeprefix("net::"))

    def _note_crash(self, _page: BrowserPage) -> None:
        self._crashed = True

    def _note_dialog(self, dialog: Dialog) -> None:
        self._alert = dialog.message
        self.trail.add(DialogShown(dialog.message))
        dialog.accept()


class BrowserGone(Exception):
    """No page is left, or it crashed: the browser died under us, which is no portal's fault."""
