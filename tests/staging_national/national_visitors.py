"""Who walks here, at the level of HTTP: the portals' applications in this process, no browser."""

import asyncio
import base64
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from staging import hosts
from staging.faults import Faults
from staging.people import Person
from staging.scene import Scene
from staging.signing.certificates import Certificates
from staging.signing.organisations import Organisation
from staging.sites import sites
from staging.store import create_tables

LAI_CHAU = f"https://{hosts.LAI_CHAU}"
ACCOUNT = f"{LAI_CHAU}/dich-vu-cong/cong-dan"
TO_NATIONAL = f"{ACCOUNT}/dang-nhap/chuyen-huong/dvcqg"
PROVIDER = f"https://{hosts.NATIONAL_IDP}"
SMARTCA = f"https://{hosts.SMARTCA_APP}"
SIM = f"https://{hosts.SIM_PHONE}"
AGENT = f"https://{hosts.TOKEN_AGENT}"
REGISTRATION = f"https://{hosts.NATIONAL_REGISTRATION}"
OFFICIALS = f"https://{hosts.HUNG_YEN_OFFICIALS}"
NATIONAL = f"https://{hosts.NATIONAL}"
NewClient = Callable[[], httpx.Client]


class InProcess(httpx.AsyncBaseTransport):
    def __init__(self, apps: dict[str, ASGIApp], faults: Faults) -> None:
        self._ends = {host: httpx.ASGITransport(app) for host, app in apps.items()}
        self._faults = faults

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._faults.active("connection-refused", request.url.host):
            raise httpx.ConnectError("refused", request=request)
        return await self._ends[request.url.host].handle_async_request(request)


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


class WholeScene(Scene):
    """All sites in one process, calling each other as they would over the network."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        super().__init__(folder, data=data)
        self.apps = {site.host: site.app for site in sites(self)}
        self.in_process = InProcess(self.apps, self.faults)
        create_tables(self.engine)

    def transport(self) -> httpx.AsyncBaseTransport:
        # The portals ask while they are built; the inner transport is there when they first call.
        return _Later(self)

    def organisation(self, key: str) -> Organisation:
        found = self.shared(Certificates).organisations.by_key(key)
        assert found is not None
        return found

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def close(self) -> None:
        self.engine.dispose()
        self.lasting.dispose()


class _Later(httpx.AsyncBaseTransport):
    def __init__(self, scene: WholeScene) -> None:
        self._scene = scene

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._scene.in_process.handle_async_request(request)


class Representative:
    """Somebody at the business sign-in, doing what the page's script does."""

    def __init__(self, client: httpx.Client, begin: str = TO_NATIONAL) -> None:
        self.client = client
        page = client.get(begin, follow_redirects=True)
        self.key = parse_qs(urlsplit(str(page.url)).query)["sessionDataKey"][0]

    def ask(self, path: str, **fields: str) -> dict[str, str]:
        data = {"sessionDataKey": self.key, **fields}
        answer: dict[str, str] = self.client.post(f"{PROVIDER}/commonauth/{path}", data=data).json()
        return answer

    def goes_on(self, answer: dict[str, str]) -> None:
        if "redirect" in answer:
            self.client.get(httpx.URL(PROVIDER).join(answer["redirect"]), follow_redirects=True)

    def signed_in(self) -> bool:
        return self.client.get(ACCOUNT).status_code == 200


def confirm_in_smartca(
    who: Representative, phone: httpx.Client, organisation: Organisation
) -> None:
    """Asks for a signature with SmartCA and confirms it in the app."""
    begun = who.ask("smartca", user=organisation.tax_code)
    assert begun["waiting"]
    log_in = {"user": organisation.tax_code, "password": organisation.smartca_password}
    phone.post(f"{SMARTCA}/dang-nhap", data=log_in)
    request = phone.get(f"{SMARTCA}/cho-xac-nhan").json()[0]
    decision = {"decision": "confirm", "pin": organisation.smartca_pin}
    phone.post(f"{SMARTCA}/yeu-cau/{request}", data=decision)


def confirm_on_sim(who: Representative, phone: httpx.Client, organisation: Organisation) -> None:
    """Asks for a signature with the SIM and confirms it on the phone."""
    begun = who.ask("sim", phone=organisation.phone)
    assert begun["waiting"]
    phone.post(f"{SIM}/lap-sim", data={"phone": organisation.phone})
    request = phone.get(f"{SIM}/cho-xac-nhan").json()[0]
    phone.post(f"{SIM}/yeu-cau/{request}", data={"decision": "confirm"})
    decision = {"decision": "confirm", "pin": organisation.sim_pin}
    phone.post(f"{SIM}/yeu-cau/{request}/pin", data=decision)


