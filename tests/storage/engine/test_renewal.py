"""A file is opened anew after an error that leaves its connection useless, and what was in memory is read again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlcipher3

from storage.engine.connection import Database, Row
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import audit, erasure, hosts
from storage.records.people import members
from tests.storage.people import MASTER, NOW, enter, opened, telegram_id


class Failing:
    """A disk that fails once: as a statement is to be written, or after it was, which SQLite cannot know."""

    def __init__(self, patch: pytest.MonkeyPatch, word: str, name: str, *, written: bool) -> None:
        at_once = Database._execute
        self.failed = 0

        def fails(database: Database, sql: str, values: Sequence[object]) -> list[Row]:
            if self.failed or not sql.startswith(word) or database.path.name != name:
                return at_once(database, sql, values)
            if written:
                at_once(database, sql, values)
            self.failed += 1
            error = sqlcipher3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            database._note_error(error)
            raise error

        patch.setattr(Database, "_execute", fails)


async def erase(store: Store, name: str) -> None:
    async with store.transaction() as tx:
        person = await members.find(tx, telegram_id(name))
        assert person is not None
        await erasure.erase(tx, person, NOW)
        await audit.record(tx, "erased", None, None, NOW)


@pytest.mark.parametrize("written", [False, True])
async def test_an_erasure_whose_commit_failed_is_done_or_not_and_everybody_else_is_found(
    store: Store, directory: Path, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    with monkeypatch.context() as patch:
        failing = Failing(patch, "COMMIT", NETWORK_FILE, written=written)
        with pytest.raises(sqlcipher3.OperationalError, match="disk"):
            await erase(store, "Salma")
        assert failing.failed
        await store.finish_erasures()
    async with store.transaction() as tx:
        assert await members.find(tx, telegram_id("Salma")) == (None if written else salma)
        assert await members.find(tx, telegram_id("Nour")) == nour
        assert await audit.verify(tx) is None
        await audit.record(tx, "invited", nour.id, None, NOW)
    assert (salma.key_id in store.keyring) != written
    await store.close()
    async with opened(directory) as after, after.transaction() as tx:
        assert await members.find(tx, telegram_id("Nour")) == nour
        assert await audit.verify(tx) is None


async def test_a_key_that_could_not_be_removed_is_removed_later(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with store.transaction() as tx:
        salma = await enter(tx, "Salma")
    with monkeypatch.context() as patch:
        failing = Failing(patch, "DELETE FROM member_keys", KEYRING_FILE, written=False)
        await erase(store, "Salma")  # her rows are gone, which is what she was promised
        assert failing.failed
    assert salma.key_id in store.keyring
    await store.finish_erasures()
    assert salma.key_id not in store.keyring
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0


async def test_opened_anew_it_still_refuses_everybody_else(store: Store, directory: Path) -> None:
    store._network.broken = store._keys.broken = True
    async with store.transaction() as tx:
        await hosts.add(tx, "Later", NOW)
    assert not store._network.broken
    with pytest.raises(StoreError, match="in-use"):
        async with opened(directory):
            pass


async def test_what_somebody_else_did_in_between_is_not_overlooked(store: Store, directory: Path) -> None:
    """While a file is opened anew it is not locked, for a moment."""
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")
    for database in (store._network, store._keys):
        await database._disconnect()
        database.broken = True
    async with opened(directory) as other:
        await erase(other, "Salma")
        with pytest.raises(StoreError, match="in-use"):
            async with store.transaction() as tx:
                pass
    async with store.transaction() as tx:
        assert await members.find(tx, telegram_id("Salma")) is None
        assert await members.find(tx, telegram_id("Nour")) == nour
    assert salma.key_id not in store.keyring


async def test_a_file_that_went_missing_is_not_made_anew(directory: Path) -> None:
    (directory / NETWORK_FILE).unlink()
    database = Database(directory / NETWORK_FILE, MASTER.derive("database"))
    with pytest.raises(StoreError, match="missing"):
        await database.begin()
    assert not (directory / NETWORK_FILE).exists()
