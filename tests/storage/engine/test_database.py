"""One file: what is refused, copied and rolled back; and how it is opened again after an error that broke it."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import sqlcipher3

from storage.engine.connection import CountingConnection, Row
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.sqlcipher import PAGE
from storage.engine.store import Store
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.records import audit, erasure, hosts
from storage.records.people import members
from tests.storage.people import MASTER, NOW, enter, opened, telegram_id
from tests.support.statements import file_name


class Failing:
    """A disk that fails once: as a statement is to be written, or after it was, which SQLite cannot know."""

    def __init__(self, patch: pytest.MonkeyPatch, word: str, name: str, *, written: bool) -> None:
        at_once = CountingConnection.run
        self.failed = 0

        def fails(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            if self.failed or not sql.startswith(word) or file_name(connection) != name:
                return at_once(connection, sql, values)
            if written:
                at_once(connection, sql, values)
            self.failed += 1
            error = sqlcipher3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            connection.note(error)
            raise error

        patch.setattr(CountingConnection, "run", fails)


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
        failing = Failing(patch, "DELETE FROM data_keys", KEYRING_FILE, written=False)
        await erase(store, "Salma")  # her rows are gone, which is what she was promised
        assert failing.failed
    assert salma.key_id in store.keyring
    await store.finish_erasures()
    assert salma.key_id not in store.keyring
    async with store.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM erasures") == 0


async def test_opened_anew_it_still_refuses_everybody_else(store: Store, directory: Path) -> None:
    store._network._needs_reopening = store._keys._needs_reopening = True
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
        database._needs_reopening = True
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


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """A new file with one host in it, open."""
    database = Database(tmp_path / "hosts.db", MASTER.derive("database"), create=True)
    await database.begin()
    await database.execute("CREATE TABLE hosts (name TEXT)")
    await database.execute("INSERT INTO hosts VALUES ('Cedar')")
    yield database
    await database.close()


async def hosts_in(database: Database) -> list[str]:
    return [row[0] for row in await database.fetch("SELECT name FROM hosts ORDER BY name")]


async def test_a_transaction_of_one_file_is_all_or_nothing(file: Database) -> None:
    async def adds(name: str, *, fails: bool) -> None:
        async with file.transaction():
            await file.execute("INSERT INTO hosts VALUES (?)", (name,))
            if fails:
                raise LookupError

    await adds("Lake", fails=False)
    with pytest.raises(LookupError):
        await adds("Never", fails=True)
    assert await hosts_in(file) == ["Cedar", "Lake"]
    await file.rollback()  # where no transaction is open, nothing happens


async def test_a_copy_replaces_no_file(file: Database, tmp_path: Path) -> None:
    await file.copy_to(tmp_path / "copy.db")
    with pytest.raises(FileExistsError):
        await file.copy_to(tmp_path / "copy.db")
    copy = file.read_only(tmp_path / "copy.db")
    await copy.begin()
    assert await hosts_in(copy) == ["Cedar"]
    await copy.close()


@pytest.mark.parametrize(("altered", "reason"), [([0], "damaged"), ([0, 1], "wrong-key")])
async def test_one_altered_page_is_damage_and_all_of_them_are_another_key(
    file: Database, altered: list[int], reason: str
) -> None:
    await file.settle()
    await file.close()
    data = bytearray(file.path.read_bytes())
    assert len(data) == 2 * PAGE
    for page in altered:
        data[page * PAGE + 100] ^= 1
    file.path.write_bytes(data)
    again = Database(file.path, MASTER.derive("database"))
    with pytest.raises(StoreError, match=reason):
        await again.begin()
    await again.close()


async def test_an_empty_file_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    database = Database(path, MASTER.derive("database"))
    with pytest.raises(StoreError, match="damaged"):
        await database.begin()
    assert path.stat().st_size == 0


async def test_only_an_error_that_breaks_the_connection_marks_it_as_broken(file: Database) -> None:
    with pytest.raises(sqlcipher3.OperationalError, match="no such table"):
        await file.fetch("SELECT name FROM nowhere")
    assert not file.broken
    error = sqlcipher3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_READ"
    assert file._connection is not None
    file._connection._opened.note(error)
    assert file.broken
