"""The portals registered with the national provider."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from staging.openid.clients import RegisteredClient, row_of
from staging.scene import Scene


@dataclass(frozen=True)
class Client(RegisteredClient):
    accounts: Literal["portals", "own"] = "portals"


def load_clients(scene: Scene) -> dict[str, Client]:
    path = Path(__file__).with_name("clients.yaml")
    return Client.load(path, scene, "dvcqg-client", lambda province: row_of(province, "dvcqg"))
