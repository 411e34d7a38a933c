"""Within a day of an erasure the copies of the network hold no row of whoever was erased."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.operations.backups.request import create_folder
from bot.operations.backups.service import CLEANING_PAUSE, RETRY_DELAY, BackupService
from storage.engine.store import Store
from storage.maintenance import backup, backup_cleaning
from storage.maintenance.backup_cleaning import Cleaned
from tests.operations.backups.backup_jobs import HOUR, run_jobs
from tests.storage.memberships import erase, joined
from tests.storage.people import NOW


async def to_clean(store: Store, copies: Path) -> int:
    """How many copies had rows of somebody erased; they have none afterwards."""
    return (await backup_cleaning.clean(store, copies, NOW)).rewritten


async def test_rows_leave_the_copies_at_the_next_look_and_then_once_a_day(
    store: Store, copies: Path, backups: BackupService
) -> None:
    salma, rania = await joined(store, "Salma"), await joined(store, "Rania")
    await run_jobs(backups, store, NOW)
    await erase(store, salma)
    await backups.clean_copies(store, NOW + CLEANING_PAUSE - HOUR)
    assert await to_clean(store, copies) == 1  # it was clean already when the bot began
    await erase(store, rania)
    await backups.clean_copies(store, NOW + CLEANING_PAUSE)
    assert await to_clean(store, copies) == 0


async def test_a_start_cleans_what_was_left(store: Store, copies: Path, backups: BackupService) -> None:
    salma = await joined(store, "Salma")
    await backups.back_up(store, NOW)
    await erase(store, salma)
    await backups.clean_copies(store, NOW)
    assert await to_clean(store, copies) == 0


async def test_a_volume_that_is_missing_is_tried_again(
    store: Store, copies: Path, backups: BackupService, tmp_path: Path
) -> None:
    salma = await joined(store, "Salma")
    await backups.back_up(store, NOW)
    await erase(store, salma)
    shutil.move(copies, tmp_path / "elsewhere")
    with pytest.raises(FileNotFoundError):
        await backups.clean_copies(store, NOW)
    create_folder(copies)  # where nothing is mounted
    await backups.clean_copies(store, NOW + RETRY_DELAY)
    shutil.rmtree(copies)
    shutil.move(tmp_path / "elsewhere", copies)
    await backups.clean_copies(store, NOW + 2 * RETRY_DELAY)
    assert await to_clean(store, copies) == 0


async def test_where_nobody_was_erased_nothing_is_read(
    store: Store, copies: Path, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 0

    async def counted(*_: object) -> Cleaned:
        nonlocal times
        times += 1
        return Cleaned(0, 0, 0, 0)

    monkeypatch.setattr(backup_cleaning, "clean", counted)
    for hours in range(0, 100, 10):
        await run_jobs(backups, store, NOW + hours * HOUR)
    assert times == 1


async def test_while_copies_are_rewritten_the_copy_of_the_keys_is_renewed_between_two_of_them(
    store: Store, copies: Path, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma, rania = await joined(store, "Salma"), await joined(store, "Rania")
    for hours in (0, 24):
        await backups.back_up(store, NOW + hours * HOUR)
    await erase(store, salma)
    order, rewrite, renew = list[str](), backup_cleaning._clean, backup.renew_keyring

    async def slow(*values: Any) -> int:
        if not order:
            await erase(store, rania)
            renewals.append(asyncio.create_task(backups.renew_keyring_copy(store, NOW)))
            await asyncio.sleep(0.01)
        order.append("copy")
        return await rewrite(*values)

    async def noted(*values: Any) -> None:
        order.append("keys")
        await renew(*values)

    renewals = list[asyncio.Task[None]]()
    monkeypatch.setattr(backup_cleaning, "_clean", slow)
    monkeypatch.setattr(backup, "renew_keyring", noted)
    await backups.clean_copies(store, NOW)
    await asyncio.gather(*renewals)
    assert order == ["copy", "keys", "copy"]
    assert await to_clean(store, copies) == 0
