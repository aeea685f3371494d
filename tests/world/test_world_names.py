"""One map for the browser and for HTTP outside of it."""

import httpx
import pytest

from world.names import Names, split

URL = "https://portal.example/"


def test_each_name_is_mapped_and_every_other_is_refused():
    names = Names(map={"b.example": "127.0.0.1:2", "a.example": "127.0.0.1:1"})
    assert names.resolver_rules() == (
        "MAP a.example:443 127.0.0.1:1, MAP b.example:443 127.0.0.1:2, MAP * ~NOTFOUND"
    )


def test_an_empty_map_refuses_everything():
    assert Names().resolver_rules() == "MAP * ~NOTFOUND"


def test_the_public_network_needs_no_rules():
    assert Names(public=True).resolver_rules() == ""


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("127.0.0.1:8443", ("127.0.0.1", 8443)),
        ("10.0.0.7", ("10.0.0.7", 443)),
        ("[::1]:8443", ("::1", 8443)),
        ("[::1]", ("::1", 443)),
    ],
)
def test_an_address_is_split_into_host_and_port(address, parts):
    assert split(address) == parts


def test_a_client_reaches_the_mapped_address_under_the_real_name(serve):
    with serve().client(5) as client:
        answer = client.get(URL)
    assert "<title>portal.example</title>" in answer.text
    assert answer.url.host == "portal.example"


def test_a_client_refuses_a_name_that_is_not_mapped(serve):
    with serve().client(5) as client, pytest.raises(httpx.ConnectError, match=r"other\.example"):
        client.get("https://other.example/")


def test_a_client_with_an_empty_map_reaches_nothing():
    with Names().client(5) as client, pytest.raises(httpx.ConnectError, match="is not a name"):
        client.get(URL)


def test_a_client_uses_no_proxy_of_the_environment(serve, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with serve().client(5) as client:
        assert client.get(URL).status_code == 200


def test_a_client_refuses_a_certificate_for_another_name(serve, authority):
    names = serve(authority.context("other.example"))
    with names.client(5) as client, pytest.raises(httpx.ConnectError, match="not valid for"):
        client.get(URL)


def test_a_client_refuses_an_authority_it_was_not_given(serve):
    names = Names(map=serve().map)
    with names.client(5) as client, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY"):
        client.get(URL)
