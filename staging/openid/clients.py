"""A portal registered with a provider, in the form Authlib asks about it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from authlib.oauth2.rfc6749 import ClientMixin  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from staging.scene import Scene

if TYPE_CHECKING:
    from staging.portals.igate.provinces import Province


@dataclass(frozen=True)
class RegisteredClient(ClientMixin):  # type: ignore[misc]
    scopes: ClassVar[tuple[str, ...]] = ("openid",)

    client_id: str
    secret: str
    name: str
    redirect_uri: str
    post_logout_redirect_uri: str
    backchannel_logout_uri: str
    id_token_signed_response_alg: str = field(default="ES256", kw_only=True)

    @classmethod
    def load(
        cls, path: Path, scene: Scene, secret: str, of_province: Callable[["Province"], Any]
    ) -> dict[str, Self]:
        """Those of a file, and the provinces beside it; `secret` names the purpose of theirs."""
        rows: dict[str, dict[str, Any]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        rows |= {province.client_id: of_province(province) for province in scene.provinces}
        return {
            client_id: cls(client_id, scene.secret(f"{secret}:{client_id}"), **row)
            for client_id, row in rows.items()
        }

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(word for word in (scope or "").split() if word in self.scopes)

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


def row_of(province: "Province", way: str) -> dict[str, str]:
    """What a provider knows of a province; `way` is how the province calls the provider."""
    login = f"https://{province.host}/dich-vu-cong/cong-dan"
    return {
        "name": f"Cổng dịch vụ công {province.name}",
        "redirect_uri": f"{login}/dang-nhap/{way}",
        "post_logout_redirect_uri": f"https://{province.host}/",
        "backchannel_logout_uri": f"{login}/dang-xuat/{way}",
    }
