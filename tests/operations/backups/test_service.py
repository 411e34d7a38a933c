"""Backups in the running bot: those that are due or asked for, and the copy of the keys after an erasure."""

import asyncio
import errno
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import utc_now
from bot.operations.backups.request import create_folder
from bot.operations.backups.service import RETRY_DELAY, BackupService
from bot.operations.jobs import JobRunner
from bot.operations.settings import BackupSettings
from storage.engine.database_pair import DatabasePair
from storage.engine.store import Store
from storage.files import KEYRING_FILE
from storage.maintenance import backup
from storage.maintenance.backup_folder import BackupError
from tests.operations.backups.backup_jobs import HOUR, networks, run_jobs
from tests.storage.memberships import erase, joined
from tests.storage.people import NOW, contents


async def test_without_a_folder_in_the_settings_none_is_due(store: Store) -> None:
    await run_jobs(BackupService(store, BackupSettings(), lambda: NOW), store, NOW)


async def test_what_is_due_is_told_from_the_copies_so_that_a_new_start_makes_none_too_early(
    store: Store, copies: Path
) -> None:
    for hours, count in ((0, 1), (23, 1), (24, 2), (47, 2), (48, 2)):
        fresh = BackupService(store, BackupSettings(directory=copies, keep=2), lambda: NOW)
        await run_jobs(fresh, store, NOW + hours * HOUR)
        assert len(networks(copies)) == count
    assert networks(copies) == ["network-2026-03-03T140000Z.db", "network-2026-03-04T140000Z.db"]


async def test_a_copy_that_a_wrong_clock_dated_into_the_future_does_not_keep_others_from_being_made(
    store: Store, copies: Path, backups: BackupService
) -> None:
    await run_jobs(backups, store, NOW + 365 * 24 * HOUR)
    await run_jobs(backups, store, NOW)
    await run_jobs(backups, store, NOW + HOUR)
    assert networks(copies) == ["network-2026-03-02T140000Z.db", "network-2027-03-02T140000Z.db"]


async def test_the_copy_of_the_keys_is_renewed_by_the_next_look_after_an_erasure_and_by_no_other(
    store: Store, copies: Path, backups: BackupService
) -> None:
    salma = await joined(store, "Salma")
    await run_jobs(backups, store, NOW)
    before = (copies / KEYRING_FILE).read_bytes()
    await backups.renew_keyring_copy(store, NOW + HOUR)
    assert (copies / KEYRING_FILE).read_bytes() == before
    await erase(store, salma)
    await backups.renew_keyring_copy(store, NOW + HOUR)
    renewed = (copies / KEYRING_FILE).read_bytes()
    assert renewed != before
    assert len(networks(copies)) == 1
    await backups.renew_keyring_copy(store, NOW + HOUR)
    assert (copies / KEYRING_FILE).read_bytes() == renewed


async def test_a_folder_that_is_gone_is_reported_by_the_job_and_tried_again_after_ten_minutes(
    store: Store, copies: Path, backups: BackupService
) -> None:
    shutil.rmtree(copies)
    with pytest.raises(FileNotFoundError):
        await run_jobs(backups, store, NOW)
    create_folder(copies)
    await run_jobs(backups, store, NOW + RETRY_DELAY - timedelta(seconds=1))
    assert networks(copies) == []
    await run_jobs(backups, store, NOW + RETRY_DELAY)
    assert len(networks(copies)) == 1


async def test_a_backup_that_is_asked_for_tells_how_far_it_is(store: Store, copies: Path) -> None:
    backups, lines = BackupService(store, BackupSettings(), lambda: NOW), list[dict[str, Any]]()
    answer = await backups.answer({"ask": "backup", "directory": str(copies), "keep": 3}, lines.append)
    [name] = networks(copies)
    assert answer["answer"] == "made"
    assert answer["made"][::3] == [name, 1]
    assert [line["progress"] for line in (lines[0], lines[-1])] == ["network", "pruning"]
    assert lines[0]["total"] > 0


