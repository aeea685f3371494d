"""A sign-out ends the session at VNeID and tells every portal it was used for."""

from urllib.parse import parse_qs

import httpx
import pytest
from staging_visitors import Citizen, LocalScene, Request, claims

from staging import hosts

HOME = f"https://{hosts.LAI_CHAU}/"
HUNG_YEN_CALLBACK = f"https://{hosts.HUNG_YEN}/dich-vu-cong/cong-dan/dang-nhap/vneid"


class Told(httpx.AsyncBaseTransport):
    """Stands for the portals' back-channel addresses."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        form = parse_qs((await request.aread()).decode())
        self.tokens[request.url.host] = form["logout_token"][0]
        return httpx.Response(200)


@pytest.fixture
def told(scene: LocalScene, monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    monkeypatch.setattr(scene, "transport", lambda: told)
    return told


def sign_in_at_two_portals(lan: Citizen) -> str:
    """Gives the ID token of the first."""
    token = str(lan.redeems(lan.signs_in()["code"]).json()["id_token"])
    second = {"client_id": "hung-yen", "redirect_uri": HUNG_YEN_CALLBACK}
    assert lan.opens_sign_in(Request(parameters=second)).status_code == 302
    return token


def sign_out(lan: Citizen, **changed: str) -> httpx.Response:
    parameters = {"post_logout_redirect_uri": HOME, "state": "abc"} | changed
    return lan.client.get(f"https://{hosts.VNEID}/end-session", params=parameters)


def test_every_portal_of_the_session_is_told(lan: Citizen, told: Told) -> None:
    sign_out(lan, id_token_hint=sign_in_at_two_portals(lan))
    assert set(told.tokens) == {hosts.LAI_CHAU, hosts.HUNG_YEN}


def test_the_logout_token_names_session_person_and_portal(lan: Citizen, told: Told) -> None:
    token = sign_in_at_two_portals(lan)
    sign_out(lan, id_token_hint=token)
    said = claims(told.tokens[hosts.HUNG_YEN])
    assert (said["aud"], said["sub"]) == ("hung-yen", lan.person.identity)
    assert said["sid"] == claims(token)["sid"]
    assert "nonce" not in said


def test_after_a_sign_out_vneid_asks_again(lan: Citizen, told: Told) -> None:
    sign_out(lan, id_token_hint=sign_in_at_two_portals(lan))
    assert "Đăng nhập VNeID" in lan.opens_sign_in().text


def test_a_sign_out_leads_home_with_its_state(lan: Citizen, told: Told) -> None:
    response = sign_out(lan, id_token_hint=sign_in_at_two_portals(lan))
    assert response.headers["location"] == f"{HOME}?state=abc"


def test_a_sign_out_leads_to_no_unregistered_address(lan: Citizen, told: Told) -> None:
    hint = sign_in_at_two_portals(lan)
    response = sign_out(lan, id_token_hint=hint, post_logout_redirect_uri="https://khac.example/")
    assert "location" not in response.headers


def test_without_proof_a_sign_out_asks_the_person_first(lan: Citizen, told: Told) -> None:
    sign_in_at_two_portals(lan)
    assert "Bạn có muốn đăng xuất" in sign_out(lan).text
    assert not told.tokens
    lan.client.post(f"https://{hosts.VNEID}/end-session")
    assert set(told.tokens) == {hosts.LAI_CHAU, hosts.HUNG_YEN}


def test_a_forged_hint_is_refused(lan: Citizen, told: Told) -> None:
    hint = sign_in_at_two_portals(lan)
    assert sign_out(lan, id_token_hint=hint[:-8] + "AAAAAAAA").status_code == 400
    assert not told.tokens


def test_the_session_survives_when_the_fault_is_on(lan: Citizen, told: Told) -> None:
    lan.scene.faults.set("session-survives-sign-out", {"host": hosts.VNEID})
    sign_out(lan, id_token_hint=sign_in_at_two_portals(lan))
    assert lan.opens_sign_in().status_code == 302


def test_a_portal_that_cannot_be_told_does_not_keep_the_session(
    lan: Citizen, scene: LocalScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = sign_in_at_two_portals(lan)
    gone = httpx.MockTransport(lambda request: httpx.Response(500))
    monkeypatch.setattr(scene, "transport", lambda: gone)
    sign_out(lan, id_token_hint=hint)
    assert lan.opens_sign_in().status_code == 200
