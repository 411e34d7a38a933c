"""Networks that several storage tests begin from."""

from pathlib import Path

import pytest

from storage.crypto import key_slots
from storage.files import SLOT_FILE
from storage.records import audit, posts, topics
from tests.storage.audit_entries import ENTRIES, record
from tests.storage.people import NOW, enter, found, opened
from tests.storage.rotations import SOURCE, TODAY, Net


@pytest.fixture
async def written(directory: Path) -> Path:
    """The directory of a network with some entries, closed, and opened once more so that both heads are there."""
    async with opened(directory) as store:
        await record(store, ENTRIES)
    async with opened(directory):
        pass
    return directory


@pytest.fixture
async def net(tmp_path: Path) -> Net:
    data, copies = tmp_path / "data", tmp_path / "copies"
    data.mkdir()
    copies.mkdir()
    master = key_slots.create(data / SLOT_FILE, SOURCE, today=TODAY)
    await found(data, master)
    async with opened(data, master=master) as store, store.transaction() as tx:
        nour, salma = await enter(tx, "Nour"), await enter(tx, "Salma")
        topic = await topics.create(tx, "Detention", "", nour.id, NOW)
        await posts.write(tx, nour, topic.id, "what she wrote", None, NOW)
        await audit.record(tx, "approved", nour.id, salma.id, NOW)
    return Net(data, copies, master)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path
