"""YAML is read strictly: each mistake is a sentence with file, line and remedy."""

import pytest
from pydantic import Field

from config.strict import File, Mistake, Strict, line_of, load


class Step(Strict):
    step: str
    seconds: int = 0


class Plan(File):
    plan: str
    steps: tuple[Step, ...] = ()
    names: dict[str, Step] = {}
    with_: str | None = Field(default=None, alias="with")


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "plan.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def sentences(path):
    with pytest.raises(Mistake) as mistake:
        load(path, Plan)
    return mistake.value.sentences


def test_an_unknown_key_names_its_line_and_what_was_probably_meant(written):
    path = written("plan: a\nsteps:\n  - step: one\n  - step: two\n    secnods: 3\n")
    assert sentences(path) == (f"{path}:5: unknown key “steps.1.secnods”; did you mean “seconds”?",)


def test_an_unknown_key_like_no_other_is_told_which_keys_there_are(written):
    path = written("plan: a\nzzz: 1\n")
    assert sentences(path) == (f"{path}:2: unknown key “zzz”; known: names, plan, steps, with",)


def test_an_unknown_key_below_a_name_of_ones_own_is_found_too(written):
    path = written("plan: a\nnames:\n  mine:\n    step: one\n    stpe: two\n")
    assert sentences(path) == (f"{path}:5: unknown key “names.mine.stpe”; did you mean “step”?",)


def test_a_key_that_is_missing_is_named(written):
    path = written("steps: []\n")
    assert sentences(path) == (f"{path}:1: “plan” is missing; add it",)


def test_a_value_of_another_kind_is_told_with_its_line(written):
    path = written("plan: a\nsteps:\n  - step: one\n    seconds: soon\n")
    (sentence,) = sentences(path)
    assert sentence.startswith(f"{path}:4: “steps.0.seconds”: Input should be a valid integer")


def test_all_mistakes_of_a_file_are_told_at_once(written):
    path = written("pln: a\nsteps:\n  - stp: one\n")
    assert [sentence.split(": ")[1] for sentence in sentences(path)] == [
        "“plan” is missing; add it",
        "“steps.0.step” is missing; add it",
        "unknown key “steps.0.stp”; did you mean “step”?",
        "unknown key “pln”; did you mean “plan”?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plan: [a\n", "2: not valid YAML"),
        ("plan: a\nplan: b\n", "2: not valid YAML"),
        ("plan: \x07\n", "1: not valid YAML"),
        (b"plan: \xe0\xff\n", "not UTF-8"),
        ("", "1: holds no mapping"),
        ("- a\n", "1: holds no mapping"),
    ],
    ids=["open bracket", "key twice", "control character", "not utf-8", "empty", "a list"],
)
def test_a_file_that_is_no_mapping_in_yaml_is_told_in_one_sentence(written, text, told):
    path = written(text)
    (sentence,) = sentences(path)
    assert sentence.startswith(str(path)) and told in sentence


def test_a_file_that_is_not_there_is_told_with_the_remedy(tmp_path):
    (sentence,) = sentences(tmp_path / "plan.yaml")
    assert "cannot be read" in sentence and sentence.endswith("create it")


def test_a_loaded_file_remembers_its_lines(written):
    loaded = load(written("plan: a\n\nsteps:\n  - step: one\n  - step: two\n"), Plan)
    assert loaded.place("steps", 1, "step").endswith("plan.yaml:5")


def test_a_place_that_is_not_there_has_the_line_of_the_nearest_above(written):
    loaded = load(written("plan: a\nsteps:\n  - step: one\n"), Plan)
    assert line_of(loaded._tree, ("steps", 0, "nowhere")) == 3
