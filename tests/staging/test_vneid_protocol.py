"""What the provider refuses, and what it signs: OpenID Connect as the portals rely on it."""

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from staging_visitors import CALLBACK, Citizen, Request, answer_in, claims

from staging import hosts


def test_an_unknown_portal_is_told_to_the_person_and_not_redirected(lan: Citizen) -> None:
    response = lan.opens_sign_in(Request(parameters={"client_id": "nobody"}))
    assert response.status_code == 400
    assert "Yêu cầu không hợp lệ" in response.text


def test_an_unregistered_redirect_address_is_never_redirected_to(lan: Citizen) -> None:
    response = lan.opens_sign_in(Request(parameters={"redirect_uri": "https://khac.example/"}))
    assert response.status_code == 400
    assert "location" not in response.headers


@pytest.mark.parametrize("missing", ["nonce", "code_challenge"])
def test_a_request_without_nonce_or_challenge_goes_back_with_an_error(
    lan: Citizen, missing: str
) -> None:
    request = Request()
    del request.parameters[missing]
    answer = answer_in(lan.opens_sign_in(request).headers["location"])
    assert answer["error"] == "invalid_request"
    assert answer["state"] == request.parameters["state"]


def test_the_plain_challenge_method_is_refused(lan: Citizen) -> None:
    response = lan.opens_sign_in(Request(parameters={"code_challenge_method": "plain"}))
    assert answer_in(response.headers["location"])["error"] == "invalid_request"


def test_state_comes_back_as_it_was_sent(lan: Citizen) -> None:
    assert lan.signs_in()["state"] == lan.request.parameters["state"]


def test_the_id_token_is_signed_with_the_published_key(lan: Citizen) -> None:
    token = lan.redeems(lan.signs_in()["code"]).json()["id_token"]
    keys = KeySet.import_key_set(lan.client.get(f"https://{hosts.VNEID}/jwks").json())
    signed = jwt.decode(token, keys, ["ES256"])
    assert signed.header["kid"]
    assert signed.claims["nonce"] == lan.request.parameters["nonce"]


def test_the_id_token_says_who_it_is_and_for_whom(lan: Citizen) -> None:
    said = claims(lan.redeems(lan.signs_in()["code"]).json()["id_token"])
    assert said["iss"] == f"https://{hosts.VNEID}"
    assert said["aud"] == "lai-chau"
    assert (said["sub"], said["name"]) == (lan.person.identity, lan.person.name)
    assert (said["level"], said["phone_number"]) == (2, lan.person.phone)


def test_an_authorization_code_works_once(lan: Citizen) -> None:
    code = lan.signs_in()["code"]
    assert lan.redeems(code).status_code == 200
    assert lan.redeems(code).json()["error"] == "invalid_grant"


def test_an_authorization_code_is_used_up_by_a_wrong_verifier(lan: Citizen) -> None:
    code = lan.signs_in()["code"]
    assert lan.redeems(code, code_verifier="x" * 43).json()["error"] == "invalid_grant"
    assert lan.redeems(code).json()["error"] == "invalid_grant"


def test_an_authorization_code_is_not_redeemed_without_a_verifier(lan: Citizen) -> None:
    assert lan.redeems(lan.signs_in()["code"], code_verifier="").status_code == 400


def test_an_authorization_code_expires_after_a_minute(lan: Citizen) -> None:
    code = lan.signs_in()["code"]
    lan.scene.clock.advance(61)
    assert lan.redeems(code).json()["error"] == "invalid_grant"


def test_another_portal_cannot_redeem_the_code(lan: Citizen) -> None:
    code = lan.signs_in()["code"]
    response = lan.client.post(
        f"https://{hosts.VNEID}/token",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK},
        auth=("hung-yen", lan.scene.secret("client:hung-yen")),
    )
    assert response.json()["error"] == "invalid_grant"


def test_a_portal_with_a_wrong_secret_is_refused(lan: Citizen) -> None:
    response = lan.client.post(
        f"https://{hosts.VNEID}/token",
        data={"grant_type": "authorization_code", "code": lan.signs_in()["code"]},
        auth=("lai-chau", "wrong"),
    )
    assert response.json()["error"] == "invalid_client"


def test_cancelling_is_told_to_the_portal_as_access_denied(lan: Citizen) -> None:
    lan.opens_sign_in()
    address = f"https://{hosts.VNEID}/login-actions/cancel"
    response = lan.client.get(address, params={"csrt": lan.csrt})
    assert answer_in(response.headers["location"])["error"] == "access_denied"


def test_discovery_names_addresses_that_answer(lan: Citizen) -> None:
    address = f"https://{hosts.VNEID}/.well-known/openid-configuration"
    found = lan.client.get(address).json()
    assert lan.client.get(found["jwks_uri"]).status_code == 200
    assert lan.client.get(found["end_session_endpoint"]).status_code == 200
