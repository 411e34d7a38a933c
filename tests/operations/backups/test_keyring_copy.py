"""The copy of the keys leaves out whoever was erased, whatever else is in the folder or goes wrong there."""

import errno
from pathlib import Path

import pytest

from bot.operations.backups.service import BackupService
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.maintenance import backup
from tests.operations.backups.backup_jobs import HOUR, networks, run_jobs
from tests.storage.memberships import erase, joined
from tests.storage.people import NOW


@pytest.mark.parametrize("name", ["network-9999-12-31T235959Z.db", "network-2026-99-99T999999Z.db"])
async def test_whatever_a_file_is_called_backups_are_made_and_an_erased_key_leaves_the_copy(
    store: Store, copies: Path, backups: BackupService, name: str
) -> None:
    salma = await joined(store, "Salma")
    (copies / name).touch()
    await run_jobs(backups, store, NOW)
    await run_jobs(backups, store, NOW + 24 * HOUR)
    before = (copies / KEYRING_FILE).read_bytes()
    assert len(networks(copies)) == 3
    await erase(store, salma)
    await run_jobs(backups, store, NOW + 25 * HOUR)
    assert (copies / KEYRING_FILE).read_bytes() != before


async def test_a_backup_that_fails_does_not_delay_the_copy_of_the_keys(
    store: Store, copies: Path, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = await joined(store, "Salma")
    await run_jobs(backups, store, NOW)
    before = (copies / KEYRING_FILE).read_bytes()
    await erase(store, salma)

    async def fail(*_: object) -> None:
        raise OSError(errno.EIO, "one copy is in the way")

    monkeypatch.setattr(backup, "make", fail)
    with pytest.raises(OSError, match="in the way"):
        await backups.back_up(store, NOW + 24 * HOUR)
    await backups.renew_keyring_copy(store, NOW + 24 * HOUR)
    assert (copies / KEYRING_FILE).read_bytes() != before
