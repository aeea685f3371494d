"""The only four ways in which a verb of a page can fail."""

from __future__ import annotations

from config.portals import Blamed


class Stopped(Exception):
    """A verb could not be done.

    Attributes:
        message: what the page itself says, or what was looked for; never a secret.
        waiting_for: the screen that was expected next, when it was an arrival that failed.
        kind: what sort of trouble it is, in the words of the record's faults.
        host: the host at which it happened, when it is another than the page's own.
    """

    def __init__(
        self, kind: str, message: str, waiting_for: str | None = None, host: str | None = None
    ) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind
        self.message = message
        self.waiting_for = waiting_for
        self.host = host


class Gone(Stopped):
    """A control or screen that the portal file knows is not there.

    Attributes:
        screen, control: what was looked for.
        closest: the name of the control on the page that is most like it; None if there is none.
    """

    def __init__(
        self,
        message: str,
        screen: str,
        control: str | None = None,
        closest: str | None = None,
        kind: str = "control gone",
        waiting_for: str | None = None,
    ) -> None:
        super().__init__(kind, message, waiting_for)
        self.screen = screen
        self.control = control
        self.closest = closest


class Blocked(Stopped):
    """A person is needed: a captcha, a firewall's page, or our own guard."""


class Refused(Stopped):
    """The portal works and says no: wrong password, expired code, locked account.

    Attributes:
        component: whose fault it is, where the portal speaks of another system, or of what is
            missing on our own machine; None: its own.
    """

    component: Blamed | None = None


class Broken(Stopped):
    """The portal does not work: no answer, an error page, maintenance, moved elsewhere."""
