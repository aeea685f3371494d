"""Environments: values from outside the file, and one sentence for each that is missing."""

import pytest

from config.environments import environment
from config.strict import Mistake

TEST = """\
environment: test
network: public
bounds: {credentials: true}
visitors:
  citizen:
    account: ${TEST_ACCOUNT}
    password: ${TEST_PASSWORD}
    phone: "+84${TEST_PHONE}"
"""
ALL = {"TEST_ACCOUNT": "000", "TEST_PASSWORD": "planted", "TEST_PHONE": "900"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "test.yaml").write_text(TEST)
    return tmp_path


def test_values_come_from_the_variables(folder):
    citizen = environment("test", folder, ALL).visitors["citizen"]
    assert (citizen.account, citizen.phone) == ("000", "+84900")


def test_a_value_that_is_missing_is_told_with_line_and_remedy(folder):
    with pytest.raises(Mistake) as mistake:
        environment("test", folder, ALL | {"TEST_PASSWORD": ""})
    assert mistake.value.sentences == (
        f"{folder}/test.yaml:7: the value TEST_PASSWORD is missing; "
        "set it in the environment or in the file .env (see .env.example)",
    )


def test_all_values_that_are_missing_are_told_at_once(folder):
    with pytest.raises(Mistake) as mistake:
        environment("test", folder, {})
    assert len(mistake.value.sentences) == 3


def test_a_sentence_about_a_missing_value_shows_no_other_value(folder):
    with pytest.raises(Mistake) as mistake:
        environment("test", folder, {"TEST_PASSWORD": "planted"})
    assert "planted" not in str(mistake.value)


def test_the_process_wins_over_the_file_env(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TEST_ACCOUNT=file\nTEST_PASSWORD=file\nTEST_PHONE=1\n")
    monkeypatch.setenv("TEST_ACCOUNT", "process")
    citizen = environment("test", folder).visitors["citizen"]
    assert (citizen.account, citizen.password) == ("process", "file")


def test_an_unknown_environment_is_told_which_there_are(folder):
    with pytest.raises(Mistake, match="there is no environment “tset”; known: test"):
        environment("tset", folder, ALL)


def test_a_file_of_ones_own_is_named_by_its_path(folder):
    assert environment(str(folder / "test.yaml"), variables=ALL).environment == "test"


def test_a_filled_environment_still_knows_its_lines(folder):
    assert environment("test", folder, ALL).place("visitors").endswith("test.yaml:4")


def test_an_environment_says_itself_whether_credentials_may_be_typed(folder):
    (folder / "test.yaml").write_text("environment: test\nnetwork: public\nbounds: {}\n")
    with pytest.raises(Mistake, match=r"“bounds\.credentials” is missing"):
        environment("test", folder, {})


def test_the_embedded_environment_needs_nothing_from_outside():
    assert environment("embedded", variables={}).simulated
