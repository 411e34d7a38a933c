"""The open database: who may open it, that a transaction is all or nothing, and that the files say nothing."""

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.opening import open_store
from storage.records import hosts
from storage.records.people import members
from tests.storage.people import HOSTS, MASTER, NOW, contents, copy, enter, opened, telegram_id
from tests.support.paths import ROOT

FROM_ANOTHER_PROCESS = """
import asyncio, pathlib, sys
from storage.engine.errors import StoreError
from storage.opening import open_store
from tests.storage.people import MASTER
async def reason():
    try:
        store = await open_store(pathlib.Path(sys.argv[1]), MASTER)
    except StoreError as trouble:
        return trouble.reason
    await store.close()
    return "it opened"
print(asyncio.run(reason()))
"""


async def reason(directory: Path, master: MasterKey = MASTER) -> str:
    try:
        store = await open_store(directory, master)
    except StoreError as trouble:
        return trouble.reason
    await store.close()
    return "it opened"


async def names(store: Store) -> list[str]:
    async with store.transaction() as tx:
        return [host.name for host in await hosts.everyone(tx)]


def modes(directory: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


async def two_rows(tx: Transaction, word: str) -> None:
    await hosts.add(tx, f"{word} one", NOW)
    await hosts.add(tx, f"{word} two", NOW)


async def test_a_second_opening_is_refused_and_disturbs_nobody(store: Store, directory: Path) -> None:
    assert await reason(directory) == "in-use"
    async with store.transaction() as tx:
        await two_rows(tx, "Later")
    assert len(await names(store)) == 4


async def test_a_second_process_is_refused_and_disturbs_nobody(store: Store, directory: Path) -> None:
    second = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FROM_ANOTHER_PROCESS, str(directory)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (second.stdout.strip(), second.stderr) == ("in-use", "")
    async with store.transaction() as tx:
        await two_rows(tx, "Later")
    assert len(await names(store)) == 4


async def test_a_wrong_key_opens_nothing_and_changes_nothing(directory: Path) -> None:
    before = contents(directory)
    assert await reason(directory, MasterKey(bytes(32))) == "wrong-key"
    assert contents(directory) == before
    async with opened(directory) as store:
        assert await names(store) == sorted(HOSTS)


async def test_a_keyring_of_another_network_is_refused(directory: Path, tmp_path: Path) -> None:
    other = await open_store(tmp_path, MasterKey(bytes(32)), create=True)
    await other.close()
    (tmp_path / "keyring.db").replace(directory / "keyring.db")
    assert await reason(directory) == "wrong-key"


async def test_files_that_are_not_there_are_missing_and_are_not_made(directory: Path) -> None:
    (directory / "keyring.db").unlink()
    assert await reason(directory) == "missing"
    (directory / "network.db").unlink()
    assert await reason(directory) == "missing"
    assert set(contents(directory)) == {"halqa.generation"}


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
async def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = await open_store(tmp_path, MASTER, create=True)
    try:
        async with store.transaction() as tx:
            await hosts.found(tx, "Between Convenings", NOW)
        found = modes(tmp_path)
    finally:
        await store.close()
    assert found == dict.fromkeys(
        ("network.db", "network.db-wal", "keyring.db", "keyring.db-wal", "halqa.generation"), 0o600
    )


async def test_what_was_committed_is_there_after_a_power_failure(store: Store, directory: Path, tmp_path: Path) -> None:
    async with store.transaction() as tx:
        await two_rows(tx, "Later")
    async with opened(copy(directory, tmp_path / "copy")) as after:
        assert len(await names(after)) == 4


async def test_a_power_failure_before_the_commit_leaves_nothing(store: Store, directory: Path, tmp_path: Path) -> None:
    async with store.transaction() as tx:
        await two_rows(tx, "Later")
        copy(directory, tmp_path / "copy")
    async with opened(tmp_path / "copy") as after:
        assert await names(after) == sorted(HOSTS)


async def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    async def body() -> None:
        async with store.transaction() as tx:
            await two_rows(tx, "Never")
            raise LookupError

    with pytest.raises(LookupError):
        await body()
    assert await names(store) == sorted(HOSTS)


async def test_a_statement_that_fails_takes_the_whole_transaction_back(store: Store) -> None:
    async def body() -> None:
        async with store.transaction() as tx:
            await two_rows(tx, "Never")
            await tx.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(Exception, match="no such table"):
        await body()
    assert await names(store) == sorted(HOSTS)


async def test_transactions_never_see_each_other_half_done(store: Store) -> None:
    seen = []

    async def one(word: str) -> None:
        async with store.transaction() as tx:
            before = await tx.fetchval("SELECT count(*) FROM hosts")
            await two_rows(tx, word)
            await asyncio.sleep(0)
            seen.append((before, await tx.fetchval("SELECT count(*) FROM hosts")))

    await asyncio.gather(*(one(f"Host {number}") for number in range(10)))
    assert seen == [(2 + 2 * number, 4 + 2 * number) for number in range(10)]


async def test_many_rows_go_in_together(store: Store) -> None:
    async with store.transaction() as tx:
        rows = [(bytes([number]) * 16, f"Topic {number}", "", 0) for number in range(100)]
        await tx.executemany("INSERT INTO topics (id, title, purpose, created_at) VALUES (?, ?, ?, ?)", rows)
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM topics") == 100


async def test_no_file_shows_a_name_or_an_id_open_or_closed(store: Store, directory: Path) -> None:
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma el-Khatib")
        assert await members.find(tx, telegram_id("Salma el-Khatib")) == salma
    for _ in range(2):
        raw = b"".join(contents(directory).values())
        for word in ("Salma", "Khatib", str(telegram_id("Salma el-Khatib")), "Cedar", "Between Convenings", "SQLite"):
            assert word.encode() not in raw
        assert salma.id not in raw
        assert salma.key_id not in raw
        await store.close()