async def test_two_at_once_are_made_one_after_the_other(
    store: Store, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making, most, copy_to = 0, 0, Store.copy_to

    async def watched(self: Store, *paths: Any) -> int:
        nonlocal making, most
        making += 1
        most = max(most, making)
        await asyncio.sleep(0)
        number = await copy_to(self, *paths)
        making -= 1
        return number

    monkeypatch.setattr(Store, "copy_to", watched)
    times = iter(NOW + HOUR * number for number in range(3))
    backups, lines = BackupService(store, BackupSettings(), lambda: next(times)), list[dict[str, Any]]()
    request = {"ask": "backup", "directory": str(copies), "keep": 3}
    answers = await asyncio.gather(*(backups.answer(request, lines.append) for _ in range(3)))
    assert [answer["made"][3] for answer in answers] == [1, 2, 3]
    assert most == 1
    assert [line["progress"] for line in lines].count("waiting") == 2


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (BackupError("foreign", Path("/copies")), {"answer": "refused", "reason": "foreign"}),
        (OSError(errno.ENOSPC, "No space left"), {"answer": "os-error", "errno": errno.ENOSPC, "why": "No space left"}),
    ],
)
async def test_a_failure_is_answered_and_the_next_backup_is_made(
    store: Store, copies: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, answer: dict[str, object]
) -> None:
    async def fail(*_: object) -> None:
        raise error

    backups = BackupService(store, BackupSettings(), lambda: NOW)
    request = {"directory": str(copies), "keep": 1}
    with monkeypatch.context() as patch:
        patch.setattr(backup, "make", fail)
        assert await backups.answer(request, lambda _: None) == answer
    assert (await backups.answer(request, lambda _: None))["answer"] == "made"


@pytest.mark.parametrize(
    "request_", [{}, {"directory": "copies", "keep": 1}, {"directory": "/", "keep": 0}, {"directory": 1, "keep": 1}]
)
async def test_a_request_without_a_whole_path_and_a_number_is_not_understood(
    store: Store, request_: dict[str, object]
) -> None:
    backups = BackupService(store, BackupSettings(), lambda: NOW)
    assert await backups.answer(request_, lambda _: None) == {"answer": "unknown"}


async def test_at_the_end_one_that_is_being_made_is_finished_and_no_other_is_begun(
    store: Store, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, make = asyncio.Event(), asyncio.Event(), backup.make

    async def slow(*values: Any) -> backup.BackupMade:
        begun.set()
        await go_on.wait()
        return await make(*values)

    monkeypatch.setattr(backup, "make", slow)
    backups = BackupService(store, BackupSettings(directory=copies), lambda: NOW)
    request = {"directory": str(copies), "keep": 1}
    first = asyncio.create_task(backups.answer(request, lambda _: None))
    await begun.wait()
    second = asyncio.create_task(backups.answer(request, lambda _: None))
    closing = asyncio.create_task(backups.close())
    await asyncio.sleep(0.05)
    assert not closing.done()
    go_on.set()
    await closing
    assert (await first)["answer"] == "made"
    assert await second == {"answer": "stopping"}


async def test_soon_after_an_erasure_the_copy_of_the_keys_is_another_one_however_seldom_the_tick_is(
    store: Store, copies: Path, backups: BackupService
) -> None:
    salma = await joined(store, "Salma")
    runner = JobRunner(store, backups.jobs, done=lambda: None, now=lambda: NOW)
    runner.start(timedelta(hours=1), clock=utc_now)
    try:
        async with asyncio.timeout(20):
            while not (copies / KEYRING_FILE).exists():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            before = (copies / KEYRING_FILE).read_bytes()
            await erase(store, salma)
            while (copies / KEYRING_FILE).read_bytes() == before:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        await runner.stop()
    assert len(networks(copies)) == 1


async def test_a_backup_that_the_end_of_the_program_interrupts_leaves_nothing_half_done(
    store: Store, copies: Path, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, copy_to = asyncio.Event(), DatabasePair.copy_to

    async def noted(pair: DatabasePair, *paths: Any) -> None:
        begun.set()
        await copy_to(pair, *paths)

    monkeypatch.setattr(DatabasePair, "copy_to", noted)
    runner = JobRunner(store, backups.jobs, done=lambda: None, now=lambda: NOW)
    runner.start(timedelta(hours=1), clock=utc_now)
    await begun.wait()
    await runner.stop()
    assert contents(copies) == {}
    await run_jobs(backups, store, NOW)  # the files are whole, and nothing is locked
    assert len(networks(copies)) == 1
