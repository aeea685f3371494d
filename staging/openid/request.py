"""A request in the form Authlib reads, made from a query string or a form."""

from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request  # type: ignore[import-untyped]


class _Payload(OAuth2Payload):  # type: ignore[misc]
    def __init__(self, encoded: str) -> None:
        self._lists: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in parse_qsl(encoded, keep_blank_values=True):
            self._lists[name].append(value)

    @property
    def data(self) -> dict[str, str]:
        return {name: values[0] for name, values in self._lists.items()}

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return self._lists


class OAuthRequest(OAuth2Request):  # type: ignore[misc]
    def __init__(self, method: str, uri: str, encoded: str, headers: Mapping[str, str]) -> None:
        super().__init__(method, uri, headers=headers)
        self.payload = _Payload(encoded)

    @property
    def args(self) -> dict[str, str]:
        return dict(self.payload.data) if self.method == "GET" else {}

    @property
    def form(self) -> dict[str, str]:
        return dict(self.payload.data) if self.method == "POST" else {}
