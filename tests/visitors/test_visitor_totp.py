"""Computed codes: taken after any wait, no window used twice."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from visitors.codes import Unusable
from visitors.secret import Secret, Secrets
from visitors.totp import Totp, Windows

SHARED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B, for SHA-1


class Portals:
    """A clock that moves only when somebody waits."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.waited: list[float] = []

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.seconds += seconds


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def source(tmp_path, secrets):
    """A source at a moment; several share the windows they have used."""

    def at(portals: Portals, within: float = 60) -> Totp:
        shared = Secret("totp secret", SHARED)
        return Totp(shared, portals, secrets, Windows(tmp_path), within, portals.wait)

    return at


def code_of(totp: Totp) -> str:
    return totp.code(totp.request_mark()).code.reveal()


@pytest.mark.parametrize(
    ("seconds", "code"), [(59 - 10, "287082"), (1111111109 - 9, "081804"), (2000000000, "279037")]
)
def test_codes_are_those_of_the_standard(source, seconds, code):
    assert code_of(source(Portals(seconds))) == code


def test_with_little_of_the_window_left_it_waits_for_the_next(source):
    portals = Portals(3028)
    assert code_of(source(portals)) == pyotp.TOTP(SHARED).at(3030)
    assert portals.waited == [2]


def test_with_enough_left_it_does_not_wait(source):
    portals = Portals(3025)
    code_of(source(portals))
    assert portals.waited == []


def test_no_window_is_used_twice(source):
    portals = Portals(3000)
    totp = source(portals)
    assert code_of(totp) == pyotp.TOTP(SHARED).at(3000)
    assert code_of(totp) == pyotp.TOTP(SHARED).at(3030)


def test_nor_by_another_who_shares_the_account(source):
    portals = Portals(3000)
    assert code_of(source(portals)) != code_of(source(portals))


def test_it_gives_up_when_no_window_comes_in_time(source):
    portals = Portals(3000)
    code_of(source(portals))
    with pytest.raises(Unusable, match="no unused window"):
        code_of(source(portals, within=10))


def test_the_bag_remembers_the_codes(source, secrets):
    assert code_of(source(Portals(3000))) in secrets.values()


def test_it_says_how_many_digits_and_how_long_it_took(source):
    portals = Portals(3028)
    totp = source(portals)
    received = totp.code(totp.request_mark())
    assert (received.digits, received.seconds, received.text) == (6, 2, None)


def test_old_windows_are_swept_away(tmp_path):
    windows, shared = Windows(tmp_path), Secret("totp secret", SHARED)
    windows.take(shared, 1)
    windows.take(shared, 100)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_noted_of_a_window_does_not_hold_the_secret(tmp_path):
    Windows(tmp_path).take(Secret("totp secret", SHARED), 1)
    assert all(SHARED not in found.name for found in tmp_path.iterdir())


@pytest.mark.parametrize("bad", ["JBSWY3DPEHPK3PXP", "not base32!", "1"])
def test_a_bad_secret_is_one_sentence_that_does_not_show_it(bad, tmp_path, secrets):
    with pytest.raises(Unusable, match="not base32 of at least 112 bits") as refused:
        Totp(Secret("totp secret", bad), Portals(0), secrets, Windows(tmp_path))
    assert bad not in str(refused.value).split()


def test_moving_the_portals_clock_moves_the_code(source):
    portals = Portals(3000)
    totp = source(portals)
    first = code_of(totp)
    portals.seconds += timedelta(hours=1).total_seconds()
    assert code_of(totp) != first
    assert portals.waited == []
