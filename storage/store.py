"""The open database: one connection, one writer at a time.

`network.db` and `keyring.db` are SQLCipher files. Work happens in `Store.transaction()`: it begins IMMEDIATE, holds the
only lock, and commits or rolls back even if its task is cancelled in the middle.

A member's key is on disk before the first row that needs it, and is removed after the last row that did. In between
stands a row in `erasures`, so that a crash at any moment ends with the erasure finished at the next start.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import sqlcipher3

from storage.cipher import Cipher
from storage.instants import to_seconds
from storage.keyring import KEY_BYTES, Keyring, MasterKey
from storage.migrate import migrate

NETWORK_FILE = "network.db"
KEYRING_FILE = "keyring.db"
# Exclusive: a second process is refused. Secure delete: freed content is overwritten. Full: a commit is on the disk.
PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
)
Row = Sequence[Any]
_T = TypeVar("_T")


class StoreTrouble(Exception):
    """The files cannot be opened. `reason` is a fixed word: wrong-key, in-use, missing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Database:
    """One SQLCipher file and the statements that go to it."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        # Typed as sqlite3's connection by aiosqlite; sqlcipher3 is a fork of that module with the same interface.
        self._connection = aiosqlite.Connection(lambda: _connect(path, key), iter_chunk_size=64)

    async def open(self, steps: str) -> None:
        """Opens and migrates. Raises `StoreTrouble` (wrong-key, in-use) or `migrate.NewerDatabase`."""
        await self._connection
        try:
            for pragma in PRAGMAS:
                await self.run(f"PRAGMA {pragma}")
            await migrate(self.run, steps)
        except sqlcipher3.OperationalError as error:
            await self.close()
            if "locked" in str(error):
                raise StoreTrouble("in-use") from None
            raise
        except sqlcipher3.DatabaseError:
            await self.close()
            raise StoreTrouble("wrong-key") from None
        except BaseException:
            await self.close()
            raise

    async def run(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        return list(await self._connection.execute_fetchall(sql, values))

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._connection.executemany(sql, rows)

    async def rollback(self) -> None:
        if self._connection.in_transaction:
            await self._connection.execute("ROLLBACK")

    async def close(self) -> None:
        await self._connection.close()


def _connect(path: Path, key: bytes) -> Any:
    # Synchronously and here, so that the key passes through no logger of aiosqlite's.
    path.touch(mode=0o600)
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False, timeout=1.0)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


async def _to_the_end(work: Awaitable[_T]) -> _T:
    """Waits for work that must not be abandoned half-way, then lets a cancellation through."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


class Transaction:
    """Statements that take effect together. Handed to the functions of the nouns, which do all the SQL."""

    def __init__(self, database: Database, cipher: Cipher, store: "Store") -> None:
        self._database = database
        self._store = store
        self.cipher = cipher
        self.erases = False

    async def run(self, sql: str, *values: object) -> list[Row]:
        return await self._database.run(sql, values)

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._database.run_many(sql, rows)

    async def one(self, sql: str, *values: object) -> Row | None:
        rows = await self._database.run(sql, values)
        return rows[0] if rows else None

    async def number(self, sql: str, *values: object) -> int:
        """The single integer of a query that always has one row, such as a count."""
        [[count]] = await self._database.run(sql, values)
        return int(count)

    async def new_key(self) -> bytes:
        """A new member key, on disk before this returns; its id. One that no row names goes at the next start."""
        return await self._store.add_key()

    async def erase_key(self, key_id: bytes, now: datetime) -> None:
        """Erases a member key once this transaction is committed; the rows that need it must be gone by then."""
        await self.run("INSERT INTO erasures (key_id, erased_at) VALUES (?, ?)", key_id, to_seconds(now))
        self.erases = True


class Store:
    """Both files, opened. One per process and data directory: a second one is refused as `in-use`."""

    def __init__(self, network: Database, keys: Database, keyring: Keyring, cipher: Cipher) -> None:
        self._network = network
        self._keys = keys
        self._keyring = keyring
        self._cipher = cipher
        self._writer = asyncio.Lock()

    @classmethod
    async def open(cls, directory: Path, master: MasterKey, *, create: bool = False) -> "Store":
        """Opens the files of a data directory. Raises `StoreTrouble`, `NewerDatabase`."""
        paths = [directory / NETWORK_FILE, directory / KEYRING_FILE]
        if not create and not all(path.exists() for path in paths):
            raise StoreTrouble("missing")
        network = Database(paths[0], master.derive("database"))
        await network.open("network")
        keys = Database(paths[1], master.derive("keyring"))
        try:
            await keys.open("keyring")
        except BaseException:
            await network.close()
            raise
        keyring = Keyring({row[0]: row[1] for row in await keys.run("SELECT id, key FROM member_keys")})
        cipher = Cipher(keyring, network_key=master.derive("network"), index_key=master.derive("index"))
        store = cls(network, keys, keyring, cipher)
        await store._tidy()
        return store

    @property
    def keyring(self) -> Keyring:
        """The members' keys, as they are now."""
        return self._keyring

    async def close(self) -> None:
        async with self._writer:
            await self._network.close()
            await self._keys.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing. After a commit that erased somebody, their keys are gone before this returns."""
        async with self._writer:
            try:
                await self._network.run("BEGIN IMMEDIATE")
                tx = Transaction(self._network, self._cipher, self)
                yield tx
                await _to_the_end(self._network.run("COMMIT"))
            except BaseException:
                await _to_the_end(self._network.rollback())
                raise
            if tx.erases:
                await _to_the_end(self._finish_erasures())

    async def add_key(self) -> bytes:
        key_id, key = os.urandom(16), os.urandom(KEY_BYTES)
        await self._keys.run("INSERT INTO member_keys (id, key) VALUES (?, ?)", (key_id, key))
        self._keyring.add(key_id, key)
        return key_id

    async def _finish_erasures(self) -> None:
        erased = await self._network.run("SELECT key_id FROM erasures")
        for [key_id] in erased:
            await self._keys.run("DELETE FROM member_keys WHERE id = ?", (key_id,))
            self._keyring.forget(key_id)
        await self._keys.run("PRAGMA wal_checkpoint(TRUNCATE)")
        await self._network.run("DELETE FROM erasures")
        await self._network.run("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _tidy(self) -> None:
        """Ends what a crash interrupted: erasures without their last step, keys without their first row."""
        await self._finish_erasures()
        used = {row[0] for row in await self._network.run("SELECT key_id FROM members")}
        for key_id in set(self._keyring) - used:
            await self._keys.run("DELETE FROM member_keys WHERE id = ?", (key_id,))
            self._keyring.forget(key_id)
