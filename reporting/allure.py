"""Allure of one run: made offline by Allure's own command line, then cut off from every other host."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from record.words import word
from reporting.acceptances import Reminder
from reporting.allure_history import AllureHistory
from reporting.pages import moment
from reporting.phrases import phrase
from reporting.runs import REPORTS, KeptRun

PROGRAM = Path("node_modules/allure/cli.js")
CONFIGURATION = "allurerc.mjs"
LIMIT = 300  # seconds; an Allure that hangs is ended

_TRACKING = re.compile(
    r"<script async src=\"https://www\.googletagmanager\.com/.*?</script>\s*"
    r"<script>\s*window\.dataLayer.*?</script>",
    re.DOTALL,
)
_SCRIPT = re.compile(r"(src=\"data:text/javascript;base64,)([^\"]+)(\")")
_ELSEWHERE = {
    "https://trace.playwright.dev": "about:blank#",  # a trace is shown by `playwright show-trace`
    "https://allurereport.org": "#",
}
# Names of formats and a base for relative addresses: said in scripts, never asked.
_NEVER_ASKED = ("www.w3.org", "localhost")
_TRACE = "application/vnd.allure.playwright-trace"
_HOST = re.compile(r"https?://([a-zA-Z0-9.-]+\.[a-zA-Z0-9-]+)")


class NoAllure(Exception):
    """Allure cannot be made; the message says in one sentence what is missing."""


def write_allure(
    kept: KeptRun,
    folder: Path,
    history: Path,
    language: str,
    again: Sequence[Reminder] = (),
    reports: Path = REPORTS,
) -> Path:
    """Make Allure of a run, with the history of the runs before.

    Args:
        kept: the run; its results lie in `allure-results`.
        folder: where `index.html` goes, one file that asks nothing of any other host.
        history: what Allure remembers of runs made before; brought up to date.
        language: `vi` or `en`, of our own words; Allure's own have no Vietnamese.
        again: acceptances to look at again; they stand among the facts about the run.
        reports: the folder of Allure's command line and configuration.

    Returns:
        The page.

    Raises:
        NoAllure: no Node.js, no Allure, no results, or Allure failed.
        OSError: the folder cannot be written.
    """
    node = _node(reports)
    if not any((kept.folder / "allure-results").glob("*-result.json")):
        raise NoAllure(f"run {kept.run.run} has no Allure results; Allure is left out")
    name = _name(kept, language)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        results = _results_for_auditors(kept.folder, Path(work))
        before = Path(work) / "history.jsonl"
        remembered = AllureHistory(history)
        remembered.write_before(kept, before)
        facts = {
            "name": name,
            "output": str(Path(work) / "made"),
            "history": str(before),
            "variables": _variables(kept, again, language),
        }
        _run(node, reports, facts, results)
        page = _found_page(Path(work) / "made")
        content = cut_off(page.read_text(encoding="utf-8"))
        target = folder / "index.html"
        target.write_text(content, encoding="utf-8")
        remembered.take_up(kept, before)
    return target


def cut_off(page: str) -> str:
    """A page of Allure without its tracking script and without ways to other hosts.

    Raises:
        NoAllure: it would still name another host; it is then not published.
    """
    page = _TRACKING.sub("", page)
    page = _SCRIPT.sub(lambda found: found[1] + _cut_off_script(found[2]) + found[3], page)
    outside = re.sub(r"base64,[^\"]+|<script async>.*?</script>", "", page, flags=re.DOTALL)
    named = {host for host in _HOST.findall(outside) if host not in _NEVER_ASKED}
    if named or "googletagmanager" in page:
        raise NoAllure(f"Allure's page names other hosts ({', '.join(sorted(named))}): left out")
    return page


def _cut_off_script(code: str) -> str:
    script = base64.b64decode(code).decode("utf-8")
    for address, instead in _ELSEWHERE.items():
        script = script.replace(address, instead)
    named = {host for host in _HOST.findall(script) if host not in _NEVER_ASKED}
    if named:
        raise NoAllure(f"Allure's script names other hosts ({', '.join(sorted(named))}): left out")
    return base64.b64encode(script.encode()).decode("ascii")


def _node(reports: Path) -> str:
    node = shutil.which("node")
    if node is None:
        raise NoAllure("Allure needs Node.js 20 or later, which is not installed; it is left out")
    if not (reports / PROGRAM).is_file():
        raise NoAllure(
            "Allure is not installed; run `npm ci --prefix reports` once; it is left out"
        )
    return node


def _run(node: str, reports: Path, facts: dict[str, Any], results: Path) -> None:
    """Run Allure's command line; it is told nothing of our environment but what it needs."""
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    command = [node, str(PROGRAM), "generate", "--config", CONFIGURATION, str(results)]
    try:
        done = subprocess.run(
            command,
            cwd=reports,
            env={**environment, "GUIDEWATCH_ALLURE": json.dumps(facts)},
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise NoAllure(f"Allure did not end within {LIMIT} s; it is left out") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NoAllure(f"Allure failed: {said[-1] if said else 'it said nothing'}")


def _found_page(made: Path) -> Path:
    for place in (made / "index.html", made / "awesome" / "index.html"):
        if place.is_file():
            return place
    raise NoAllure("Allure made no page; it is left out")


def _name(kept: KeptRun, language: str) -> str:
    simulated = f" – {word('simulated portal', language)}" if kept.run.simulated else ""
    return f"Guidewatch {kept.run.run}{simulated}"


def _variables(kept: KeptRun, again: Sequence[Reminder], language: str) -> dict[str, str]:
    run = kept.run
    simulated = f" ({word('simulated portal', language)})" if run.simulated else ""
    found = {word("environment", language): f"{run.environment}{simulated}"}
    if run.edition:
        found[word("edition", language)] = run.edition
    found[phrase("run", language)] = moment(run.started)
    journeys = kept.journeys
    found |= {one.guide: f"SHA-256 {one.versions.guide[:16]}" for one in journeys}
    found |= {one.portal: f"SHA-256 {one.versions.portal[:16]}" for one in journeys}
    if journeys:
        found[phrase("browser", language)] = journeys[0].versions.browser
        found[phrase("suite", language)] = journeys[0].versions.suite
    for number, one in enumerate(again, 1):
        found[f"{phrase('acceptances', language)} ({number})"] = one.told(language)
    return found


def _results_for_auditors(folder: Path, work: Path) -> Path:
    """A copy of the results without what is ours alone: the fixtures of the test.

    A trace is made a plain file, since Allure offers to open what it takes for a trace in a viewer
    on another host; `playwright show-trace` shows it on this one.
    """
    results = work / "allure-results"
    shutil.copytree(
        folder / "allure-results", results, ignore=shutil.ignore_patterns("*-container.json")
    )
    for path in results.glob("*-result.json"):
        text = path.read_text(encoding="utf-8")
        result = json.loads(text.replace(_TRACE, "application/zip"))
        for parameter in result.get("parameters", ()):
            parameter["mode"] = "hidden"  # not taken away: Allure tells tests apart by them
        path.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return results
