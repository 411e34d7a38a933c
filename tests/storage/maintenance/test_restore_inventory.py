"""What is read of the live files and of a copy before a restore; and which of two keyrings is taken."""

import shutil
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.maintenance import restore_inventory
from storage.maintenance.restore_inventory import Inventory
from tests.storage.memberships import joined
from tests.storage.people import MASTER, copy, opened


async def test_a_copy_holds_the_ids_of_its_members(directory: Path) -> None:
    async with opened(directory) as store:
        nour = await joined(store, "Nour")
    found = await restore_inventory.of_copy(directory / NETWORK_FILE, MASTER)
    assert found == Inventory(frozenset({nour.id}), frozenset())
    with pytest.raises(StoreError, match="wrong-key"):
        await restore_inventory.of_copy(directory / NETWORK_FILE, MasterKey(bytes(32)))


async def test_the_live_keyring_is_taken_where_it_is_no_older(directory: Path, tmp_path: Path) -> None:
    scratch = copy(directory, tmp_path / "scratch")
    async with opened(directory):
        pass  # its generation is higher now, by one at the start and one at the stop
    newer = await restore_inventory.generation(directory / KEYRING_FILE, MASTER)
    assert await restore_inventory.generation(scratch / KEYRING_FILE, MASTER) == newer - 2
    assert (await restore_inventory.take_live(directory, scratch, MASTER))[1]
    assert await restore_inventory.generation(scratch / KEYRING_FILE, MASTER) == newer
    assert await restore_inventory.newest_generation(tmp_path, scratch, MASTER) == newer


async def test_an_older_live_keyring_is_left(directory: Path, tmp_path: Path) -> None:
    older = copy(directory, tmp_path / "older")
    async with opened(directory):
        pass
    before = (directory / KEYRING_FILE).read_bytes()
    assert await restore_inventory.take_live(older, directory, MASTER) == (Inventory(frozenset(), frozenset()), False)
    assert (directory / KEYRING_FILE).read_bytes() == before


async def test_live_files_that_do_not_open_are_no_obstacle(directory: Path, tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    shutil.copyfile(directory / NETWORK_FILE, live / KEYRING_FILE)  # under the key of another file
    assert await restore_inventory.take_live(live, directory, MASTER) == (None, False)


async def test_a_damaged_copy_of_the_keyring_is_refused(directory: Path) -> None:
    path = directory / KEYRING_FILE
    await restore_inventory.check_keyring(path, MASTER)
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        await restore_inventory.check_keyring(path, MASTER)
