"""Backups while the master key is rotated: rewritten under the new key, or left behind knowingly."""

import shutil
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.files import KEYRING_FILE, SLOT_FILE
from storage.maintenance import restore
from storage.maintenance.backup_folder import BackupError
from tests.storage.people import NOW, contents, found
from tests.storage.rotations import Net


async def test_backups_are_brought_over_and_somebody_erased_stays_erased(net: Net, tmp_path: Path) -> None:
    held = tmp_path / "held"
    await net.back_up()
    await net.salma_leaves()
    await net.back_up(2)
    shutil.copytree(net.copies, held, copy_function=lambda a, b: Path(b).hardlink_to(a))
    assert len(net.opening(net.old, net.copies)) == 3
    outcome = await net.rotate(net.copies)
    assert (outcome.copies, outcome.left) == (3, ())
    assert net.opening(net.old, net.copies) == net.opening(net.old, held) == []
    assert len(net.opening(net.master, net.copies)) == len(contents(net.copies)) == 3
    (net.copies / "network-2026-03-02T020000Z.db").unlink()
    brought = await restore.try_out(net.data, net.copies, net.master, NOW)
    assert (brought.members, brought.erased_again, brought.live_keyring) == (1, 1, True)
    await restore.put_in_place(net.data, net.master)
    assert await net.names() == ["Nour"]
    await net.back_up(3)  # the copy of the keyring is one of ours


async def test_without_the_data_directory_a_backup_that_was_brought_over_is_enough(net: Net, tmp_path: Path) -> None:
    await net.back_up()
    await net.rotate(net.copies)
    await restore.try_out(tmp_path / "fresh", net.copies, net.master, NOW)
    await restore.put_in_place(tmp_path / "fresh", net.master)
    shutil.copyfile(net.data / SLOT_FILE, tmp_path / "fresh" / SLOT_FILE)
    (tmp_path / "fresh" / SLOT_FILE).chmod(0o600)
    assert await Net(tmp_path / "fresh", net.copies, net.old).names() == ["Nour", "Salma"]


async def test_backups_out_of_reach_are_said_before_anything_is_begun(net: Net, tmp_path: Path) -> None:
    before = (net.data / SLOT_FILE).read_bytes()
    with pytest.raises(BackupError, match="unreachable"):
        await net.begin(tmp_path / "not mounted")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    await found(theirs, MasterKey(bytes(32)))
    shutil.copyfile(theirs / KEYRING_FILE, net.copies / KEYRING_FILE)
    with pytest.raises(BackupError, match="foreign"):
        await net.begin(net.copies)
    assert (net.data / SLOT_FILE).read_bytes() == before


async def test_backups_may_be_left_behind_knowingly(net: Net) -> None:
    await net.back_up()
    await net.begin(net.copies)
    outcome = await net.go_on(backups=False)
    assert outcome.left == (KEYRING_FILE, "network-2026-03-02T010000Z.db")
    assert len(net.opening(net.old, net.copies)) == 2
    with pytest.raises(BackupError, match="foreign"):
        await net.back_up(2)


async def test_a_damaged_copy_does_not_keep_the_old_key_alive(net: Net) -> None:
    await net.back_up()
    damaged = net.copies / "network-2026-03-02T010000Z.db"
    with damaged.open("r+b") as file:
        file.seek(3 * 4096 + 7)
        file.write(b"damaged")
    outcome = await net.rotate(net.copies)
    assert (outcome.copies, outcome.left) == (1, (damaged.name,))
    assert net.master.before is None
