"""The way back from a backup: tried out first, undone where it is interrupted, and without anybody who was erased."""

import shutil
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import ASIDE, KEYRING_FILE, NETWORK_FILE
from storage.maintenance import backup, backup_folder, restore
from storage.maintenance.backup_folder import BackupError
from storage.opening import open_store
from storage.records import hosts, inbox, outbox, posts, topics
from storage.records.hosts import Host
from storage.records.people import members
from tests.faults.older_schema import HOST_KEYS, downgrade
from tests.storage.memberships import erase, joined
from tests.storage.people import HOSTS, MASTER, NOW, contents, copy, found, keys_in, opened, telegram_id


async def names(directory: Path) -> list[str]:
    async with opened(directory) as store, store.transaction() as tx:
        return sorted(str(member.name) for member in await members.everyone(tx))


async def restored(directory: Path, folder: Path) -> restore.RestoreReport:
    outcome = await restore.try_out(directory, folder, MASTER, NOW)
    await restore.put_in_place(directory, MASTER)
    return outcome


async def test_after_the_disk_is_gone_the_backup_alone_brings_everybody_back(
    directory: Path, folder: Path, tmp_path: Path
) -> None:
    async with opened(directory) as store:
        for name in ("Nour", "Salma"):
            await joined(store, name)
        await backup.make(store, folder, 3, NOW)
    outcome = await restored(tmp_path / "new", folder)
    assert await names(tmp_path / "new") == ["Nour", "Salma"]
    assert (outcome.members, outcome.members_lost, outcome.live_keyring) == (2, None, False)


async def test_whoever_was_erased_since_is_erased_again_and_what_came_since_is_counted(
    directory: Path, folder: Path
) -> None:
    async with opened(directory) as store:
        salma, nour = await joined(store, "Salma"), await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
        await erase(store, salma)
        await joined(store, "Rania")
        async with store.transaction() as tx:
            topic = await topics.create(tx, "Detention", "", nour.id, NOW)
            await posts.write(tx, nour, topic.id, "words", None, NOW)
    outcome = await restored(directory, folder)
    assert (outcome.members, outcome.erased_again, outcome.members_lost, outcome.posts_lost) == (1, 1, 1, 1)
    assert outcome.live_keyring
    assert await names(directory) == ["Nour"]
    assert set(await keys_in(directory)) == {nour.key_id}
    assert set(contents(directory)) == {"halqa.generation", KEYRING_FILE, NETWORK_FILE}


async def test_a_trial_changes_nothing(directory: Path, folder: Path) -> None:
    async with opened(directory) as store:
        await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
    before = contents(directory)
    await restore.try_out(directory, folder, MASTER, NOW)
    restore.give_up(directory)
    assert contents(directory) == before


async def test_what_was_pending_then_does_not_happen_again(directory: Path, folder: Path) -> None:
    async with opened(directory) as store:
        nour = await joined(store, "Nour")
        async with store.transaction() as tx:
            await inbox.add(tx, 5, telegram_id("Nour"), {"text": "words"}, NOW)
            await outbox.put(tx, nour.id, "digest", due=NOW, now=NOW)
        await backup.make(store, folder, 3, NOW)
    outcome = await restored(directory, folder)
    assert (outcome.dropped.updates, outcome.dropped.messages) == (1, 1)
    async with opened(directory) as store, store.transaction() as tx:
        assert not await inbox.next_pending(tx, [], 9, 9)
        assert not await outbox.claim(tx, NOW, 9)
        assert not await inbox.add(tx, 5, telegram_id("Nour"), {"text": "words"}, NOW)  # it is known again


async def test_a_backup_without_a_keyring_or_with_a_damaged_copy_is_refused(directory: Path, folder: Path) -> None:
    async with opened(directory) as store:
        await backup.make(store, folder, 3, NOW)
    before = contents(directory)
    [(_, path)] = backup_folder.copies(folder)
    data = bytearray(path.read_bytes())
    data[9000] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError):
        await restore.try_out(directory, folder, MASTER, NOW)
    restore.give_up(directory)
    (folder / KEYRING_FILE).unlink()
    with pytest.raises(BackupError, match="no-keyring"):
        await restore.try_out(directory, folder, MASTER, NOW)
    assert contents(directory) == before


