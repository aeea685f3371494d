"""The portals registered with VNeID."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from staging.editions import PUBLISHED
from staging.openid.clients import RegisteredClient, row_of
from staging.scene import Scene

PhoneFlow = Literal["confirm-and-passcode", "confirm-and-notice", "notice-and-log-out"]


@dataclass(frozen=True)
class Client(RegisteredClient):
    scopes: ClassVar[tuple[str, ...]] = ("openid", "profile", "phone")

    phone: PhoneFlow

    def phone_flow(self, edition: str) -> PhoneFlow:
        return self.phone if edition == PUBLISHED else "confirm-and-passcode"

    @property
    def client_metadata(self) -> dict[str, Any]:
        return {"post_logout_redirect_uris": [self.post_logout_redirect_uri]}


def load_clients(scene: Scene) -> dict[str, Client]:
    path = Path(__file__).with_name("clients.yaml")
    more = {"phone": "confirm-and-passcode"}
    return Client.load(path, scene, "client", lambda province: row_of(province, "vneid") | more)
