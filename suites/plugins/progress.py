"""What a person sees on the terminal: a line as each journey ends, and a table at the end."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from record import file
from record.judge import difference
from record.model import JourneyRecord, Run
from record.words import of_fault, word
from suites.plugins.folders import RUN_FOLDER

_COLOURS = {
    "matches": "green",
    "accepted": "green",
    "drifted": "yellow",
    "failed": "red",
    "blocked": "magenta",
    "internal": "red",
}


class Progress:
    """Tells of journeys on the controller's terminal."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._ended = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A line as a journey ends: how many of how many, which, with what outcome, how long."""
        line = getattr(report, "journey_record", None)
        terminal: Any = self._config.pluginmanager.getplugin("terminalreporter")
        if line is None or terminal is None:
            return
        record = JourneyRecord.model_validate_json(line)
        self._ended += 1
        planned = len(self._run().plan)
        terminal.ensure_newline()
        terminal.write_line(
            f"[{self._ended}/{planned}] {record.guide} · {record.journey}: "
            f"{word(record.outcome)} ({record.seconds:.1f} s)"
        )

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """A journey has its line: no letter as well."""
        if hasattr(report, "journey_record") and report.when == "call":
            return report.outcome, "", ""
        return None

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The table of journeys, and where the results lie."""
        folder = self._config.stash[RUN_FOLDER]
        if not (folder / file.RUN).is_file():
            return
        records = {(line.guide, line.journey): line for line in file.journeys(folder)}
        run = self._run()
        width = max(shutil.get_terminal_size((120, 24)).columns, 100)
        console = Console(
            file=terminalreporter._tw._file, width=width, highlight=False, soft_wrap=False
        )
        console.print(_table(list(records.values()), run))
        console.print(f"{word('results')}: {folder}")
        if run.simulated:
            console.print(word("simulated, proves nothing"))

    def _run(self) -> Run:
        return file.read_run(self._config.stash[RUN_FOLDER])


def _table(records: list[JourneyRecord], run: Run) -> Table:
    """One row a planned journey: guide, journey, outcome, steps that hold, seconds, what differs."""
    simulated = f" – {word('simulated portal')}" if run.simulated else ""
    edition = f", {word('edition')} {run.edition}" if run.edition else ""
    table = Table(
        title=f"{word('environment')} {run.environment}{edition}{simulated}",
        caption=f"≈ {word('accepted')} · ✗ {word('differs')}, {word('failed')}",
    )
    for heading in ("guide", "journey", "outcome", "steps", "seconds", "what differs"):
        table.add_column(word(heading), overflow="fold")
    for record in records:
        colour = _COLOURS.get(record.outcome, "default")
        held = sum(step.outcome in ("matches", "accepted") for step in record.steps)
        table.add_row(
            record.guide,
            record.journey,
            f"[{colour}]{word(record.outcome)}[/]",
            f"{held}/{len(record.steps)}",
            f"{record.seconds:.1f}",
            _differences(record),
        )
    walked = {(record.guide, record.journey) for record in records}
    for planned in run.plan:
        if (planned.guide, planned.journey) not in walked:
            outcome = f"[{_COLOURS['internal']}]{word('internal')}[/]"
            unseen = f"✗ {word('planned, not seen')}"
            table.add_row(planned.guide, planned.journey, outcome, "", "", unseen)
    return table


def _differences(record: JourneyRecord) -> str:
    """What differs, a line each, at its step."""
    lines = []
    for step in record.steps:
        if step.fault:
            lines.append(f"✗ {step.step}: {of_fault(step.fault)}")
        claims = [claim for move in step.moves for claim in move.claims]
        lines += [
            f"{'≈' if claim.verdict == 'accepted' else '✗'} {step.step}: {difference(claim)}"
            for claim in claims
            if claim.verdict in ("differs", "accepted")
        ]
    return "\n".join(line.replace("[", "\\[") for line in lines)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Only the controller has a terminal."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config), "guidewatch_progress")
