"""An authorization code: what was asked for with it. Whose it is, each provider adds."""

from sqlalchemy.orm import Mapped, mapped_column


class IssuedCode:
    code: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    scope: Mapped[str]
    nonce: Mapped[str] = mapped_column(index=True)
    code_challenge: Mapped[str]
    code_challenge_method: Mapped[str]
    issued: Mapped[float]

    # The names Authlib asks by.
    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None
