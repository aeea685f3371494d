"""Every role against every subsystem, and how the administrator grants rights (LC-2020)."""

import re

import pytest
from national_visitors import NewClient

QUANTRI = "https://quantri.dichvucong.gov.vn"
ADDRESSES = {
    "pakn": "https://pakn.dichvucong.gov.vn/phan-anh-kien-nghi",
    "csdl": "https://csdl.dichvucong.gov.vn/thu-tuc-hanh-chinh",
    "ket-noi": f"{QUANTRI}/ket-noi",
    "covid-19": f"{QUANTRI}/ho-tro-covid-19",
    "chung-thuc": f"{QUANTRI}/chung-thuc-ban-sao-dien-tu",
    "phan-quyen": f"{QUANTRI}/phan-quyen",
}
OFFICIALS = {
    "quan-tri-cap-cao": "000200000001",
    "phan-anh": "000200000002",
    "thu-tuc": "000200000003",
    "ket-noi": "000200000004",
    "ho-tro": "000200000005",
    "chung-thuc": "000200000006",
    "chua-gan-quyen": "000200000007",
}
GETS_INTO = {
    "quan-tri-cap-cao": set(ADDRESSES),
    "phan-anh": {"pakn"},
    "thu-tuc": {"csdl"},
    "ket-noi": {"ket-noi"},
    "ho-tro": {"covid-19"},
    "chung-thuc": {"chung-thuc"},
    "chua-gan-quyen": set(),
}
HOSTS = ["pakn.dichvucong.gov.vn", "csdl.dichvucong.gov.vn", "quantri.dichvucong.gov.vn"]


def goes_to(client, role, address):
    """To an address, through the login if that is asked for."""
    page = client.get(address, follow_redirects=True)
    if page.url.path.endswith("citizen.do"):
        number = OFFICIALS[role]
        data = {"username": number, "password": f"Thu-Nghiem-20{number[-1]}!"}
        page = client.post(page.url, data=data, follow_redirects=True)
    return page


def rights_of(role):
    return f"{ADDRESSES['phan-quyen']}/{OFFICIALS[role]}"


def grants(client, role, *subsystems):
    goes_to(client, "quan-tri-cap-cao", ADDRESSES["phan-quyen"])
    return client.post(rights_of(role), data={"phan-he": list(subsystems)})


@pytest.mark.parametrize("subsystem", ADDRESSES)
@pytest.mark.parametrize("role", OFFICIALS)
def test_who_gets_in_where(role, subsystem, client):
    page = goes_to(client, role, ADDRESSES[subsystem])
    refused = "Không có quyền truy cập" in page.text
    let_in = subsystem in GETS_INTO[role]
    assert str(page.url) == ADDRESSES[subsystem]
    assert (page.status_code, refused) == ((200, False) if let_in else (403, True))


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_shows_a_login_gate(host, client):
    page = client.get(f"https://{host}/")
    assert page.status_code == 200 and '<a class="btn btn-primary" href="/sso/login">' in page.text


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_nobody_gets_past_the_gate_without_signing_in(address, client):
    assert client.get(address).headers["location"].startswith("/sso/login")


def test_a_granted_right_opens_exactly_that_subsystem(client, new_client: NewClient):
    grants(client, "chua-gan-quyen", "chung-thuc")
    official = new_client()
    got = {
        name: goes_to(official, "chua-gan-quyen", address).status_code == 200
        for name, address in ADDRESSES.items()
    }
    assert [name for name, into in got.items() if into] == ["chung-thuc"]


def test_the_administrator_sees_which_rights_an_official_has(client):
    grants(client, "phan-anh", "pakn", "csdl")
    page = client.get(rights_of("phan-anh"))
    ticked = re.findall(r'value="([\w-]+)" checked', page.text)
    assert ticked == ["pakn", "csdl"]


def test_a_withdrawn_right_closes_it_at_once(client, new_client):
    official = new_client()
    assert goes_to(official, "phan-anh", ADDRESSES["pakn"]).status_code == 200
    grants(client, "phan-anh")
    assert official.get(ADDRESSES["pakn"]).status_code == 403


@pytest.mark.parametrize("role", [role for role in OFFICIALS if role != "quan-tri-cap-cao"])
def test_only_the_administrator_grants_rights(role, client):
    goes_to(client, role, ADDRESSES["phan-quyen"])
    assert client.post(rights_of(role), data={"phan-he": "csdl"}).status_code == 403
    assert (goes_to(client, role, ADDRESSES["csdl"]).status_code == 200) is (role == "thu-tuc")


def test_the_administrators_own_rights_cannot_be_taken(client):
    grants(client, "quan-tri-cap-cao")
    assert goes_to(client, "quan-tri-cap-cao", ADDRESSES["pakn"]).status_code == 200


def test_rights_can_be_put_back(client, new_client):
    grants(client, "phan-anh")
    client.delete(f"https://control.staging.test/rights/{OFFICIALS['phan-anh']}")
    assert goes_to(new_client(), "phan-anh", ADDRESSES["pakn"]).status_code == 200


def test_signing_out_closes_the_gate(client):
    goes_to(client, "phan-anh", ADDRESSES["pakn"])
    home = client.get("https://pakn.dichvucong.gov.vn/sso/logout", follow_redirects=True)
    assert str(home.url) == "https://pakn.dichvucong.gov.vn/"
    assert client.get(ADDRESSES["pakn"]).status_code == 302
