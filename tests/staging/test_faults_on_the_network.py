"""Each fault of connection, TLS and HTTP is met by a client as it would be in reality."""

import socket
import ssl
import time

import httpx
import pytest
from staging_visitors import Instance

from staging import hosts

HOST = hosts.LAI_CHAU
OTHER = hosts.HUNG_YEN


def test_a_healthy_host_answers_over_verified_tls(instance: Instance) -> None:
    assert instance.get(HOST).status_code == 200


def test_a_refused_connection_is_refused_on_the_same_port(instance: Instance) -> None:
    instance.fault("connection-refused", host=HOST)
    with pytest.raises(httpx.ConnectError, match="refused"):
        instance.get(HOST)
    assert instance.get(OTHER).status_code == 200


def test_after_the_reset_the_port_answers_again(instance: Instance) -> None:
    instance.fault("connection-refused", host=HOST)
    instance.control("POST", "/reset")
    assert instance.get(HOST).status_code == 200


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("tls-expired", "certificate has expired"),
        ("tls-wrong-host", "Hostname mismatch"),
        ("tls-foreign", "unable to get local issuer|self-signed"),
    ],
)
def test_a_bad_certificate_is_refused_for_its_own_reason(
    instance: Instance, fault: str, reason: str
) -> None:
    instance.fault(fault, host=HOST)
    with pytest.raises(httpx.ConnectError, match=reason):
        instance.get(HOST)
    assert instance.get(OTHER).status_code == 200


def test_an_open_connection_does_not_outlive_a_change_of_certificate(instance: Instance) -> None:
    address, port = instance.directory["names"][HOST].split(":")
    kept = httpx.Client(verify=instance.trust, base_url=f"https://{address}:{port}")
    extensions = {"sni_hostname": HOST}
    kept.get("/", headers={"Host": HOST}, extensions=extensions)
    instance.fault("tls-expired", host=HOST)
    with pytest.raises(httpx.ConnectError, match="expired"):
        kept.get("/", headers={"Host": HOST}, extensions=extensions)


def test_a_tls_session_cannot_be_resumed_around_a_new_certificate(instance: Instance) -> None:
    address, port = instance.directory["names"][HOST].split(":")

    def handshake(session: ssl.SSLSession | None) -> ssl.SSLSession | None:
        with (
            socket.create_connection((address, int(port))) as plain,
            instance.trust.wrap_socket(plain, server_hostname=HOST, session=session) as wrapped,
        ):
            wrapped.send(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            wrapped.recv(10)
            assert not wrapped.session_reused
            return wrapped.session

    handshake(handshake(None))


def test_a_hanging_host_accepts_and_never_answers(instance: Instance) -> None:
    instance.fault("hang", host=HOST)
    with pytest.raises(httpx.ReadTimeout):
        instance.get(HOST, timeout=0.3)
    assert instance.get(OTHER).status_code == 200


def test_latency_makes_the_answer_late(instance: Instance) -> None:
    instance.fault("latency", host=HOST, seconds=0.3)
    begun = time.monotonic()
    assert instance.get(HOST).status_code == 200
    assert time.monotonic() - begun >= 0.3


def test_the_error_page_is_a_bare_500(instance: Instance) -> None:
    instance.fault("error-500", host=HOST)
    response = instance.get(HOST)
    assert response.status_code == 500
    assert "Error 500--Internal Server Error" in response.text


def test_the_maintenance_page_is_a_503(instance: Instance) -> None:
    instance.fault("maintenance", host=HOST)
    response = instance.get(HOST)
    assert response.status_code == 503
    assert "bảo trì" in response.text


def test_the_firewall_page_has_a_support_id(instance: Instance) -> None:
    instance.fault("firewall", host=HOST)
    assert "Your support ID is" in instance.get(HOST).text


def test_a_redirected_portal_leads_elsewhere(instance: Instance) -> None:
    instance.fault("redirected-portal", host=HOST)
    assert instance.get(HOST).headers["location"] == f"https://{hosts.NATIONAL}/"


def test_the_way_to_vneid_can_lead_to_the_look_alike(instance: Instance) -> None:
    instance.fault("lookalike-login", host=hosts.VNEID)
    response = instance.get(hosts.VNEID, "/auth?client_id=x")
    assert response.headers["location"] == f"https://{hosts.LOOKALIKE}/auth?client_id=x"


def test_the_look_alike_shows_vneids_page_and_lets_nobody_in(instance: Instance) -> None:
    assert "Đăng nhập VNeID" in instance.get(hosts.LOOKALIKE, "/auth").text
    address = f"https://{hosts.LOOKALIKE}/login-actions/authenticate"
    assert instance.client.post(address, data={"username": "x"}).status_code == 400


def test_vneid_can_be_down_while_the_portals_are_up(instance: Instance) -> None:
    instance.fault("vneid-down")
    with pytest.raises(httpx.ConnectError):
        instance.get(hosts.VNEID)
    assert instance.get(HOST).status_code == 200
