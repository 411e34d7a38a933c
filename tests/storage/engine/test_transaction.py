"""A transaction: what only reads begins nothing, and a part that is undone leaves the state as it was before."""

from contextlib import nullcontext

import pytest

from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import audit, hosts
from tests.storage.people import HOSTS, NOW


async def test_what_only_reads_begins_nothing(store: Store) -> None:
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM hosts") == len(HOSTS)
        assert not tx.begun
        await tx.execute("UPDATE hosts SET created_at = created_at")
        assert tx.begun


async def test_a_row_that_is_not_there_is_none(tx: Transaction) -> None:
    assert await tx.fetchrow("SELECT created_at FROM hosts WHERE id = ?", b"nobody") is None
    row = await tx.fetchrow("SELECT count(*) FROM hosts")
    assert row is not None
    assert row[0] == len(HOSTS)


async def test_a_part_that_is_undone_takes_nothing_of_the_part_before_along(tx: Transaction) -> None:
    tx.begin_part()
    await hosts.add(tx, "Stays", NOW)
    await audit.record(tx, "invited", None, None, NOW)
    tx.truncate_wal_on_commit = True
    await tx.end_part()
    state = (tx.cipher, tx.audit, tx.erases, tx.truncate_wal_on_commit, tx.renewed)
    tx.begin_part()
    await hosts.add(tx, "Goes", NOW)
    await audit.record(tx, "invited", None, None, NOW)
    await tx.erase_key(b"k" * 16, NOW)
    await tx.renew_lookup_key()
    assert (tx.cipher, tx.audit, tx.erases, tx.truncate_wal_on_commit, tx.renewed) != state
    await tx.undo_part()
    assert (tx.cipher, tx.audit, tx.erases, tx.truncate_wal_on_commit, tx.renewed) == state
    assert {host.name for host in await hosts.everyone(tx)} == {*HOSTS, "Stays"}
    assert await audit.verify(tx) is None
    await tx.execute("DELETE FROM erasures")


async def test_on_a_broken_connection_only_the_whole_can_be_undone(store: Store) -> None:
    async with store.transaction() as tx:
        tx.begin_part()
        await hosts.add(tx, "Goes", NOW)
        store._keys._needs_reopening = True
        with pytest.raises(StoreError, match="damaged"):
            await tx.undo_part()
        store._keys._needs_reopening = False


async def test_a_lookup_key_is_renewed_once_in_a_transaction(tx: Transaction) -> None:
    before = tx.cipher
    assert await tx.renew_lookup_key() is before
    renewed = tx.cipher
    assert renewed.telegram_id_index(7) != before.telegram_id_index(7)
    assert await tx.renew_lookup_key() is renewed
    assert tx.cipher is renewed


async def test_an_erasure_raises_the_generation_once(tx: Transaction) -> None:
    before = await tx.fetchval("SELECT number FROM generation")
    for key_id in (b"1" * 16, b"2" * 16):
        await tx.erase_key(key_id, NOW)
    assert await tx.fetchval("SELECT number FROM generation") == before + 1
    assert await tx.fetchval("SELECT count(*) FROM erasures") == 2
    await tx.execute("DELETE FROM erasures")
    tx.erases = False


@pytest.mark.parametrize("fails", [False, True])
async def test_after_its_end_it_takes_no_statement(store: Store, fails: bool) -> None:
    with pytest.raises(ZeroDivisionError) if fails else nullcontext():
        async with store.transaction() as tx:
            await hosts.add(tx, "First", NOW)
            assert not fails or 1 / 0
    with pytest.raises(RuntimeError, match="has ended"):
        await hosts.add(tx, "Late", NOW)
    with pytest.raises(RuntimeError, match="has ended"):
        await tx.executemany("DELETE FROM hosts WHERE id = ?", [[bytes(16)]])
