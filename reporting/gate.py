"""The gate: a run passes or fails by rules, and every rule is printed with its figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.reporting import RuleName
from record.judge import judge
from record.model import JourneyRecord
from reporting.acceptances import reminders
from reporting.guide_report import Known
from reporting.pages import HANOI
from reporting.phrases import phrase
from reporting.runs import KeptRun
from reporting.sealing import opened
from reporting.verifying import verify_run
from reporting.wholeness import broken_lines, gaps, missing_pictures, results_in_allure, steps_amiss


@dataclass(frozen=True)
class Figure:
    """What a rule found.

    Attributes:
        holds: whether the rule is kept.
        figure: the number or fact behind it, for people.
        details: what breaks it, one sentence each.
    """

    holds: bool
    figure: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """A rule with what it found, and whether that fails the run."""

    rule: RuleName
    found: Figure
    fails: bool


@dataclass(frozen=True)
class Asked:
    """What the rules ask: one run, what is known, and when.

    Attributes:
        language: of the details, `vi` or `en`.
        key: to verify the seal with; None: there is none, and the rule `sealed` is broken.
        journeys: what can be read of the record, the last attempt of each journey.
    """

    kept: KeptRun
    known: Known
    now: datetime
    key: Ed25519PublicKey | None
    journeys: tuple[JourneyRecord, ...]
    language: str


def gate(
    kept: KeptRun,
    known: Known,
    now: datetime,
    key: Ed25519PublicKey | None,
    language: str = "vi",
) -> list[Ruling]:
    """Ask a run every rule of the configuration, in its order.

    A record that cannot be read breaks the rule `whole`; no rule raises for it. The rule `journeys`
    is always asked, and always fails a run without journeys.
    """
    try:
        journeys = kept.journeys
    except ValueError:
        journeys = ()
    asked = Asked(kept, known, now, key, journeys, language)
    found = [
        Ruling(rule.rule, figure := RULES[rule.rule](asked), _fails(figure, rule.otherwise))
        for rule in known.reporting.gate.rules
    ]
    if not any(ruling.rule == "journeys" and ruling.fails for ruling in found) and not journeys:
        found.insert(0, Ruling("journeys", _journeys(asked), True))
    return found


def passes(rulings: list[Ruling]) -> bool:
    """Whether no rule fails the run; asked nothing, a run does not pass."""
    return bool(rulings) and not any(ruling.fails for ruling in rulings)


def _fails(figure: Figure, otherwise: str) -> bool:
    return not figure.holds and otherwise == "fail"


def _journeys(asked: Asked) -> Figure:
    return Figure(bool(asked.journeys), f"{len(asked.journeys)}")


def _ended(asked: Asked) -> Figure:
    ended = asked.kept.run.ended
    return Figure(ended is not None, f"{ended.astimezone(HANOI):%d/%m/%Y %H:%M}" if ended else "–")


def _fresh(asked: Asked) -> Figure:
    limit = asked.known.reporting.gate.fresh_within_hours
    age = asked.now - (asked.kept.run.ended or asked.kept.run.started)
    hours = age / timedelta(hours=1)
    return Figure(0 <= hours <= limit, f"{hours:.1f} h ≤ {limit:g} h")


def _plan(asked: Asked) -> Figure:
    planned = {(one.guide, one.journey) for one in asked.kept.run.plan}
    walked = {(one.guide, one.journey) for one in asked.journeys}
    details = [
        f"{guide}/{journey}: {phrase(key, asked.language)}"
        for key, names in (
            ("planned, not seen", planned - walked),
            ("seen, not planned", walked - planned),
        )
        for guide, journey in names
    ]
    return Figure(not details, f"{len(walked & planned)}/{len(planned)}", tuple(sorted(details)))


def _guides(asked: Asked) -> Figure:
    walked = {(one.guide, one.journey) for one in asked.journeys}
    wanted = [
        (guide.guide, journey.journey)
        for guide in asked.known.guides.values()
        for journey in guide.journeys
    ]
    missing = [f"{guide}/{journey}" for guide, journey in wanted if (guide, journey) not in walked]
    portals = {one.portal for one in asked.journeys}
    portal = phrase("portal", asked.language)
    missing += [f"{portal} {name}" for name in sorted(asked.known.atlases) if name not in portals]
    wanted_names = len(wanted) + len(asked.known.atlases)
    return Figure(not missing, f"{wanted_names - len(missing)}/{wanted_names}", tuple(missing))


def _judge(asked: Asked) -> Figure:
    policy = asked.known.reporting.gate.judge
    findings = judge(asked.journeys, policy, asked.now, asked.kept.run.plan)
    failing = [one for one in findings if one.fails]
    details = [f"{one.guide}/{one.journey}, {one.step}: {one.sentence}" for one in failing]
    return Figure(not failing, f"{len(failing)} ({policy})", tuple(details))


def _accepted(asked: Asked) -> Figure:
    entries = asked.known.accepted.accepted
    found = reminders(entries, asked.journeys, asked.now.astimezone(HANOI).date())
    details = [one.told(asked.language) for one in found]
    pressing = sum(one.pressing for one in found)
    return Figure(not pressing, f"{pressing}/{len(entries)}", tuple(details))


def _reasons(asked: Asked) -> Figure:
    found = tuple(gaps(asked.journeys, asked.language))
    return Figure(not found, f"{len(found)}", found)


def _whole(asked: Asked) -> Figure:
    found = (
        *broken_lines(asked.kept.folder, asked.language),
        *steps_amiss(asked.journeys, asked.known.guides, asked.language),
    )
    return Figure(not found, f"{len(found)}", found)


def _pictures(asked: Asked) -> Figure:
    wanted, missing = missing_pictures(asked.kept.folder, asked.journeys)
    there = f"{wanted - len(missing)}/{wanted}"
    return Figure(bool(wanted) and not missing, there, tuple(missing))


def _allure(asked: Asked) -> Figure:
    results = results_in_allure(asked.kept.folder)
    walked = {(one.guide, one.journey) for one in asked.journeys}
    return Figure(results == len(walked), f"{results}/{len(walked)}")


def _sealed(asked: Asked) -> Figure:
    sealed = opened(asked.kept.folder)
    if sealed is None or asked.key is None:
        return Figure(False, "–", (phrase("seal it", asked.language),))
    problems = verify_run(sealed, asked.key, asked.language)
    return Figure(not problems, sealed.sha256[:16], tuple(problems))


RULES: dict[RuleName, Callable[[Asked], Figure]] = {
    "journeys": _journeys,
    "ended": _ended,
    "fresh": _fresh,
    "plan": _plan,
    "guides": _guides,
    "judge": _judge,
    "accepted": _accepted,
    "reasons": _reasons,
    "whole": _whole,
    "pictures": _pictures,
    "allure": _allure,
    "sealed": _sealed,
}
