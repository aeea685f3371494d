"""The portals registered with the national provider, in the form Authlib asks about them."""

import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from authlib.oauth2.rfc6749 import ClientMixin  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from staging.scene import Scene


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]
    client_id: str
    secret: str
    name: str
    redirect_uri: str
    post_logout_redirect_uri: str
    backchannel_logout_uri: str
    accounts: Literal["portals", "own"] = "portals"
    id_token_signed_response_alg: str = "ES256"

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        return "openid" if "openid" in (scope or "").split() else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(client_secret.encode(), self.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


def load_clients(scene: Scene) -> dict[str, Client]:
    path = Path(__file__).with_name("clients.yaml")
    rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for province in scene.provinces:
        login = f"https://{province.host}/dich-vu-cong/cong-dan"
        rows[province.client_id] = {
            "name": f"Cổng dịch vụ công {province.name}",
            "redirect_uri": f"{login}/dang-nhap/dvcqg",
            "post_logout_redirect_uri": f"https://{province.host}/",
            "backchannel_logout_uri": f"{login}/dang-xuat/dvcqg",
        }
    return {
        client_id: Client(client_id, scene.secret(f"dvcqg-client:{client_id}"), **row)
        for client_id, row in rows.items()
    }
