"""What the control interface answers, and when an answer is no success."""

import httpx
import pytest

from world.control import Control
from world.missing import Missing
from world.names import Names


class Answering(Names):
    """Names behind which every call gets the same answer."""

    def __init__(self, answer):
        super().__init__()
        object.__setattr__(self, "answer", answer)

    def client(self, timeout=10.0):
        return httpx.Client(transport=httpx.MockTransport(self.answer))


@pytest.fixture
def control():
    def answering(answer):
        return Control("https://control.staging.test", Answering(answer))

    return answering


def test_that_nothing_was_left_behind_is_no_mistake(control):
    absent = control(lambda _request: httpx.Response(404, json={"error": "No such account."}))
    absent.take_back("registration", "000300000001")


def test_what_could_not_be_taken_back_is_told(control):
    broken = control(lambda _request: httpx.Response(500, text="Internal Server Error"))
    with pytest.raises(ValueError, match="DELETE /registrations/000300000001: HTTP 500"):
        broken.take_back("registration", "000300000001")


def test_an_interface_that_does_not_answer_is_missing(control):
    def gone(request):
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(Missing, match="does not answer"):
        control(gone).take_back("profile", "canbo1")
