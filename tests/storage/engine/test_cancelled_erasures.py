"""An erasure that is cancelled is done whole or not at all.

Pass figure: cancelled once or twice while any one statement to either file is under way, of an erasure with all that
follows its commit, and of a file that is opened anew before: 0 open transactions, 0 held locks, nobody half erased.
"""

import asyncio
import threading

import pytest

from storage.engine.store import Store
from storage.integrity import rollback_guard
from storage.records import erasure
from storage.records.people import members
from tests.storage.people import NOW, enter, telegram_id
from tests.support.held_statements import Held, HeldAt
from tests.support.statements import in_transaction


@pytest.mark.parametrize(
    "during", ["COMMIT", "SELECT key_id FROM erasures", "DELETE FROM data_keys", "PRAGMA wal_checkpoint"]
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
        store._network._needs_reopening = spoiled
        held.hold(number)
        under_way = await held.cancelled(asyncio.create_task(erase(name)), times)
        assert not any(in_transaction(database) for database in store.files.both)
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
        assert await tx.fetchval("SELECT number FROM generation") == store.files.generation_file.read()
