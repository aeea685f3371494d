"""People read words, never keys: each outcome, verdict, claim and fault has some in both languages."""

from string import Formatter
from typing import get_args

import pytest

from config.environments import SecretKind
from config.guides import ClaimKind
from config.portals import Portal, Troubles
from config.strict import CONFIG, load
from record.model import Component, Fault, Outcome
from record.words import WORDS, of_fault, word

FOLDER = CONFIG / "portals"


def kinds_of_faults():
    """Every kind that a portal file can give a refusal or a trouble."""
    for path in FOLDER.glob("*.yaml"):
        if path.stem != "troubles":
            yield from (message.kind for message in load(path, Portal).messages)
    yield from (found.kind for found in load(FOLDER / "troubles.yaml", Troubles).troubles)


@pytest.mark.parametrize(
    "keys",
    [get_args(Outcome), get_args(ClaimKind), get_args(Component), set(kinds_of_faults())],
    ids=["outcomes", "claims", "components", "faults"],
)
def test_nothing_is_without_words(keys):
    assert set(keys) - set(WORDS) == set()


def test_no_words_are_empty():
    assert [key for key, words in WORDS.items() if not all(words)] == []


def test_both_languages_put_in_the_same_values():
    def values(words):
        return {name for _, name, _, _ in Formatter().parse(words) if name}

    assert [key for key, (vi, en) in WORDS.items() if values(vi) != values(en)] == []


def test_whatever_may_be_typed_has_words():
    assert {f"typed {kind}" for kind in get_args(SecretKind)} <= set(WORDS)


def test_the_language_is_the_environments(monkeypatch):
    monkeypatch.setenv("GUIDEWATCH_LANGUAGE", "en")
    assert word("drifted") == "drifted"
    monkeypatch.delenv("GUIDEWATCH_LANGUAGE")
    assert word("drifted") == "sai lệch"


def test_a_fault_without_a_message_ends_at_its_kind():
    assert of_fault(Fault(component="SMS", kind="code not delivered", message=""), "en") == (
        "SMS: code not delivered"
    )
