"""A store of one's own, checks by the handful, and a clock that only tests move."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from monitor_scene import CHANNELS, JOURNEYS, Hand, check

from config.monitor import Monitor
from monitoring.keeping import Keeper
from monitoring.store import Store


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def monitor() -> Monitor:
    return Monitor(environment="embedded", channels=CHANNELS)


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """SQLite, unless `make prove` runs the same tests on PostgreSQL."""
    return os.environ.get("GUIDEWATCH_TEST_STORE", "")


@pytest.fixture
def store(store_url: str, tmp_path) -> Iterator[Store]:
    url = store_url or f"sqlite:///{tmp_path}/monitor.sqlite"
    made = Store(url, durable=False)  # nobody pulls the plug here; `make prove` kills for real
    if store_url:
        from monitoring.tables import metadata

        metadata.drop_all(made.engine)
        with made.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def keeper(store: Store, monitor: Monitor, clock: Hand) -> Keeper:
    made = Keeper(store, monitor, dict.fromkeys(JOURNEYS, "Công dân đăng nhập"))
    made.watch(clock(), JOURNEYS)
    return made


@pytest.fixture
def rounds(keeper: Keeper, clock: Hand) -> Callable[..., None]:
    """Rounds over all portals, five minutes apart; `cause` for all of them."""
    from monitoring.state import Tick

    count = 0

    def go(times: int = 1, cause: str = "ok", every: float = 300.0) -> None:
        nonlocal count
        for _ in range(times):
            count += 1
            at = clock.move(every)
            keeper.take([check(f"run-{count}", name, at, cause) for name in JOURNEYS])
            keeper.hear(Tick(at, gathered=True))

    return go
