"""Two ways to meet the embedded portals: their applications in this process, for what they answer;
and a started instance, for what happens on the network. Neither needs a browser."""

import asyncio
import base64
import hashlib
import json
import re
import secrets
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from staging import hosts
from staging.people import Person
from staging.scene import Scene
from staging.sites import sites
from staging.store import create_tables

PROJECT = Path(__file__).parents[2]
NewClient = Callable[[], httpx.Client]
CLIENT = "lai-chau"
CALLBACK = f"https://{hosts.LAI_CHAU}/dich-vu-cong/cong-dan/dang-nhap/vneid"


class InProcess(httpx.AsyncBaseTransport):
    """By host name to the application, as TLS and ports would; the sites call each other by it."""

    def __init__(self) -> None:
        self.apps: dict[str, httpx.ASGITransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self.apps[request.url.host].handle_async_request(request)


class LocalScene(Scene):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.in_process = InProcess()
        for site in sites(self):
            self.in_process.apps[site.host] = httpx.ASGITransport(site.app)
        create_tables(self.engine)

    def transport(self) -> httpx.AsyncBaseTransport:
        # Asked for by the portals while they are built, before all applications are there.
        if not hasattr(self, "in_process"):
            return super().transport()
        return self.in_process


class Waiting(httpx.BaseTransport):
    """The same for code that does not await."""

    def __init__(self, runner: asyncio.Runner, inner: InProcess) -> None:
        self._runner = runner
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._answered(request))

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        body = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=body)


@pytest.fixture(scope="session")
def local_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalScene]:
    scene = LocalScene(tmp_path_factory.mktemp("staging"))
    yield scene
    scene.engine.dispose()


@pytest.fixture
def scene(local_scene: LocalScene) -> LocalScene:
    local_scene.reset()
    return local_scene


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def new_client(scene: LocalScene, runner: asyncio.Runner) -> Iterator[NewClient]:
    """Makes HTTP clients, each with cookies of its own, as browsers of their own."""
    clients: list[httpx.Client] = []

    def make() -> httpx.Client:
        clients.append(httpx.Client(transport=Waiting(runner, scene.in_process)))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@dataclass
class Request:
    """A portal's request for a login, as it should be; a test spoils one part of it."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(40))
    parameters: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        self.parameters = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": CALLBACK,
            "scope": "openid",
            "state": secrets.token_urlsafe(8),
            "nonce": secrets.token_urlsafe(8),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        } | self.parameters

    @property
    def address(self) -> str:
        return f"https://{hosts.VNEID}/auth?{urlencode(self.parameters)}"


class Citizen:
    """Somebody at VNeID's sign-in page, doing what the page's script does."""

    def __init__(self, scene: Scene, client: httpx.Client, person: Person) -> None:
        self.scene = scene
        self.client = client
        self.person = person
        self.request = Request()
        self.csrt = ""
        self.qr = ""

    def opens_sign_in(self, request: Request | None = None) -> httpx.Response:
        self.request = request or Request()
        response = self.client.get(self.request.address)
        if found := re.search(r'data-csrt="([^"]+)"', response.text):
            self.csrt = found[1]
            self.qr = re.search(r'data-id="([^"]+)"', response.text)[1]  # type: ignore[index]
        return response

    def acts(self, name: str, **fields: str) -> httpx.Response:
        address = f"https://{hosts.VNEID}/login-actions/{name}"
        return self.client.post(address, params={"csrt": self.csrt}, data=fields)

    def enters_password(self, password: str | None = None) -> httpx.Response:
        entered = self.person.password if password is None else password
        return self.acts("authenticate", username=self.person.identity, password=entered)

    def code_received(self) -> str:
        address = f"https://{hosts.SMS}/messages"
        messages = self.client.get(address, params={"to": self.person.phone}).json()
        return re.search(r"\d{6,8}", messages[-1]["text"])[0]  # type: ignore[index]

    def enters_code(self, code: str | None = None) -> httpx.Response:
        return self.acts("otp", otp=code or self.code_received())

    def signs_in(self) -> dict[str, str]:
        """All of it; gives the parameters with which the portal is answered."""
        self.opens_sign_in()
        self.enters_password()
        return answer_in(self.enters_code().json()["redirect"])

    def redeems(self, code: str, **changed: str) -> httpx.Response:
        """The portal's part: the code for a token."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": self.request.verifier,
        }
        return self.client.post(
            f"https://{hosts.VNEID}/token",
            data=form | changed,
            auth=(CLIENT, self.scene.secret(f"client:{CLIENT}")),
        )


def answer_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@pytest.fixture
def lan(scene: LocalScene, new_client: NewClient) -> Citizen:
    """A healthy account."""
    return citizen(scene, new_client, "lan")


def citizen(scene: Scene, new_client: NewClient, key: str) -> Citizen:
    person = next(person for person in scene.people if person.key == key)
    return Citizen(scene, new_client(), person)


class Instance:
    """A started instance, met on the network as a program meets it."""

    def __init__(self, front_desk: str) -> None:
        self.front_desk = front_desk
        self.directory = httpx.get(f"{front_desk}/directory").json()
        self.trust = ssl.create_default_context(cadata=self.directory["ca"])
        self.client = httpx.Client(transport=_ByDirectory(self.directory["names"], self.trust))

    def get(self, host: str, path: str = "/", timeout: float = 5) -> httpx.Response:
        return self.client.get(f"https://{host}{path}", timeout=timeout)

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        return self.client.request(method, f"https://{hosts.CONTROL}{path}", json=body)

    def fault(self, name: str, **parameters: object) -> None:
        self.control("PUT", f"/faults/{name}", parameters).raise_for_status()


class _ByDirectory(httpx.BaseTransport):
    def __init__(self, names: dict[str, str], trust: ssl.SSLContext) -> None:
        self._names = names
        # No connection is kept: a fault has to be met by a new one.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.HTTPTransport(verify=trust, limits=limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address, port = self._names[host].split(":")
        connecting = httpx.Request(
            request.method,
            request.url.copy_with(host=address, port=int(port)),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(connecting)


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "staging", "--until-stdin-closes", *arguments],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def ready_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().removeprefix("READY ").strip()


@pytest.fixture(scope="session")
def started() -> Iterator[Instance]:
    with start() as process:
        instance = Instance(ready_address(process))
        yield instance
        instance.client.close()
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def instance(started: Instance) -> Iterator[Instance]:
    yield started
    started.control("POST", "/reset").raise_for_status()


def claims(token: str) -> dict[str, object]:
    """Unverified; the portals verify, and have tests of their own."""
    body = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
