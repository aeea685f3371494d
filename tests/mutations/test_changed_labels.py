"""A label changed by hand in any template is reported where a claim names it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from mutation_labels import MEANT, Label, labels

from config.guides import Claim, Journey, guides
from config.portals import atlases
from journeys.binding import Plan
from record.canonical import holds_words
from record.model import CheckedClaim, JourneyRecord, StepRecord
from world.control import Control

# The citizens' own: those that meet no certificate and no officials' desk.
JOURNEYS = {
    f"{guide.guide}/{journey.journey}": (guide.portal, journey)
    for guide in sorted(guides().values(), key=lambda guide: guide.guide != "lai-chau-2024")
    for journey in guide.journeys
    if guide.guide in ("lai-chau-2024", "thanh-hoa-2024", "hung-yen-2023")
    and journey.journey in ("citizen-password", "citizen-qr", "citizen-register", "sign-out")
}
LABELS = labels()
ATLASES = atlases()

# What `make test` walks: a name that is claimed, one accepted as different, one that nobody claims.
SAMPLE = {
    ("portals/igate/base.html login", "lai-chau-2024/citizen-password"),
    ("portals/igate/login.html vneid", "lai-chau-2024/citizen-password"),
    ("vneid/sign-in.html code-title", "lai-chau-2024/citizen-password"),
    ("vneid/sign-in.html cancel", "lai-chau-2024/citizen-password"),
}


def naming(label: Label, name: str) -> dict[str, list[Claim]]:
    """The steps of a journey with the claims that name a label, from the guide alone."""
    _, journey = JOURNEYS[name]
    found = {
        step.step: [
            claim for move in step.moves for claim in move.claims if label.is_named_by(claim)
        ]
        for step in journey.steps
    }
    return {step: claims for step, claims in found.items() if claims}


def meets(label: Label, portal: str, journey: Journey) -> bool:
    """Whether a journey has a move on a screen of a system with the label's template."""
    atlas = ATLASES[portal]
    screens = {move.do.partition(".")[0] for step in journey.steps for move in step.moves}
    return any(atlas.system_of(screen).portal in label.systems for screen in screens)


def pairs() -> list[tuple[Label, str]]:
    """For each label every journey whose claims name it, and the first that meets it unnamed."""
    found: list[tuple[Label, str]] = []
    for label in LABELS:
        meeting = [name for name, (portal, way) in JOURNEYS.items() if meets(label, portal, way)]
        named = [name for name in meeting if naming(label, name)]
        unnamed = [name for name in meeting if name not in named][:1]
        found += [(label, name) for name in (*named, *unnamed)]
    return found


@pytest.fixture(scope="session")
def unchanged() -> dict[str, JourneyRecord]:
    """The records of journeys walked without any change, by their names."""
    return {}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        pytest.param(
            label,
            name,
            id=f"{label} - {name}",
            marks=[] if (str(label), name) in SAMPLE else [pytest.mark.prove],
        )
        for label, name in pairs()
    ],
)
def test_a_changed_label_is_reported_at_the_steps_whose_claims_name_it(
    label: Label,
    name: str,
    unchanged: dict[str, JourneyRecord],
    changed: Callable[[Label], AbstractContextManager[None]],
    control: Control,
    plan_of: Callable[[str], Plan],
    walk_journey: Callable[..., JourneyRecord],
) -> None:
    if name not in unchanged:
        unchanged[name] = walk_journey(plan_of(name))
        control.reset()
    with changed(label):
        record = walk_journey(plan_of(name))

    reported = {
        after.step: new
        for before, after in zip(unchanged[name].steps, record.steps, strict=True)
        if (new := [claim for claim in differing(after) if claim not in differing(before)])
    }
    wanted = naming(label, name)
    assert reported.keys() == wanted.keys()
    for step, claims in wanted.items():
        assert [(new.kind, new.claimed) for new in reported[step]] == [
            (claim.kind, claim.words) for claim in claims
        ]
        assert all(shows(new, label) for new in reported[step])
    for before, after in zip(unchanged[name].steps, record.steps, strict=True):
        assert after.outcome == ("drifted" if after.step in wanted else before.outcome)


def test_every_label_that_a_control_is_known_by_is_in_a_template() -> None:
    derived = {(label.template, label.name) for label in LABELS}

    assert MEANT.keys() <= derived


def test_every_label_stands_in_one_place_only() -> None:
    places = [(label.template, label.source) for label in LABELS]

    assert len(set(places)) == len(places)


def test_every_name_that_a_guide_claims_is_a_label_that_is_changed() -> None:
    unnamed = [
        (name, claim.of, claim.words)
        for name, (_, journey) in JOURNEYS.items()
        for step in journey.steps
        for move in step.moves
        for claim in move.claims
        if claim.kind in ("control", "fields")
        and not any(label.is_named_by(claim) for label in LABELS)
    ]

    assert unnamed == []


def test_the_sample_is_part_of_what_is_walked() -> None:
    assert {(str(label), name) for label, name in pairs()} >= SAMPLE


def differing(step: StepRecord) -> list[CheckedClaim]:
    """The claims of a step that differ, unaccepted."""
    return [claim for move in step.moves for claim in move.claims if claim.verdict == "differs"]


def shows(claim: CheckedClaim, label: Label) -> bool:
    """Whether the new words are told as seen; of a missing text, as the nearest on the screen."""
    seen = claim.seen or ""
    return holds_words(label.changed.replace("|", " "), seen)
