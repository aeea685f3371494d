"""Sign-out: begun at the portal, and told by VNeID over the back channel."""

from urllib.parse import parse_qs, urlsplit

import pytest

LAI_CHAU = "dichvucong.laichau.gov.vn"
THANH_HOA = "dichvucong.thanhhoa.gov.vn"
ACCOUNT = "/dich-vu-cong/cong-dan"
BACK_CHANNEL = f"{ACCOUNT}/dang-xuat/vneid"
EVENTS = {"http://schemas.openid.net/event/backchannel-logout": {}}


@pytest.fixture
def citizen(browser_at, sign_in):
    citizen = browser_at(LAI_CHAU)
    sign_in(citizen)
    return citizen


@pytest.fixture
def logout_token(provider):
    def make(**claims):
        whole = {
            "iss": "https://sso.dancuquocgia.gov.vn",
            "aud": "lai-chau",
            "sub": "000100000001",
            "sid": "sid-1",
            "jti": "one",
            "events": EVENTS,
        } | claims
        return provider.sign({name: value for name, value in whole.items() if value is not None})

    return make


def test_signing_out_forgets_the_citizen(citizen):
    citizen.get(f"{ACCOUNT}/dang-xuat")
    assert citizen.get(ACCOUNT).status_code == 302


def test_signing_out_goes_on_to_vneid_with_the_proof(citizen):
    there = urlsplit(citizen.get(f"{ACCOUNT}/dang-xuat").headers["location"])
    query = parse_qs(there.query)
    assert (there.hostname, there.path) == ("sso.dancuquocgia.gov.vn", "/end-session")
    assert query["post_logout_redirect_uri"] == [f"https://{LAI_CHAU}/"]
    assert query["id_token_hint"][0].count(".") == 2


def test_signing_out_without_being_signed_in_leads_home(browser_at):
    answer = browser_at(LAI_CHAU).get(f"{ACCOUNT}/dang-xuat")
    assert answer.headers["location"] == f"https://{LAI_CHAU}/"


def test_the_old_cookie_is_worth_nothing_after_signing_out(citizen):
    before = citizen.cookies["PHPSESSID"]
    citizen.get(f"{ACCOUNT}/dang-xuat")
    citizen.cookies.set("PHPSESSID", before)
    assert citizen.get(ACCOUNT).status_code == 302


def test_thanh_hoa_tells_its_script_where_the_sign_out_goes_on(browser_at, sign_in):
    citizen = browser_at(THANH_HOA)
    sign_in(citizen)
    answer = citizen.post("/api/logout").json()
    assert answer["next"].startswith("https://sso.dancuquocgia.gov.vn/end-session?")
    assert citizen.get("/api/session").json() == {"user": None}


def test_a_logout_token_from_vneid_ends_the_session(citizen, logout_token):
    answer = citizen.post(BACK_CHANNEL, data={"logout_token": logout_token()})
    assert answer.status_code == 200
    assert citizen.get(ACCOUNT).status_code == 302


def test_a_logout_token_for_another_session_ends_nothing(citizen, logout_token):
    citizen.post(BACK_CHANNEL, data={"logout_token": logout_token(sid="sid-2")})
    assert citizen.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "hung-yen"},
        {"iss": "https://example.test"},
        {"events": None},
        {"events": {}},
        {"nonce": "n"},
        {"sub": None, "sid": None},
        {"jti": None},
        {"exp": 1},
    ],
    ids=str,
)
def test_a_logout_token_that_is_none_is_refused(claims, citizen, logout_token):
    answer = citizen.post(BACK_CHANNEL, data={"logout_token": logout_token(**claims)})
    assert answer.status_code == 400
    assert citizen.get(ACCOUNT).status_code == 200


def test_a_logout_token_signed_by_somebody_else_is_refused(citizen, logout_token):
    head, body, _ = logout_token().split(".")
    answer = citizen.post(BACK_CHANNEL, data={"logout_token": f"{head}.{body}.{'A' * 86}"})
    assert answer.status_code == 400
    assert citizen.get(ACCOUNT).status_code == 200


def test_an_id_token_is_no_logout_token(citizen, provider):
    answer = citizen.post(BACK_CHANNEL, data={"logout_token": provider.id_token()})
    assert answer.status_code == 400


def test_the_fault_lets_a_session_survive_its_sign_out(scene, citizen, logout_token):
    scene.faults.set("session-survives-sign-out", {"host": LAI_CHAU})
    citizen.get(f"{ACCOUNT}/dang-xuat")
    citizen.post(BACK_CHANNEL, data={"logout_token": logout_token()})
    assert citizen.get(ACCOUNT).status_code == 200
