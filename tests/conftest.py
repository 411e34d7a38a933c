"""Fixtures of all tests: the stage and the cast of the flows, and an encrypted database, created once and copied."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
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
from tests.storage import people
from tests.support.cast import HOSTS, Cast, Joined
from tests.support.literal_markup import LiteralMarkup

# Timings belong in bench/: no property may fail because the machine is busy.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")
AFTERNOON = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday, and day in every zone of the cast


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores, since tests also wait: for a clock, a disk, a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def log_errors_only() -> None:
    """Suppresses the log below ERROR: a failing test prints the chat, which the log would bury."""
    _set_level_error()


@pytest.fixture(autouse=True)
def literal_markup(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiteralMarkup]:
    """No screen of any test shows markup to its reader, except where somebody in the test has typed it."""
    literal = LiteralMarkup(monkeypatch)
    yield literal
    if request.node.get_closest_marker("typed_markup") is None:
        assert literal.found == []


def _set_level_error() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def joined(tmp_path_factory: pytest.TempPathFactory) -> Joined:
    """The cast joins once in each test process, because that takes longer than most tests; each test gets a copy."""
    _set_level_error()
    async with new_stage(tmp_path_factory.mktemp("played"), None) as stage:
        cast = await Cast.on(stage)
        return Joined(cast, await stage.keep(tmp_path_factory.mktemp("kept")))


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Kept | None:
    """The stored network from which the stage of this test starts: the one with the cast, if the test requests it."""
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
    """A stage that starts at `AFTERNOON`, with a stored network or a new one."""
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
    """The data directory of a network without members; no database is open."""
    return people.copy(founded, tmp_path / "data")


@pytest.fixture
async def store(directory: Path) -> AsyncIterator[Store]:
    async with people.opened(directory) as store:
        yield store


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[Transaction]:
    """One transaction around the whole test."""
    async with store.transaction() as tx:
        yield tx
