"""A person types the code at the terminal."""

import os
import threading
from pathlib import Path

import pytest

from visitors.ask import Ask
from visitors.codes import Unanswered, Unusable
from visitors.secret import Secrets


@pytest.fixture
def person():
    """The two ends of a terminal: what the person holds, and its name."""
    held, ours = os.openpty()
    yield held, Path(os.ttyname(ours))
    os.close(held)
    os.close(ours)


def asking(terminal: Path, within: float = 5) -> Ask:
    return Ask("Code of the citizen", Secrets(), within, terminal)


def test_what_the_person_types_is_the_code(person):
    held, terminal = person
    os.write(held, b"123 456\n")
    source = asking(terminal)
    received = source.code(source.request_mark())
    assert (received.code.reveal(), received.digits) == ("123456", 6)


def test_the_person_is_told_whose_code_and_how_long(person):
    held, terminal = person
    os.write(held, b"1\n")
    source = asking(terminal)
    source.code(source.request_mark())
    assert "Code of the citizen (5 s):" in os.read(held, 1024).decode()


def test_what_is_no_code_is_asked_for_again(person):
    held, terminal = person
    os.write(held, b"what?\n")
    source = asking(terminal)
    typing = threading.Timer(0.05, os.write, (held, b"987654\n"))
    typing.start()
    assert source.code(source.request_mark()).code.reveal() == "987654"
    typing.join()


def test_a_person_who_does_not_answer_is_waited_for_only_so_long(person):
    _, terminal = person
    source = asking(terminal, within=0.05)
    with pytest.raises(Unanswered, match="nobody typed"):
        source.code(source.request_mark())


def test_without_a_terminal_it_is_one_sentence(tmp_path):
    source = asking(tmp_path / "none")
    with pytest.raises(Unusable, match="there is no terminal"):
        source.code(source.request_mark())
