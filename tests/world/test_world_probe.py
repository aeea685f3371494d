"""Each stage of a probe has a fault of its own."""

import socket
import threading
from datetime import datetime, timedelta

import pytest

from world.clock import ZONE
from world.names import Names
from world.probe import probe

URL = "https://portal.example/"


@pytest.fixture
def silent():
    """A port on which somebody listens and nobody speaks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def refused():
    """A port that is taken and refuses: bound, not listening."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_host_that_answers_has_no_fault(serve):
    found = probe(serve(), URL)
    assert (found.kind, found.status) == (None, 200)


def test_it_says_when_the_certificate_ends(serve):
    ends = probe(serve(), URL).certificate_expires
    assert ends is not None
    assert timedelta(days=29) < ends - datetime.now(ZONE) < timedelta(days=31)


def test_a_name_that_is_not_mapped_is_dns():
    assert probe(Names(), URL).kind == "dns"


def test_a_name_that_nobody_knows_is_dns():
    assert probe(Names(public=True), "https://portal.invalid/").kind == "dns"


def test_a_refused_connection_is_connect(refused):
    assert probe(Names(map={"portal.example": f"127.0.0.1:{refused}"}), URL).kind == "connect"


def test_a_host_that_says_nothing_is_a_timeout(silent):
    found = probe(Names(map={"portal.example": f"127.0.0.1:{silent}"}), URL, timeout=0.2)
    assert found.kind == "timeout"
    assert found.seconds < 1


def test_an_expired_certificate_is_tls_and_says_since_when(serve, authority):
    found = probe(serve(authority.expired_context("portal.example")), URL)
    assert (found.kind, found.message) == ("tls", "certificate has expired")
    assert found.certificate_expires is not None
    assert found.certificate_expires < datetime.now(ZONE)


def test_a_certificate_for_another_name_is_tls(serve, authority):
    found = probe(serve(authority.context("other.example")), URL)
    assert found.kind == "tls"
    assert "portal.example" in found.message


def test_a_foreign_authority_is_tls(serve):
    assert probe(Names(map=serve().map), URL).kind == "tls"


def test_an_error_status_is_http(serve):
    found = probe(serve(status=503), URL)
    assert (found.kind, found.status, found.message) == ("http", 503, "HTTP 503")


def test_a_redirect_is_an_answer(serve):
    assert probe(serve(status=302), URL).kind is None


def test_one_byte_now_and_then_does_not_outlast_the_limit():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        dripping = threading.Thread(target=drip)
        dripping.start()
        port = listening.getsockname()[1]
        found = probe(Names(public=True), f"http://127.0.0.1:{port}/", timeout=0.4)
        ended.set()
        dripping.join()
    assert found.kind == "timeout"
    assert found.seconds < 2
