"""A network in memory: the same shape and the same transactions as on disk, empty, and gone with the process.

What a frozen account does happens here (storage/records/safety/decoys.py), so that it has no effect and leaves nothing.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.crypto.cipher import Cipher
from storage.crypto.master_key import KEY_BYTES
from storage.engine import sqlcipher
from storage.engine.cancellation import shielded
from storage.engine.connection import CountingConnection
from storage.engine.database import Database
from storage.engine.keyring import KeyringDatabase
from storage.engine.transaction import Transaction
from storage.integrity import audit_chain
from storage.integrity.audit_chain import Chain
from storage.integrity.unreadable_rows import UnreadableRows


class _MemoryDatabase(Database):
    """A database without a file."""

    def _refuse_empty(self) -> None:
        """There is no file that could be empty."""

    def _connect(self) -> CountingConnection:
        return sqlcipher.connect_in_memory()


class MemoryStore:
    """Opened by `open`; each has its own keys, which are drawn then."""

    def __init__(self) -> None:
        self._network = _MemoryDatabase(Path(":memory:"))
        self._keys = _MemoryDatabase(Path(":memory:"))
        self._keyring = KeyringDatabase(self._keys)
        self._index_key = os.urandom(KEY_BYTES)
        self._audit = Chain(os.urandom(KEY_BYTES))
        self._unreadable_rows = UnreadableRows()
        self._writer = asyncio.Lock()
        self._cipher = Cipher(self._keyring.keyring, lookup_key=b"", index_key=self._index_key)

    @classmethod
    async def open(cls) -> "MemoryStore":
        store = cls()
        try:
            await store._network.open("network")
            await store._keys.open("keyring")
            key_id, lookup_key = await store._keyring.add_lookup_key()
            await store._network.execute("INSERT INTO epoch (id, key_id) VALUES (1, ?)", (key_id,))
            await audit_chain.keep(store._network.fetch, store._audit)
            store._cipher = store._cipher.with_lookup_key(lookup_key)
        except BaseException:
            await shielded(store.close())
            raise
        return store

    async def close(self) -> None:
        async with self._writer:
            await self._network.close()
            await self._keys.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing, as `Store.transaction`."""
        async with self._writer:
            tx = Transaction(self._network, self._cipher, self._audit, self._keyring, self._unreadable_rows)
            try:
                yield tx
                tx.end()
                if tx.begun:
                    await shielded(self._commit(tx))
            except BaseException:
                tx.end()
                await shielded(self._network.rollback())
                raise

    async def _commit(self, tx: Transaction) -> None:
        await self._network.execute("COMMIT")
        self._cipher, self._audit = tx.cipher, tx.audit
        for [key_id] in await self._network.fetch("SELECT key_id FROM erasures") if tx.erases else ():
            self._keyring.keyring.forget(key_id)
            await self._network.execute("DELETE FROM erasures WHERE key_id = ?", (key_id,))
