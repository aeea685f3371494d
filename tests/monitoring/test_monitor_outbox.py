"""The outbox: committed before it is tried, retried until sent, marked after."""

import pytest
from monitor_receivers import webhook
from sqlalchemy import select

from config.monitor import Alerts, Channel
from config.strict import Mistake
from monitoring import outbox, tables
from monitoring.channels import Channels
from monitoring.outbox import Unsent
from monitoring.telling import Message

ALERTS = Alerts()


@pytest.fixture
def posted(store, clock):
    with store.turn() as (connection, _):
        for number, channel in enumerate(("mail", "hook", "mail")):
            said = Message(f"letter {number}", "body", "failure")
            outbox.post(store, connection, f"key-{number}", channel, said, clock())


def deliver(store, send, clock):
    return outbox.deliver(store, send, ALERTS, clock, "me")


def state(store):
    with store.reading() as connection:
        asked = select(tables.outbox.c.attempts, tables.outbox.c.sent).order_by(tables.outbox.c.id)
        return [(row.attempts, row.sent is not None) for row in connection.execute(asked)]


def refuse(*channels):
    def send(letter):
        if letter.channel in channels:
            raise Unsent("503")

    return send


def test_what_is_due_is_sent_and_marked(store, posted, clock):
    assert deliver(store, refuse(), clock) == 3
    assert deliver(store, refuse(), clock) == 0


def test_the_same_key_is_posted_once(store, posted, clock):
    with store.turn() as (connection, _):
        outbox.post(store, connection, "key-0", "mail", Message("a", "b", "info"), clock())
    assert len(state(store)) == 3


def test_a_channel_that_is_down_holds_up_no_other(store, posted, clock):
    assert deliver(store, refuse("mail"), clock) == 1
    assert state(store) == [(1, False), (1, True), (0, False)]


def test_a_channel_down_for_an_hour_gets_everything_afterwards_once(store, posted, clock):
    tries = 0
    for _ in range(360):
        clock.move(10)
        deliver(store, refuse("mail"), clock)
    tries = state(store)[0][0]
    assert 5 <= tries <= 12  # backed off: 10 s, 20 s, … 15 minutes
    clock.move(ALERTS.retry_at_most)
    assert deliver(store, refuse(), clock) == 2
    assert all(sent for _, sent in state(store))


def test_a_clock_set_back_an_hour_does_not_hold_letters_back(store, posted, clock):
    clock.move(-3600)
    assert deliver(store, refuse(), clock) == 3


def test_a_letter_that_another_sender_holds_is_left_to_it(store, posted, clock):
    first = outbox.claim(store, ALERTS, clock(), "first")
    second = outbox.claim(store, ALERTS, clock(), "second")
    assert (first.key, second.key) == ("key-0", "key-1")


def test_a_sender_that_died_loses_its_claim_in_time(store, posted, clock):
    outbox.claim(store, ALERTS, clock(), "dead")
    clock.move(outbox.CLAIM + 1)
    assert outbox.claim(store, ALERTS, clock(), "alive").key == "key-0"


def test_a_crash_between_sending_and_marking_sends_again_under_the_same_reference(
    store, posted, clock
):
    came = []

    def crash(letter):
        came.append(letter.key)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(store, crash, clock)
    clock.move(outbox.CLAIM + 1)
    deliver(store, lambda letter: came.append(letter.key), clock)
    assert came.count("key-0") == 2 and set(came) == {"key-0", "key-1", "key-2"}


def test_a_real_webhook_gets_text_and_reference(store, posted, clock):
    with webhook() as (address, inbox):
        channels = Channels(
            [
                Channel(channel=name, tells=("duty",), url=f"json://{address}/")
                for name in ("mail", "hook")
            ]
        )
        deliver(store, channels.send, clock)
    assert [one["key"] for one in inbox.all] == ["key-0", "key-1", "key-2"]
    assert inbox.all[0]["title"] == "letter 0"


def test_a_webhook_that_refuses_is_a_reason_without_its_address(store, posted, clock):
    with webhook() as (address, inbox):
        inbox.refuse = True
        url = f"json://user:secret@{address}/"
        channels = Channels(
            [Channel(channel=n, tells=("duty",), url=url) for n in ("mail", "hook")]
        )
        deliver(store, channels.send, clock)
    with store.reading() as connection:
        said = (
            connection.execute(select(tables.outbox.c.said).order_by(tables.outbox.c.id))
            .scalars()
            .first()
        )
    assert said.startswith("the channel did not take it") and "secret" not in said


def test_an_address_of_no_known_kind_is_a_mistake():
    with pytest.raises(Mistake, match="channel “x”: its address is of no kind"):
        Channels([Channel(channel="x", tells=("duty",), url="nonsense")])