async def test_a_running_network_is_not_replaced(store: Store, directory: Path, folder: Path) -> None:
    await backup.make(store, folder, 3, NOW)
    with pytest.raises(StoreError, match="in-use"):
        await restore.try_out(directory, folder, MASTER, NOW)


async def test_a_restore_that_was_interrupted_anywhere_is_taken_back_by_the_next(
    directory: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(directory) as store:
        await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
        await joined(store, "Salma")
    await restore.try_out(directory, folder, MASTER, NOW)
    shots: list[Path] = []
    replace = Path.replace

    def watched(path: Path, to: Path) -> Path:
        moved = replace(path, to)
        shots.append(copy(directory, tmp_path / f"shot{len(shots)}"))
        return moved

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", watched)
        await restore.put_in_place(directory, MASTER)
    assert len(shots) >= 6
    for shot in shots:
        assert (shot / ASIDE).is_dir()
        with pytest.raises(StoreError, match="restoring"):
            await open_store(shot, MASTER)
        restore.put_back(shot)
        restore.give_up(shot)
        assert await names(shot) == ["Nour", "Salma"]
    assert await names(directory) == ["Nour"]


async def test_new_files_that_do_not_open_give_way_to_the_old_ones(directory: Path, folder: Path) -> None:
    async with opened(directory) as store:
        await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
    await restore.try_out(directory, folder, MASTER, NOW)
    shutil.copyfile(directory / KEYRING_FILE, directory / restore.SCRATCH / NETWORK_FILE)
    with pytest.raises(StoreError):
        await restore.put_in_place(directory, MASTER)
    restore.give_up(directory)
    assert await names(directory) == ["Nour"]


async def test_another_networks_backup_is_refused(directory: Path, folder: Path, tmp_path: Path) -> None:
    await found(tmp_path)  # a network under the same key would be this one; under another it does not open
    async with opened(directory) as store:
        await backup.make(store, folder, 3, NOW)
    with pytest.raises(StoreError, match="wrong-key"):
        await restore.try_out(tmp_path, folder, MasterKey(bytes(32)), NOW)


async def test_a_host_that_was_erased_since_comes_back_without_a_name_and_one_that_came_since_is_gone(
    directory: Path, folder: Path
) -> None:
    async with opened(directory) as store:
        await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
        async with store.transaction() as tx:
            cedar, lake = await hosts.everyone(tx)
            await members.set_host(tx, next(iter(await members.everyone(tx))), lake.id, independent=False)
            assert await hosts.erase(tx, cedar.id, NOW)
            assert await hosts.add(tx, "Baobab Circle", NOW)
    await restored(directory, folder)
    async with opened(directory) as store, store.transaction() as tx:
        assert await hosts.everyone(tx) == [lake]
        [nour] = await members.everyone(tx)
        assert nour.host_id == cedar.id  # as it was when the backup was made
        assert await hosts.get(tx, cedar.id) == Host(cedar.id, "")
        assert await hosts.add(tx, HOSTS[0], NOW)
        assert len(store.keyring) == 3


async def test_a_backup_from_before_hosts_had_keys_gives_them_new_ones(directory: Path, folder: Path) -> None:
    async with opened(directory) as store:
        await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
    older = folder / "network.db"
    [(_, network)] = backup_folder.copies(folder)
    network.rename(older)
    await downgrade(older, "network", HOST_KEYS - 1)
    older.rename(network)
    await restored(directory, folder)
    async with opened(directory) as store, store.transaction() as tx:
        assert [host.name for host in await hosts.everyone(tx)] == list(HOSTS)
        assert len(store.keyring) == len(HOSTS) + 1
