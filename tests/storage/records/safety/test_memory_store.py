"""A network in memory: transactions as on disk, and no file."""

import asyncio
import os
from pathlib import Path

import pytest

from storage.engine.memory_store import MemoryStore
from storage.records import audit, hosts
from tests.storage.people import NOW


async def test_what_is_written_stays_until_it_is_closed_and_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await MemoryStore.open()
    async with store.transaction() as tx:
        assert await hosts.add(tx, "Cedar Law", NOW)
        await audit.record(tx, "host-added", None, None, NOW)
    async with store.transaction() as tx:
        assert [host.name for host in await hosts.everyone(tx)] == ["Cedar Law"]
        assert await audit.verify(tx) is None
    await store.close()
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def test_a_transaction_that_fails_is_rolled_back() -> None:
    store = await MemoryStore.open()

    async def fail() -> None:
        async with store.transaction() as tx:
            await hosts.add(tx, "Cedar Law", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.transaction() as tx:
        assert await hosts.everyone(tx) == []
    await store.close()


async def test_two_are_apart_and_transactions_of_one_wait_for_each_other() -> None:
    first, second = await MemoryStore.open(), await MemoryStore.open()

    async def add(store: MemoryStore, name: str) -> None:
        async with store.transaction() as tx:
            await hosts.add(tx, name, NOW)

    await asyncio.gather(add(first, "Cedar Law"), add(first, "Lake Forum"), add(second, "Baobab"))
    async with first.transaction() as one, second.transaction() as two:
        assert [host.name for host in await hosts.everyone(one)] == ["Cedar Law", "Lake Forum"]
        assert [host.name for host in await hosts.everyone(two)] == ["Baobab"]
    await first.close()
    await second.close()
