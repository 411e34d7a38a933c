"""What is left of somebody who was erased: in rows and in backups; found where it is, and only there."""

from pathlib import Path

import pytest

from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import erasure_check
from storage.maintenance import backup, backup_folder
from storage.records import erasure
from tests.faults.older_schema import HOST_KEYS, KINDS_OF_KEYS, downgrade
from tests.storage.memberships import joined
from tests.storage.people import HOSTS, MASTER, NOW, opened, telegram_id

KEY = MASTER.derive("database")
NAME = "Salma el-Khatib"


@pytest.fixture
async def left(directory: Path, tmp_path: Path) -> Path:
    """A backup from before she left; the data directory is of afterwards."""
    folder = tmp_path / "backups"
    folder.mkdir()
    async with opened(directory) as store:
        salma, _ = await joined(store, NAME), await joined(store, "Nour")
        await backup.make(store, folder, 3, NOW)
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)
    return folder


async def test_after_an_erasure_nothing_is_left_in_the_live_files(directory: Path, left: Path) -> None:
    held = await erasure_check.keys(directory / KEYRING_FILE, MASTER, live=True)
    rows = await erasure_check.rows(directory / NETWORK_FILE, MASTER, held, live=True)
    assert (rows.members, rows.without_key, rows.unfinished, rows.unreadable, rows.unused) == (1, 0, 0, 0, 0)
    assert rows.encrypted
    for words in (NAME, str(telegram_id(NAME))):
        assert await erasure_check.places_of(directory / NETWORK_FILE, MASTER, held, words, live=True) == []


async def test_the_copy_of_the_keys_from_before_is_found_out_and_a_new_one_is_clean(
    directory: Path, left: Path
) -> None:
    held = await erasure_check.keys(directory / KEYRING_FILE, MASTER, live=True)
    copied = await erasure_check.keys(left / KEYRING_FILE, MASTER)
    assert len(set(copied.data_keys) - set(held.data_keys)) == 1
    [(_, network)] = backup_folder.copies(left)
    with_old = await erasure_check.places_of(network, MASTER, copied, NAME)
    assert with_old == ["members.name_encrypted", "members.reason_encrypted"]
    assert "members.telegram_id_index" in await erasure_check.places_of(network, MASTER, copied, str(telegram_id(NAME)))
    async with opened(directory) as store:
        await backup.renew_keyring(store, left)
    copied = await erasure_check.keys(left / KEYRING_FILE, MASTER)
    assert set(copied.data_keys) == set(held.data_keys)
    for words in (NAME, str(telegram_id(NAME))):
        assert await erasure_check.places_of(network, MASTER, copied, words) == []
    assert await erasure_check.places_of(network, MASTER, copied, "Nour") == [
        "members.name_encrypted",
        "members.reason_encrypted",
    ]
    rows = await erasure_check.rows(network, MASTER, held)
    assert (rows.members, rows.without_key) == (2, 1)
    assert rows.unreadable >= 3


async def test_a_copy_under_any_name_is_recognised(left: Path) -> None:
    (left / "old things").write_bytes((left / KEYRING_FILE).read_bytes())
    (left / "letter.txt").write_text("Dear all")
    kinds = {path.name: name for path, name, _ in erasure_check.databases(left, MASTER)}
    [(_, network)] = backup_folder.copies(left)
    assert kinds == {"old things": KEYRING_FILE, KEYRING_FILE: KEYRING_FILE, network.name: NETWORK_FILE}


async def test_copies_by_an_earlier_version_are_looked_at_too(left: Path) -> None:
    [(_, network)] = backup_folder.copies(left)
    with_kinds = await erasure_check.keys(left / KEYRING_FILE, MASTER)
    rows = await erasure_check.rows(network, MASTER, with_kinds)
    assert (rows.members, rows.without_key, rows.unused) == (2, 0, 0)
    older = network.rename(left / NETWORK_FILE)
    await downgrade(older, "network", HOST_KEYS - 1)
    await downgrade(left / KEYRING_FILE, "keyring", KINDS_OF_KEYS - 1)
    without = await erasure_check.keys(left / KEYRING_FILE, MASTER)
    assert len(without.data_keys) == 2 == len(with_kinds.data_keys) - len(HOSTS)
    rows = await erasure_check.rows(older, MASTER, without)
    assert (rows.members, rows.without_key, rows.unused) == (2, 0, 0)
    assert (await erasure_check.rows(older, MASTER, with_kinds)).unused == len(HOSTS)
    assert await erasure_check.places_of(older, MASTER, without, "Nour")


async def test_a_look_leaves_nothing_behind(left: Path) -> None:
    before = {path.name for path in left.iterdir()}  # noqa: ASYNC240
    [(_, network)] = backup_folder.copies(left)
    await erasure_check.rows(network, MASTER, await erasure_check.keys(left / KEYRING_FILE, MASTER))
    assert {path.name for path in left.iterdir()} == before  # noqa: ASYNC240
