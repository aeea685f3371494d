"""A visitor as the environment's file describes them."""

from datetime import UTC, datetime

import httpx
import pytest

from config.environments import Account
from config.strict import Mistake
from visitors.ask import Ask
from visitors.secret import Secrets
from visitors.sms_inbox import SmsInbox
from visitors.totp import Totp
from visitors.visitor import visitor


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def made(secrets):
    with httpx.Client() as client:

        def make(codes=None, **more):
            account = Account.model_validate(
                {"account": "000100000001", "password": "planted", "codes": codes or {}, **more}
            )
            return visitor("citizen", account, client=client, clock=Now(), secrets=secrets)

        yield make


def test_every_secret_of_theirs_is_remembered(made, secrets):
    made(passcode="246810")
    assert secrets.values() == {"000100000001", "planted", "246810"}


def test_they_show_none_of_them(made):
    assert "planted" not in repr(made())


def test_each_way_of_delivery_has_its_source(made):
    codes = {
        "sms": {"source": "sms_inbox", "inbox": "https://sms.example"},
        "app": {"source": "totp", "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"},
    }
    found = made(codes, phone="0900000001").codes
    assert (type(found["sms"]), type(found["app"])) == (SmsInbox, Totp)


def test_a_person_can_be_asked(made):
    assert isinstance(made({"sms": {"source": "ask"}}).codes["sms"], Ask)


@pytest.mark.parametrize(
    ("codes", "lacking"),
    [
        ({"app": {"source": "totp"}}, "totp needs a `secret`"),
        ({"sms": {"source": "sms_inbox"}}, "sms_inbox needs an `inbox`"),
    ],
)
def test_a_source_that_lacks_something_is_one_sentence(made, codes, lacking):
    with pytest.raises(Mistake, match=lacking):
        made(codes)


def test_pins_are_remembered_and_words_of_a_form_are_not(made, secrets):
    who = made(pins={"sim": "1357"}, details={"gender": "Nam"})
    assert who.pins["sim"].reveal() in secrets.values()
    assert who.details["gender"].reveal() == "Nam" and "Nam" not in secrets.values()
