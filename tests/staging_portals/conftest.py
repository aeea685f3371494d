"""The portals alone, in one process, with a stand-in for VNeID on their back channel."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.testclient import TestClient

from staging import national, portals
from staging.hosts import VNEID
from staging.scene import Scene
from staging.store import create_tables

ISSUER = f"https://{VNEID}"


class Provider:
    """VNeID as the portals' back channel sees it: a token endpoint and public keys."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.key = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.reachable = True
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.sign_with = self.key

    def authorize(self, address: str) -> str:
        """Notes what a portal asked for; returns its state."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return self.asked["state"]

    def answer(self, request: httpx.Request) -> httpx.Response:
        if not self.reachable:
            raise httpx.ConnectError("refused", request=request)
        if request.url.path == "/jwks":
            keys = KeySet([self.key]).as_dict(private=False)
            return httpx.Response(200, json=keys)
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if not self._proves(form.get("code_verifier", "")):
            return httpx.Response(400, json={"error": "invalid_grant"})
        token = {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token()}
        return httpx.Response(200, json=token)

    def _proves(self, verifier: str) -> bool:
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return challenge == self.asked["code_challenge"]

    def id_token(self) -> str:
        return self.sign(
            {
                "iss": ISSUER,
                "aud": self.asked["client_id"],
                "sub": "000100000001",
                "sid": "sid-1",
                "nonce": self.asked["nonce"],
                "name": "Nguyễn Thị Thử Nghiệm",
                "birthdate": "1990-01-11",
                "phone_number": "0900000001",
                "level": 2,
            }
            | self.claims
        )

    def sign(self, claims: dict[str, Any]) -> str:
        now = int(self.scene.clock.timestamp())
        header = {"alg": "ES256", "kid": "one"}
        return jwt.encode(header, {"iat": now, "exp": now + 300} | claims, self.sign_with)


class SceneWithProvider(Scene):
    provider: Provider

    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.MockTransport(lambda request: self.provider.answer(request))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[SceneWithProvider]:
    scene = SceneWithProvider(tmp_path)
    scene.provider = Provider(scene)
    yield scene
    scene.engine.dispose()


@pytest.fixture
def provider(scene: SceneWithProvider) -> Provider:
    return scene.provider


@pytest.fixture
def browser_at(scene: Scene) -> Callable[[str], TestClient]:
    """A browser on one host; asked again for the same host, it is another, fresh browser."""
    apps = {site.host: site.app for site in [*portals.sites(scene), *national.sites(scene)]}
    create_tables(scene.engine)

    def on(host: str) -> TestClient:
        return TestClient(apps[host], base_url=f"https://{host}", follow_redirects=False)

    return on


ENTRY = {
    "dichvucong.laichau.gov.vn": "/dich-vu-cong/cong-dan/dang-nhap/chuyen-huong/vneid",
    "dichvucong.hungyen.gov.vn": "/dich-vu-cong/cong-dan/dang-nhap/chuyen-huong/vneid",
    "dichvucong.thanhhoa.gov.vn": "/ssovneid/login",
    "dichvucong.gov.vn": "/sso/login",
}


@pytest.fixture
def sign_in(provider: Provider) -> Callable[..., httpx.Response]:
    """Walks a browser through a login; `state` and `error` replace what VNeID would send back."""

    def walk(
        browser: TestClient, *, wanted: str = "", state: str = "", error: str = ""
    ) -> httpx.Response:
        host = browser.base_url.host
        entry = ENTRY[host] + (f"?return-url={wanted}" if wanted else "")
        true_state = provider.authorize(browser.get(entry).headers["location"])
        back = {"state": state or true_state} | ({"error": error} if error else {"code": "code-1"})
        answer: httpx.Response = browser.get(provider.asked["redirect_uri"], params=back)
        return answer

    return walk


def saved(text: str) -> Any:
    """The JSON that Thanh Hóa's callback page hands to its script."""
    return json.loads(text.split('id="signed-in">')[1].split("</script>")[0])
