"""The open network: one connection per file, one writer at a time.

`network.db` and `keyring.db` are SQLCipher files. Work happens in `Store.transaction()`: it holds the only lock,
begins IMMEDIATE with the first statement that writes, and commits or rolls back even if its task is cancelled in the
middle.

A data key is on disk before the first row that needs it, and is removed after the last row that did. In between
stands a row in `erasures`, so that after a crash at any moment the next start finishes the erasure.

An older copy put in place of a file is noticed at the start (rollback_guard.py) and refused unless it is accepted.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3
import structlog

from storage.crypto.cipher import Cipher
from storage.crypto.master_key import MasterKey
from storage.engine import audit_startup
from storage.engine.cancellation import shielded
from storage.engine.database_pair import DatabasePair
from storage.engine.errors import StoreError, translate_disk_errors
from storage.engine.group_commit import GroupCommit
from storage.engine.keyring import Keyring, KeyringDatabase
from storage.engine.startup_checks import refuse_interrupted
from storage.engine.transaction import Transaction
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity import data_keys, lookup_key_rotation
from storage.integrity.audit_chain import Chain
from storage.integrity.unreadable_rows import UnreadableRows
from storage.maintenance import restore_reconcile

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Store:
    """The opened network. One per process and data directory: a second one is refused as `in-use`."""

    def __init__(self, files: DatabasePair, index_key: bytes, audit_key: bytes) -> None:
        self.files = files  # for maintenance
        self._network, self._keys = files.both
        self._keyring = KeyringDatabase(files.keyring)
        self._index_key = index_key
        self._audit = Chain(audit_key)
        self._writer = asyncio.Lock()
        self._group_commit = GroupCommit(self.transaction)
        self.unreadable_rows = UnreadableRows()
        self._stale = False  # a file was reopened and what is in memory has not been reloaded
        self.erasures = 0  # erasures finished since the files were opened
        self.dropped: restore_reconcile.Dropped | None = None  # what was pending in an older copy that was accepted
        self._cipher = Cipher(self.keyring, lookup_key=b"", index_key=index_key)

    @classmethod
    async def open(
        cls,
        directory: Path,
        master: MasterKey,
        *,
        create: bool = False,
        accept_rollback: bool = False,
        restoring: bool = False,
    ) -> "Store":
        """Opens the files of a data directory.

        Raises `StoreError` and `NewerDatabase`, having changed nothing, and `OSError` where the disk is full or fails.
        `accept_rollback` accepts older copies, as of now. `restoring` is for the restore that moves files aside. An
        interrupted rotation of the master key is refused (rotating); `opening.open_store` resumes it.
        """
        if not restoring:
            refuse_interrupted(directory)
        if not create and not all((directory / name).exists() for name in (NETWORK_FILE, KEYRING_FILE)):
            raise StoreError("missing")
        files = DatabasePair(directory, master, create=create)
        store = cls(files, master.derive("index"), master.derive("audit"))
        try:
            with translate_disk_errors(directory):
                rolled_back = None if create else await files.check(accept_rollback=accept_rollback)
                await files.begin()
                if not restoring:
                    refuse_interrupted(directory)  # again, now that the lock keeps others from starting one
                await files.begin_checkpoints()
                await files.migrate()
                if rolled_back and not restoring:
                    log.warning("rollback-accepted", what=rolled_back)
                if rolled_back or (restoring and accept_rollback):
                    await store._drop_pending()
                await store._load_and_finish()
                await files.raise_generation()
            files.remove_migration_copies()
        except BaseException:
            await files.close()
            raise
        return store

    @property
    def keyring(self) -> Keyring:
        """The data keys as they are now."""
        return self._keyring.keyring

    @property
    def directory(self) -> Path:
        return self.files.directory

    @property
    def cipher(self) -> Cipher:
        """The cipher with the current lookup key."""
        return self._cipher

    async def close(self) -> None:
        await self._group_commit.finish()
        async with self._writer:
            await shielded(self.files.stop())

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing. After a commit that erased somebody, their keys are gone before this returns."""
        async with self._exclusive():
            tx = Transaction(self._network, self._cipher, self._audit, self._keyring, self.unreadable_rows)
            try:
                yield tx
                tx.end()
                if tx.begun:
                    await shielded(self._commit(tx))
            except BaseException:
                tx.end()
                await shielded(self._network.rollback())
                raise

    async def group_commit(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Does the work in a transaction shared with what others want done at this moment; see `GroupCommit.run`."""
        return await self._group_commit.run(work)

    @asynccontextmanager
    async def _exclusive(self) -> AsyncIterator[None]:
        """Holds the only lock, with both files usable: a broken connection is reopened first."""
        async with self._writer:
            if self._stale or self.files.broken:
                await shielded(self._reopen())
            yield

    async def _reopen(self) -> None:
        self._stale = True
        await self.files.reopen_broken()
        await self._load()  # only now it is known whether a commit that failed took effect
        self._stale = False

    async def _commit(self, tx: Transaction) -> None:
        await self._network.execute("COMMIT")
        self._cipher, self._audit = tx.cipher, tx.audit
        if tx.erases or tx.truncate_wal_on_commit:
            await self._finish_erasures(truncate=True)
        await self.files.checkpoints.run_if_large()

    async def finish_erasures(self) -> None:
        """Finishes erasures that could not be finished after their commit, such as on a full disk; else nothing."""
        async with self._exclusive():
            if await self._network.fetch("SELECT 1 FROM erasures LIMIT 1"):
                await shielded(self._finish_erasures())

    async def _finish_erasures(self, *, truncate: bool = False) -> None:
        """The last step of erasures: their keys, then every page that held any of it. `truncate`: the logs in any case.

        An error here must not look like one of the erasure itself, whose rows are gone: it is logged, the row in
        `erasures` stays, and `finish_erasures` or the next start does the step again.
        """
        try:
            erased = [row[0] for row in await self._network.fetch("SELECT key_id FROM erasures")]
            number = await self._network.generation()
            lookup_key_id = await lookup_key_rotation.current(self._network.fetch)
            await self._keyring.erase(erased, lookup_key_id=lookup_key_id, audit=self._audit, generation=number)
            self.erasures += bool(erased)
            if erased or truncate:
                await self.files.checkpoints.run(truncate=True, number=number if erased else None)
            await self._network.execute("DELETE FROM erasures")
        except (sqlcipher3.Error, OSError) as error:
            log.error("erasure-unfinished", error=type(error).__name__)

    async def raise_generation(self, generation: int) -> None:
        """Makes the generation number higher than one that was given before, elsewhere."""
        async with self._exclusive():
            await self.files.raise_generation(generation)

    async def copy_to(self, network: Path | None, keyring: Path) -> int:
        """Checked copies of the files as they are now; their generation number. No transaction is open meanwhile.

        Without `network` only the keyring is copied. Raises `OSError`, and `StoreError` (damaged).
        """
        async with self._exclusive():
            return await shielded(self._copy_to(network, keyring))

    async def _copy_to(self, network: Path | None, keyring: Path) -> int:
        await self._finish_erasures()
        number = await self.files.raise_generation()
        await self.files.copy_to(network, keyring)
        return number

    async def begin_audit(self) -> None:
        """Begins the audit's chain again with the entries as they are, for an operator who knows why it was broken."""
        async with self._exclusive():
            await shielded(self._restart_audit())

    async def _restart_audit(self) -> None:
        self._audit = await audit_startup.restart(self.files, self._audit.key)

    async def _load(self) -> bytes:
        """Reads what is held in memory: the data keys, the lookup key, the end of the audit's chain.

        Returns the id of the lookup key.
        """
        await self._keyring.load()
        known, key_id = await self._keyring.lookup_keys(), await lookup_key_rotation.current(self._network.fetch)
        if key_id not in known:
            key_id = next(iter(known), None)
        key_id, key = (key_id, known[key_id]) if key_id else await self._keyring.add_lookup_key()
        self._cipher = Cipher(self.keyring, lookup_key=key, index_key=self._index_key)
        self._audit = await audit_startup.load(self.files, self._audit.key, self._cipher)
        return key_id

    async def _load_and_finish(self) -> None:
        """Loads the keys, and finishes what a crash interrupted or what an older copy of network.db brings back.

        Keys that no row names are removed, and rows whose key was erased; hashes by an erased lookup key are rebuilt.
        """
        key_id = await self._load()
        await data_keys.encrypt_unencrypted(self._network, self._keyring.add_missing, self._cipher)
        await self._finish_erasures(truncate=True)
        if key_id != await lookup_key_rotation.current(self._network.fetch):
            await self._rebuild_lookup_hashes(key_id)
        await self._keyring.erase_unused(await data_keys.named(self._network.fetch))

    async def _rebuild_lookup_hashes(self, key_id: bytes) -> None:
        """Moves network.db to this lookup key: a new file, or an older copy whose own lookup key is erased."""
        run, run_many = self._network.fetch, self._network.executemany
        async with self._network.transaction():
            for error in await lookup_key_rotation.rebuild(run, run_many, self.keyring, key_id, self._cipher):
                self.unreadable_rows.tell(error)

    async def _drop_pending(self) -> None:
        async with self._network.transaction():
            self.dropped = await restore_reconcile.settle(self._network.fetch)
