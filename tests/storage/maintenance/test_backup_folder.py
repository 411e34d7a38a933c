"""The folder of the backups, in which a name, a link or another account does what it likes.

The attacker may create files of any name in the folder, and links, and knows where the data directory is. The measure:
bytes of the live files that change (0), and backups and renewals of the keyring's copy that do not happen (0), except
where the folder is refused with a reason.
"""

import fcntl
import os
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE, is_own, open_own
from storage.maintenance import backup, backup_folder, restore, secure_erase
from storage.maintenance.backup_folder import BackupError
from tests.storage.memberships import joined
from tests.storage.people import MASTER, NOW, contents, opened
from tests.storage.rotations import Net

HOUR = timedelta(hours=1)
FIRST, SECOND = "network-2026-03-02T140000Z.db", "network-2026-03-02T150000Z.db"
NAMES = (
    "network-9999-12-31T235959Z.db",  # in the future
    "network-2026-99-99T999999Z.db",  # no date at all
    "network-2026-02-30T120000Z.db",
    "network-٢٠٢٦-٠٣-٠٢T١٣٠٠٠٠Z.db",
    "network-0000-00-00T000000Z.db",
)


def linked(path: Path, to: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(to)


def hard_linked(path: Path, to: Path) -> None:
    path.unlink(missing_ok=True)
    path.hardlink_to(to)


LINKS: dict[str, Callable[[Path, Path], None]] = {"a link": linked, "a second name": hard_linked}


@pytest.mark.parametrize("how", LINKS.values(), ids=LINKS)
async def test_a_link_in_the_place_of_the_keyring_does_not_destroy_the_live_one(
    store: Store, directory: Path, folder: Path, how: Callable[[Path, Path], None]
) -> None:
    nour = await joined(store, "Nour")
    how(folder / KEYRING_FILE, directory / KEYRING_FILE)
    (folder / FIRST).touch()
    before = read_elsewhere(directory / KEYRING_FILE)
    for attempt in (backup.make(store, folder, 3, NOW), backup.renew_keyring(store, folder)):
        with pytest.raises(BackupError, match="not-own"):
            await attempt
    assert read_elsewhere(directory / KEYRING_FILE) == before
    assert is_locked(directory / KEYRING_FILE)  # a file that is only opened and closed again loses its lock
    await store.close()
    async with opened(directory) as again:
        assert nour.key_id in again.keyring


def read_elsewhere(path: Path) -> bytes:
    """The bytes of a live file, read by another process: this one would drop its lock by closing it."""
    return subprocess.run(["cat", path], check=True, capture_output=True).stdout


def is_locked(path: Path) -> bool:
    """Whether another process would find the file locked; asked by one, since locks are a process's own."""
    child = os.fork()
    if child == 0:
        handle = os.open(path, os.O_RDWR)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0x40000000)  # SQLite's pending byte and what follows
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 512, 0x40000000)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
async def test_a_folder_that_others_may_write_to_is_refused(
    store: Store, directory: Path, folder: Path, mode: int
) -> None:
    await backup.make(store, folder, 3, NOW)
    before = contents(folder)
    os.chmod(folder, mode)  # noqa: PTH101
    for attempt in (backup.make(store, folder, 3, NOW + HOUR), backup.renew_keyring(store, folder)):
        with pytest.raises(BackupError, match="others-write"):
            await attempt
    await store.close()
    with pytest.raises(BackupError, match="others-write"):
        await restore.try_out(directory, folder, MASTER, NOW)
    assert contents(folder) == before


async def test_a_folder_of_another_account_is_refused(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may do all in any folder, and is trusted with it; root's files are touched by nobody else."""
    theirs = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: theirs)
    (folder / KEYRING_FILE).touch()
    with pytest.raises(BackupError, match=r"others-write|not-own"):
        await backup.make(store, folder, 3, NOW)


async def test_a_link_in_the_place_of_a_copy_is_no_copy(store: Store, directory: Path, folder: Path) -> None:
    """Not counted, not restored, not pruned, and what it leads to stays."""
    linked(folder / SECOND, directory / NETWORK_FILE)
    hard_linked(folder / FIRST, directory / NETWORK_FILE)
    (folder / "network-2026-03-01T140000Z.db").mkdir()
    live = read_elsewhere(directory / NETWORK_FILE)
    made = await backup.make(store, folder, 1, NOW + 2 * HOUR)
    assert made.copies == 1
    assert len(read_elsewhere(directory / NETWORK_FILE)) >= len(live)
    assert (folder / SECOND).is_symlink()
    await store.close()
    outcome = await restore.try_out(directory, folder, MASTER, NOW + 2 * HOUR)
    assert outcome.made_at == NOW + 2 * HOUR


async def test_a_rotation_overwrites_nothing_through_a_link(net: Net) -> None:
    await net.back_up()
    elsewhere = net.data.parent / "elsewhere"
    elsewhere.write_bytes((net.copies / KEYRING_FILE).read_bytes())
    before = elsewhere.read_bytes()
    linked(net.copies / KEYRING_FILE, elsewhere)
    with pytest.raises(BackupError, match="not-own"):
        await net.rotate(net.copies)
    assert elsewhere.read_bytes() == before
    assert net.master.before is None  # nothing was begun


def test_nothing_is_overwritten_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "live").write_bytes(b"keys")
    linked(tmp_path / "copy", tmp_path / "live")
    (tmp_path / "part").write_bytes(b"new")
    for attempt in (lambda: secure_erase.replace(tmp_path / "part", tmp_path / "copy"), lambda: open_own(tmp_path)):
        with pytest.raises(OSError, match=r"symbolic link|directory|not a regular file"):
            attempt()
    with pytest.raises(OSError, match="symbolic link"):
        secure_erase.overwrite(tmp_path / "copy")
    assert (tmp_path / "live").read_bytes() == b"keys"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        open_own(tmp_path / "pipe", "rb")
    assert not is_own(tmp_path / "pipe")
    assert not is_own(tmp_path / "missing")


@pytest.mark.parametrize("name", NAMES)
async def test_no_name_of_a_file_ends_backups_or_their_restore(
    store: Store, directory: Path, folder: Path, name: str
) -> None:
    (folder / name).write_bytes(b"whatever")
    for hours in range(3):
        made = await backup.make(store, folder, 1, NOW + hours * HOUR)
        assert (made.network, made.copies) == (backup_folder.name_of(NOW + hours * HOUR), 1)
    assert set(contents(folder)) == {made.network, KEYRING_FILE, name}
    assert backup_folder.ignored(folder, NOW) == [name]
    await store.close()
    outcome = await restore.try_out(directory, folder, MASTER, NOW + 2 * HOUR)
    assert outcome.made_at == NOW + 2 * HOUR


async def test_the_copy_that_was_just_made_stays_beside_one_of_tomorrow(store: Store, folder: Path) -> None:
    """The clock was set back by some hours."""
    await backup.make(store, folder, 1, NOW + 20 * HOUR)
    made = await backup.make(store, folder, 1, NOW)
    assert set(contents(folder)) == {made.network, KEYRING_FILE}


async def test_a_folder_named_like_an_unfinished_copy_is_in_nobodys_way(store: Store, folder: Path) -> None:
    (folder / "x.db.part").mkdir()
    linked(folder / "y.db.part", folder)
    await backup.make(store, folder, 1, NOW)
    assert not (folder / "y.db.part").is_symlink()
    assert (folder / FIRST).exists()
