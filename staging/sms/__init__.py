"""The SMS inbox of all invented people's telephones."""

from staging.sms.inbox import site
from staging.sms.messages import send

__all__ = ["send", "site"]
