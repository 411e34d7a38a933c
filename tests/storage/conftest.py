"""A real encrypted database in a temporary directory for every test, copied from one that is founded once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.store import Store
from storage.transaction import Transaction
from tests.storage import people


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
