"""One scene for all tests of a worker, reset before each."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx
import pytest
from national_visitors import (
    NewClient,
    Representative,
    TokenPage,
    Waiting,
    WholeScene,
    with_sim,
    with_smartca,
    with_usb,
)


@pytest.fixture(scope="session")
def whole_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeScene]:
    scene = WholeScene(tmp_path_factory.mktemp("staging"))
    yield scene
    scene.close()


@pytest.fixture
def scene(whole_scene: WholeScene) -> WholeScene:
    whole_scene.reset()
    return whole_scene


class RunnerAside:
    """An event loop on a thread of its own: where a browser has been used, this one has a loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._runner.run, coroutine).result()

    def close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


@pytest.fixture(scope="session")
def runner() -> Iterator[RunnerAside]:
    with closing(RunnerAside()) as runner:
        yield runner


@pytest.fixture
def new_client(scene: WholeScene, runner: RunnerAside) -> NewClient:
    """Makes browsers, each with cookies of its own."""
    return lambda: httpx.Client(transport=Waiting(runner, scene.in_process))


@pytest.fixture
def client(new_client: NewClient) -> httpx.Client:
    return new_client()


@pytest.fixture
def representative(client: httpx.Client) -> Representative:
    """At the choice of account kind, coming from Lai Châu."""
    return Representative(client)


@pytest.fixture
def token_page(scene: WholeScene, new_client: NewClient) -> TokenPage:
    return TokenPage(scene, new_client())


@pytest.fixture
def sign(representative, token_page, new_client, scene):
    """Signs in one of the three ways, as an organisation; what the sign-in page is told."""

    def in_this_way(way, key):
        organisation = scene.organisation(key)
        if way == "usb":
            return with_usb(representative, token_page, organisation)
        remote = with_smartca if way == "smartca" else with_sim
        return remote(representative, new_client(), organisation)

    return in_this_way
