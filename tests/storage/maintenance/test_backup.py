"""Backups: whole, checked, and with nobody in them who was erased."""

import asyncio
import itertools
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.maintenance import backup
from storage.maintenance.backup import Progress
from storage.maintenance.backup_folder import BackupError
from storage.opening import open_store
from tests.storage.memberships import joined
from tests.storage.people import NOW, contents


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_a_backup_is_made_while_the_network_is_open_and_is_for_its_owner_alone(
    store: Store, folder: Path
) -> None:
    await joined(store, "Nour")
    made = await backup.make(store, folder, 3, NOW)
    await joined(store, "Salma")
    assert set(contents(folder)) == {"network-2026-03-02T140000Z.db", KEYRING_FILE}
    assert modes(folder) == {0o600}
    assert (made.network, made.copies) == ("network-2026-03-02T140000Z.db", 1)
    raw = b"".join(contents(folder).values())
    assert b"Nour" not in raw
    assert b"SQLite" not in raw


async def test_the_newest_copies_stay_and_one_keyring(store: Store, folder: Path) -> None:
    for hours in range(5):
        made = await backup.make(store, folder, 3, NOW + timedelta(hours=hours))
    assert made.copies == 3
    assert set(contents(folder)) == {f"network-2026-03-02T{hour}0000Z.db" for hour in (16, 17, 18)} | {KEYRING_FILE}


async def test_the_keyring_that_is_replaced_is_overwritten_first(store: Store, folder: Path, tmp_path: Path) -> None:
    await joined(store, "Salma")
    await backup.make(store, folder, 3, NOW)
    before = (folder / KEYRING_FILE).read_bytes()
    (tmp_path / "same").hardlink_to(folder / KEYRING_FILE)  # the blocks of the old file, seen after it is gone
    await backup.renew_keyring(store, folder)
    after = (tmp_path / "same").read_bytes()
    assert len(after) == len(before)
    assert not set(_blocks(after)) & set(_blocks(before))


def _blocks(data: bytes) -> list[bytes]:
    return [data[start : start + 16] for start in range(0, len(data), 16)]


async def test_the_folder_of_another_network_and_the_data_directory_are_refused(
    store: Store, directory: Path, folder: Path
) -> None:
    other = await open_store(folder, MasterKey(bytes(32)), create=True)
    await other.close()
    before = contents(folder)
    with pytest.raises(BackupError, match="foreign"):
        await backup.make(store, folder, 3, NOW)
    assert contents(folder) == before
    for inside in (directory, directory / "deeper"):
        inside.mkdir(exist_ok=True)
        with pytest.raises(BackupError, match="inside"):
            await backup.make(store, inside, 3, NOW)


async def test_a_copy_that_cannot_be_trusted_replaces_nothing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await backup.make(store, folder, 3, NOW)
    before = contents(folder)

    def spoilt(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[5000] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr("storage.engine.database.sync", spoilt)
    with pytest.raises(StoreError):
        await backup.make(store, folder, 3, NOW + timedelta(hours=1))
    assert contents(folder) == before


async def test_how_far_a_copy_is_is_told_from_the_size_of_its_file(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "LOOKS", 0.002)
    async with store.transaction() as tx:
        await tx.execute("PRAGMA cache_size = -256")  # so that SQLite writes as it goes, as for a large network
        await tx.execute("CREATE TABLE filling (content BLOB)")
        await tx.executemany("INSERT INTO filling VALUES (randomblob(?))", [(4000,)] * 5000)
    shown = list[Progress]()
    made = await backup.make(store, folder, 3, NOW, shown.append)
    stages = [stage for stage, _ in itertools.groupby(progress.stage for progress in shown)]
    assert (stages[0], stages[-1]) == ("network", "pruning")
    assert stages.index("network") < stages.index("checking") < stages.index("pruning")
    sizes = [progress.done for progress in shown if progress.stage == "network"]
    assert sizes == sorted(sizes)
    assert 0 < sizes[len(sizes) // 2] <= made.size
    assert max(progress.done for progress in shown) == made.size <= shown[0].total


async def test_a_backup_that_fails_leaves_nobody_looking_at_it(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shown = asyncio.all_tasks(), list[Progress]()

    async def fail(*_: object) -> int:
        await asyncio.sleep(0)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "copy_to", fail)
    with pytest.raises(OSError, match="No space left"):
        await backup.make(store, folder, 3, NOW, shown.append)
    assert [progress.stage for progress in shown] == ["network"]
    assert asyncio.all_tasks() == before
    assert contents(folder) == {}
