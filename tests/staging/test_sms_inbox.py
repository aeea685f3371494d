"""Messages arrive, are lost, or are late."""

import httpx
from staging_visitors import LocalScene, NewClient

from staging import hosts, sms

INBOX = f"https://{hosts.SMS}/messages"


def inbox(client: httpx.Client, **wanted: str | int) -> list[str]:
    return [message["text"] for message in client.get(INBOX, params=wanted).json()]


def test_a_message_is_in_the_inbox_of_its_phone_only(
    scene: LocalScene, new_client: NewClient
) -> None:
    sms.send(scene, "0900000001", "một")
    assert inbox(new_client(), to="0900000001") == ["một"]
    assert inbox(new_client(), to="0900000002") == []


def test_after_a_message_only_newer_ones_are_given(
    scene: LocalScene, new_client: NewClient
) -> None:
    sms.send(scene, "0900000001", "một")
    first = new_client().get(INBOX).json()[0]
    sms.send(scene, "0900000001", "hai")
    assert inbox(new_client(), after=first["id"]) == ["hai"]


def test_a_message_to_a_phone_that_loses_them_never_arrives(
    scene: LocalScene, new_client: NewClient
) -> None:
    sms.send(scene, "0900000014", "một")
    scene.clock.advance(86_400)
    assert inbox(new_client()) == []


def test_a_late_message_arrives_after_twenty_seconds_and_is_not_missed(
    scene: LocalScene, new_client: NewClient
) -> None:
    sms.send(scene, "0900000015", "trễ")
    sms.send(scene, "0900000001", "đúng giờ")
    seen = new_client().get(INBOX).json()
    assert [message["text"] for message in seen] == ["đúng giờ"]
    scene.clock.advance(20)
    assert inbox(new_client(), after=seen[-1]["id"]) == ["trễ"]


def test_the_fault_loses_every_message(scene: LocalScene, new_client: NewClient) -> None:
    scene.faults.set("sms-lost", {})
    sms.send(scene, "0900000001", "một")
    assert inbox(new_client()) == []


def test_the_fault_delays_every_message(scene: LocalScene, new_client: NewClient) -> None:
    scene.faults.set("sms-late", {"seconds": 90})
    sms.send(scene, "0900000001", "một")
    scene.clock.advance(89)
    assert inbox(new_client()) == []
    scene.clock.advance(1)
    assert inbox(new_client()) == ["một"]


def test_a_person_can_read_the_inbox(scene: LocalScene, new_client: NewClient) -> None:
    sms.send(scene, "0900000001", "mã của bạn")
    assert "mã của bạn" in new_client().get(f"https://{hosts.SMS}/").text
