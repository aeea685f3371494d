"""What this machine or this environment lacks: our trouble, never the portal's."""

from __future__ import annotations


class Missing(Exception):
    """Something that a run needs is not there or does not start.

    Its text is one sentence for a person: what is missing, and what to do. A walk that meets it is
    `internal`.
    """