def with_smartca(who: Representative, phone: httpx.Client, organisation: Organisation) -> dict:
    """Signs with SmartCA; what the sign-in page is told at the end."""
    confirm_in_smartca(who, phone, organisation)
    return who.ask("smartca/status")


def with_sim(who: Representative, phone: httpx.Client, organisation: Organisation) -> dict:
    """Signs with the SIM; what the sign-in page is told at the end."""
    confirm_on_sim(who, phone, organisation)
    return who.ask("sim/status")


class TokenPage:
    """A page's end of the plugin's WebSocket, and the person at the plugin's windows."""

    def __init__(self, scene: WholeScene, windows: httpx.Client) -> None:
        self._app = scene.apps[hosts.TOKEN_PLUGIN[0]]
        self._windows = windows

    @contextmanager
    def connected(self) -> Iterator["TokenPage"]:
        browser = TestClient(self._app, base_url="https://localhost:4433")
        headers = {"origin": PROVIDER}
        with browser.websocket_connect("/plugin", headers=headers) as self._socket:
            yield self

    def call(self, function: int, *args: str) -> None:
        asked = {"functionID": function, "funcCallback": "f", "args": args, "domain": "d"}
        self._socket.send_text(json.dumps(asked))

    def reply(self) -> str:
        text: str = self._socket.receive_text()
        assert text.endswith("*f")
        return text.removesuffix("*f")

    def window(self) -> str:
        """The address of the window that has come up; it opens in a thread of its own."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            if found := self._windows.get(f"{AGENT}/cua-so").json():
                return f"{AGENT}/cua-so/{found[0]}"
        raise AssertionError("no window has come up")

    def chooses(self, organisation: Organisation) -> dict[str, object]:
        self.call(0, "")
        window = self.window()
        pattern = rf'value="([0-9a-f]+)" required> <span><b>{organisation.name}</b>'
        serial = re.search(pattern, self._windows.get(window).text)[1]  # type: ignore[index]
        self._windows.post(window, data={"decision": "ok", "entered": serial})
        return json.loads(self.reply())  # type: ignore[no-any-return]

    def signs(self, challenge: bytes, serial: object, pin: str) -> dict[str, object]:
        self.call(9, base64.b64encode(hashlib.sha256(challenge).digest()).decode(), str(serial))
        self._windows.post(self.window(), data={"decision": "ok", "entered": pin})
        return json.loads(self.reply())  # type: ignore[no-any-return]


def with_usb(who: Representative, page: TokenPage, organisation: Organisation) -> dict:
    with page.connected():
        chosen = page.chooses(organisation)
        challenge = base64.b64decode(who.ask("usb/challenge")["challenge"])
        signed = page.signs(challenge, chosen["Serial"], organisation.token_pin)
    return who.ask("usb", certificate=str(chosen["Data"]), signature=str(signed["Data"]))


def sms_to(client: httpx.Client, phone: str) -> str:
    """The code in the last message to this number."""
    messages = client.get(f"https://{hosts.SMS}/messages", params={"to": phone}).json()
    return re.search(r"\d{6,8}", messages[-1]["text"])[0]  # type: ignore[index]


def through_vneid(client: httpx.Client, person: Person, page: httpx.Response) -> httpx.Response:
    """From VNeID's sign-in page on: password, code by SMS, whatever else is asked, back."""
    csrt = re.search(r'data-csrt="([^"]+)"', page.text)[1]  # type: ignore[index]
    actions = f"https://{hosts.VNEID}/login-actions"
    at = {"csrt": csrt}
    entered = {"username": person.identity, "password": person.password}
    client.post(f"{actions}/authenticate", params=at, data=entered)
    client.post(f"{actions}/change-mode", params=at, data={"resendOtp": "true", "mode": "sms"})
    code = {"otp": sms_to(client, person.phone)}
    answer = client.post(f"{actions}/otp", params=at, data=code).json()
    if answer.get("next") == "consent":
        client.post(f"{actions}/consent", params=at, data={"agreed": "true"})
        passcode = {"passcode": person.passcode}
        answer = client.post(f"{actions}/passcode", params=at, data=passcode).json()
    return client.get(answer["redirect"], follow_redirects=True)
