"""What tests share: the stage and the cast of the flows, and a real encrypted database, founded once and copied."""

import logging
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
import structlog

from bot.demo.snapshot import Kept
from bot.demo.stage import Stage
from sandbox.telegram.clock import Clock
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from tests.cast import HOSTS, Cast, Joined
from tests.storage import people

# Timings belong in bench/; a machine that is busy with other things must fail no property.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday, and day in every zone of the cast


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than cores, since tests also wait: for a clock, a disk, a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def quiet() -> None:
    """A failing test shows the story of its chat; what the program logged besides would bury it."""
    _errors_only()


def _errors_only() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def joined(tmp_path_factory: pytest.TempPathFactory) -> Joined:
    """Played once in each process that runs tests, for it takes longer than most of what they go on to tell."""
    _errors_only()
    async with new_stage(tmp_path_factory.mktemp("played"), None) as stage:
        cast = await Cast.on(stage)
        return Joined(cast, await stage.keep(tmp_path_factory.mktemp("kept")))


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Kept | None:
    """What the network of this test begins from: where the test asks for the cast, they have joined before."""
    if "cast" not in request.fixturenames:
        return None
    joined: Joined = request.getfixturevalue("joined")
    return joined.kept


@pytest.fixture
async def stage(tmp_path: Path, kept: Kept | None) -> AsyncIterator[Stage]:
    async with new_stage(tmp_path, kept) as stage:
        yield stage


@pytest.fixture
def cast(joined: Joined, stage: Stage) -> Cast:
    return joined.cast.again(stage)


def new_stage(folder: Path, kept: Kept | None) -> Stage:
    """A stage on the afternoon of every test: with the network that was kept, or a new one."""
    if kept is not None:
        return Stage(folder, kept=kept)
    return Stage(folder, hosts=HOSTS, clock=Clock(AFTERNOON))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("founded")
    await people.found(directory)
    return directory


@pytest.fixture
def directory(founded: Path, tmp_path: Path) -> Path:
    """The data directory of a network that nobody is in yet, closed."""
    return people.copy(founded, tmp_path / "data")


@pytest.fixture
async def store(directory: Path) -> AsyncIterator[Store]:
    async with people.opened(directory) as store:
        yield store


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[Transaction]:
    """A transaction around a whole test, for what needs no more than one."""
    async with store.transaction() as tx:
        yield tx
