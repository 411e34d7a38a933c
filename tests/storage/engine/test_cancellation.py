"""A task that is cancelled in the middle of its transaction leaves no half of it, no open one, and no held lock.

Pass figure: cancelled once or twice while any one statement to either file is under way, of an erasure with all that
follows its commit, and of a file that is opened anew before: 0 open transactions, 0 held locks, nobody half erased.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from storage.engine.connection import Database, Row
from storage.engine.store import Store
from storage.files import NETWORK_FILE
from storage.integrity import rollback_guard
from storage.records import erasure, hosts
from storage.records.people import members
from tests.storage.people import HOSTS, MASTER, NOW, enter, telegram_id

HELD = 20  # steps of the event loop for which a statement is held back after the cancellation


async def names(store: Store) -> list[str]:
    async with store.transaction() as tx:
        return [host.name for host in await hosts.everyone(tx)]


async def two_rows(store: Store, word: str) -> None:
    async with store.transaction() as tx:
        await hosts.add(tx, f"{word} one", NOW)
        await hosts.add(tx, f"{word} two", NOW)


class Held:
    """Holds statements that begin with a word back, as a slow disk does, until they are let go."""

    def __init__(self, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._reached, self._let_go = asyncio.Event(), threading.Event()
        loop, execute = asyncio.get_running_loop(), Database._execute

        def later(database: Database, sql: str, values: Sequence[object]) -> list[Row]:
            if sql.startswith(word):
                loop.call_soon_threadsafe(self._reached.set)
                assert self._let_go.wait(10)
            return execute(database, sql, values)

        monkeypatch.setattr(Database, "_execute", later)
        monkeypatch.setattr(Database, "fetch_inline", Database.fetch)  # as if each statement were a long one

    async def cancel(self, task: asyncio.Task[None], times: int = 1) -> None:
        """Cancels a task while its statement is held, and sees it end as cancelled."""
        await self._reached.wait()
        for _ in range(times):
            task.cancel()
            for _ in range(HELD):
                await asyncio.sleep(0)
        self._let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task


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
        await hosts.add(tx, "Later", NOW)
    assert len(await names(store)) == 3
    assert waiting.cancelled()


async def test_cancelled_while_it_begins_it_leaves_no_open_transaction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held("BEGIN", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Never")))
    assert await names(store) == sorted(HOSTS)


async def test_cancelled_during_a_statement_it_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held("INSERT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Never")))
    assert await names(store) == sorted(HOSTS)


async def test_cancelled_during_the_commit_it_is_committed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held("COMMIT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Still")))
    assert len(await names(store)) == 4


async def test_cancelled_twice_during_the_commit_it_ends_as_cancelled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held("COMMIT", monkeypatch)
    await held.cancel(asyncio.create_task(two_rows(store, "Still")), times=2)
    assert len(await names(store)) == 4


@pytest.mark.parametrize(
    "during", ["COMMIT", "SELECT key_id FROM erasures", "DELETE FROM member_keys", "PRAGMA wal_checkpoint"]
)
@pytest.mark.parametrize("times", [1, 2])
async def test_an_erasure_that_is_cancelled_from_its_commit_on_is_finished_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, during: str, times: int
) -> None:
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")

    async def erase() -> None:
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)

    held = Held(during, monkeypatch)
    await held.cancel(asyncio.create_task(erase()), times)
    async with store.transaction() as tx:
        assert await members.find(tx, telegram_id("Salma")) is None  # the commit itself went through
        assert await members.find(tx, telegram_id("Nour")) == nour
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
    assert salma.key_id not in store.keyring


class HeldAt:
    """Holds the so manieth thing back that is asked of a connection, counted from `hold`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left, self._loop, self._let_go = 0, asyncio.get_running_loop(), threading.Event()
        self.reached = asyncio.Event()
        ask: Callable[..., Awaitable[Any]] = Database._in_thread

        async def counted(database: Database, work: Callable[..., Any], *values: Any, **named: Any) -> Any:
            self._left -= 1
            return await ask(database, self._later(work) if self._left == 0 else work, *values, **named)

        monkeypatch.setattr(Database, "_in_thread", counted)
        monkeypatch.setattr(Database, "fetch_inline", Database.fetch)  # as if each statement were a long one

    def _later(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def later(*values: Any, **named: Any) -> Any:
            self._loop.call_soon_threadsafe(self.reached.set)
            assert self._let_go.wait(10)
            return work(*values, **named)

        return later

    def hold(self, number: int) -> None:
        self._left = number
        self.reached.clear()
        self._let_go.clear()

    async def cancelled(self, task: asyncio.Task[None], times: int) -> bool:
        """Cancels a task while it is held, and sees it end as cancelled; False where it ended before."""
        held = asyncio.create_task(self.reached.wait())
        await asyncio.wait([task, held], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            held.cancel()
            self._left = 0  # nothing is held any more
            await task
            return False
        for _ in range(times):
            task.cancel()
            for _ in range(HELD):
                await asyncio.sleep(0)
        self._let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return True


@pytest.mark.parametrize("spoiled", [False, True], ids=["", "and a file is opened anew"])
@pytest.mark.parametrize("times", [1, 2])
async def test_cancelled_at_any_statement_of_an_erasure_she_is_there_whole_or_gone(
    store: Store, monkeypatch: pytest.MonkeyPatch, times: int, spoiled: bool
) -> None:
    async with store.transaction() as tx:
        nour = await enter(tx, "Nour")
    held, gone = HeldAt(monkeypatch), []

    async def erase(name: str) -> None:
        async with store.transaction() as tx:
            salma = await members.find(tx, telegram_id(name))
            assert salma is not None
            await erasure.erase(tx, salma, NOW)

    for number in range(1, 200):
        name = f"Salma {number}"
        async with store.transaction() as tx:
            salma = await enter(tx, name)
        store._network.broken = spoiled
        held.hold(number)
        under_way = await held.cancelled(asyncio.create_task(erase(name)), times)
        assert not store._network._connection.in_transaction
        assert not store._keys._connection.in_transaction
        assert not store._writer.locked()
        async with store.transaction() as tx:
            found = await members.find(tx, telegram_id(name))
            assert found in (None, salma)
            assert (salma.key_id in store.keyring) == (found is not None)
            assert await members.find(tx, telegram_id("Nour")) == nour
            assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
        gone.append(found is None)
        if not under_way:
            break
    assert not under_way  # the end was reached
    assert len(gone) > (45 if spoiled else 35)
    assert gone == sorted(gone)  # up to one statement she is there, from then on she is gone
    assert set(gone) == {False, True}


async def test_cancelled_while_the_generation_is_written_the_erasure_is_finished_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, let_go, write = threading.Event(), threading.Event(), rollback_guard.GenerationFile.write

    def later(seal: rollback_guard.GenerationFile, number: int) -> None:
        reached.set()
        assert let_go.wait(10)
        write(seal, number)

    async with store.transaction() as tx:
        salma = await enter(tx, "Salma")

    async def erase() -> None:
        async with store.transaction() as tx:
            await erasure.erase(tx, salma, NOW)

    monkeypatch.setattr(rollback_guard.GenerationFile, "write", later)
    task = asyncio.create_task(erase())
    await asyncio.to_thread(reached.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0
        assert await tx.fetchval("SELECT number FROM generation") == store._files.generation_file.read()


async def test_a_connection_that_nobody_waits_for_any_more_is_closed(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(directory / NETWORK_FILE, MASTER.derive("database"))
    reached, let_go, connect = threading.Event(), threading.Event(), Database._connect

    def slowly(database: Database) -> None:
        reached.set()
        assert let_go.wait(10)
        connect(database)

    monkeypatch.setattr(Database, "_connect", slowly)
    opening = asyncio.create_task(database.begin())
    assert await asyncio.to_thread(reached.wait, 10)
    opening.cancel()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    let_go.set()
    await closing
    await asyncio.to_thread(database._thread.shutdown)
    assert opening.cancelled()
    assert database._connection is None
