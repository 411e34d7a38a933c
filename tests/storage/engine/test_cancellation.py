"""A task that is cancelled in the middle of its transaction leaves no half of it, no open one, and no held lock."""

import asyncio
import threading
from pathlib import Path

import pytest

from storage.engine.cancellation import shielded
from storage.engine.connection import CountingConnection
from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import NETWORK_FILE
from storage.records import topics
from tests.storage.people import MASTER, NOW, opened
from tests.support.held_statements import Held


async def names(store: Store) -> list[str]:
    async with store.transaction() as tx:
        return [topic.title for topic in await topics.everything(tx)]


async def two_rows(store: Store, word: str) -> None:
    async with store.transaction() as tx:
        await topics.create(tx, f"{word} one", "", bytes(16), NOW)
        await topics.create(tx, f"{word} two", "", bytes(16), NOW)


async def test_cancelled_after_any_number_of_steps_it_is_all_or_nothing(store: Store) -> None:
    outcomes: set[int] = set()
    for steps in [*range(61), *(100 * 2**power for power in range(10))]:
        if steps > 60 and outcomes == {0, 2}:
            break
        task = asyncio.create_task(two_rows(store, f"Step {steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        [result] = await asyncio.gather(task, return_exceptions=True)
        assert result is None or isinstance(result, asyncio.CancelledError)
        there = [name for name in await names(store) if name.startswith(f"Step {steps} ")]
        assert len(there) in (0, 2)
        assert result is not None or there
        outcomes.add(len(there))
    assert outcomes == {0, 2}  # both sides of the commit were hit


async def test_cancelled_while_it_waits_for_its_turn_it_leaves_the_turn_to_others(store: Store) -> None:
    async with store.transaction() as tx:
        waiting = asyncio.create_task(two_rows(store, "Never"))
        await asyncio.sleep(0)
        waiting.cancel()
        await topics.create(tx, "Later", "", bytes(16), NOW)
    assert await names(store) == ["Later"]
    assert waiting.cancelled()


async def test_cancelled_while_it_begins_it_leaves_no_open_transaction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held("BEGIN", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Never")))
    assert await names(store) == []


async def test_cancelled_during_a_statement_it_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held("INSERT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Never")))
    assert await names(store) == []


async def test_cancelled_during_the_commit_it_is_committed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held("COMMIT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Still")))
    assert len(await names(store)) == 2


async def test_cancelled_twice_during_the_commit_it_ends_as_cancelled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held("COMMIT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Still")), times=2)
    assert len(await names(store)) == 2


async def test_a_connection_that_nobody_waits_for_any_more_is_closed(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(directory / NETWORK_FILE, MASTER.derive("database"))
    reached, let_go, connect = threading.Event(), threading.Event(), Database._connect

    def slowly(database: Database) -> CountingConnection:
        connection = connect(database)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM hosts")  # from here on the file is locked
        reached.set()
        assert let_go.wait(10)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_connect", slowly)
        opening = asyncio.create_task(database.begin())
        assert await asyncio.to_thread(reached.wait, 10)
        opening.cancel()
        await asyncio.sleep(0)
        let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await opening
    await database.close()
    async with opened(directory) as store:
        assert store.directory == directory


async def test_shielded_work_ends_although_its_task_is_cancelled_again_and_again() -> None:
    steps: list[int] = []

    async def work() -> None:
        for step in range(10):
            await asyncio.sleep(0)
            steps.append(step)

    task = asyncio.create_task(shielded(work()))
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == list(range(10))


async def test_shielded_work_gives_its_result_or_its_error() -> None:
    async def answer() -> int:
        return 7

    async def fail() -> None:
        raise LookupError

    assert await shielded(answer()) == 7
    with pytest.raises(LookupError):
        await shielded(fail())
