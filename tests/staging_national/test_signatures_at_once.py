"""A signature lets in once, whatever else is asked while the provider waits for it."""

import asyncio

import httpx
import pytest
from national_visitors import PROVIDER, confirm_in_smartca, confirm_on_sim

from staging.national.identity_provider.remote_signing import RemoteSigning

STALE = {"redirect": "/authenticationendpoint/retry.do"}
CONFIRM = {"smartca": confirm_in_smartca, "sim": confirm_on_sim}


@pytest.fixture(params=list(CONFIRM))
def way(request):
    return request.param


@pytest.fixture
def signed(way, representative, new_client, scene):
    """The organisation has confirmed the signature; the sign-in page has not asked for it yet."""
    CONFIRM[way](representative, new_client(), scene.organisation("mot"))


@pytest.fixture
def while_polling(monkeypatch, way):
    """Lets something happen when the signature is there and the provider has not seen it yet."""

    def let(happen):
        signature = getattr(RemoteSigning, f"{way}_signature")

        async def after_it_happened(remote, transaction):
            found = await signature(remote, transaction)
            await happen()
            return found

        monkeypatch.setattr(RemoteSigning, f"{way}_signature", after_it_happened)

    return let


@pytest.fixture
def ask(scene, representative):
    """Asks as the sign-in page does, for code that awaits."""

    async def told(path):
        cookies = representative.client.cookies
        async with httpx.AsyncClient(transport=scene.in_process, cookies=cookies) as http:
            asked = {"sessionDataKey": representative.key}
            return (await http.post(f"{PROVIDER}/commonauth/{path}", data=asked)).json()

    return told


async def at_once(*asked):
    return await asyncio.gather(*asked)


@pytest.mark.usefixtures("signed")
def test_of_two_polls_at_once_one_gets_a_code(way, while_polling, ask, runner):
    while_polling(asyncio.Barrier(2).wait)
    answers = runner.run(at_once(ask(f"{way}/status"), ask(f"{way}/status")))
    let_in, late = sorted(answers, key=STALE.__eq__)
    assert "code=" in let_in["redirect"] and late == STALE


@pytest.mark.usefixtures("signed")
def test_a_newer_challenge_voids_the_signature_that_is_just_being_fetched(
    way, while_polling, ask, representative
):
    while_polling(lambda: ask("usb/challenge"))
    assert representative.ask(f"{way}/status") == STALE and not representative.signed_in()
