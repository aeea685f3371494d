"""What a failed journey says: every difference in one message that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable

from record.judge import Finding
from record.model import JourneyRecord
from record.words import word


def failure(record: JourneyRecord, findings: Iterable[Finding]) -> str:
    """The message of a journey that does not pass.

    Args:
        record: the journey.
        findings: what `judge` found; notes are told as well, marked as such.

    Returns:
        Lines: what and where, each finding at its step, then what the portal file could learn.
    """
    simulated = f" · {word('simulated portal')}" if record.simulated else ""
    lines = [f"{record.guide}/{record.journey}: {word(record.outcome)}{simulated}"]
    for finding in findings:
        mark = "✗" if finding.fails else "·"
        lines.append(f"  {mark} {finding.step} [{word(finding.outcome)}] {finding.sentence}")
    for step in record.steps:
        lines += [f"  → {step.step}: {proposed}" for proposed in step.proposals]
    return "\n".join(lines)
