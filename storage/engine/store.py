"""The open database: one connection, one writer at a time.

`network.db` and `keyring.db` are SQLCipher files. Work happens in `Store.transaction()`: it holds the only lock,
begins IMMEDIATE with the first statement that writes, and commits or rolls back even if its task is cancelled in the
middle.

A member's key is on disk before the first row that needs it, and is removed after the last row that did. In between
stands a row in `erasures`, so that a crash at any moment ends with the erasure finished at the next start.

An older copy put in place of a file is noticed at the start (rollback_guard.py) and refused unless it is accepted. Before
a file is migrated a copy of it is made beside it, which goes once everything is open.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3
import structlog

from storage.crypto.cipher import Cipher
from storage.crypto.master_key import KEY_BYTES, Keyring, MasterKey
from storage.engine import startup_checks
from storage.engine.connection import Database, StoreError, shielded, translate_disk_errors
from storage.engine.group_commit import GroupCommit
from storage.engine.transaction import Transaction
from storage.integrity import audit_chain, lookup_key_rotation
from storage.integrity.audit_chain import Chain
from storage.integrity.rollback_guard import GenerationFile
from storage.integrity.unreadable_rows import UnreadableRows
from storage.maintenance import restore_reconcile

log = structlog.get_logger(__name__)
NETWORK_FILE = "network.db"
KEYRING_FILE = "keyring.db"
T = TypeVar("T")
ROTATED = "rotated"  # a folder with whole files under a new master key, of which some may be in place already
ASIDE = "before-restore"  # a folder with the files that a restore has moved aside and not yet replaced for good


class Store:
    """Both files, opened. One per process and data directory: a second one is refused as `in-use`."""

    def __init__(
        self, network: Database, keys: Database, index_key: bytes, audit_key: bytes, seal: GenerationFile
    ) -> None:
        self._network = network
        self._keys = keys
        self._index_key = index_key
        self._audit = Chain(audit_key)
        self._seal = seal
        self._writer = asyncio.Lock()
        self._together = GroupCommit(self.transaction)
        self.keyring = Keyring({})  # the members' keys, as they are now
        self.unreadable_rows = UnreadableRows()
        self._stale = False  # what is in memory is from before a file was opened anew
        self.erased = 0  # how often somebody was erased since the files were opened
        self.dropped: restore_reconcile.Dropped | None = None  # what an older copy that was accepted owed
        self._cipher = Cipher(self.keyring, epoch_key=b"", index_key=index_key)

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
        """Opens the files of a data directory. Raises `StoreError`, `NewerDatabase`; then nothing was changed.
        Raises `OSError` where the disk is full or fails.

        `accept_rollback` goes on with older copies, as of now. `restoring` is for the one who moves files aside.
        Where the master key is being renewed, that is gone on with first (key_rotation.py).
        """
        paths = [directory / NETWORK_FILE, directory / KEYRING_FILE]
        if not restoring:
            _refuse_halves(directory, may_go_on=master.before is not None)
            if master.before is not None:
                from storage.maintenance import key_rotation  # here, since it opens a store itself

                master = await key_rotation.resume(directory, master, accept_rollback=accept_rollback)
        if not create and not all(path.exists() for path in paths):
            raise StoreError("missing")
        network = Database(paths[0], *master.derivations("database"), create=create)
        keys = Database(paths[1], *master.derivations("keyring"), create=create)
        seal, trouble = GenerationFile(directory, master), None
        store = cls(network, keys, master.derive("index"), master.derive("audit"), seal)
        try:
            with translate_disk_errors(directory):
                if not create:
                    looks = network.beside(paths[0]), keys.beside(paths[1])
                    trouble = await startup_checks.look(*looks, seal, accept_rollback=accept_rollback)
                await network.begin()
                await keys.begin()
                if not restoring:
                    _refuse_halves(directory)  # again, now that nobody else can make any
                for database, steps in ((network, "network"), (keys, "keyring")):
                    await startup_checks.migrate_with_copy(database, steps)
                if trouble or (restoring and accept_rollback):
                    if not restoring:
                        log.warning("rollback-accepted", what=trouble)
                    await store._settle_the_past()
                await store._load_and_finish()
                await store._advance()
            for path in paths:
                startup_checks.copy_before_migration(path).unlink(missing_ok=True)
        except BaseException:
            await shielded(network.close())
            await shielded(keys.close())
            raise
        return store

    async def _settle_the_past(self) -> None:
        try:
            await self._network.execute("BEGIN IMMEDIATE")
            self.dropped = await restore_reconcile.settle(self._network.fetch)
            await self._network.execute("COMMIT")
        except BaseException:
            await shielded(self._network.rollback())
            raise

    async def raise_generation(self, generation: int) -> None:
        """Makes the generation higher than one that was given before, elsewhere."""
        async with self._turn():
            await self._advance(generation)

    async def _advance(self, at_least: int = 0) -> int:
        """Makes all three numbers one higher than the highest; the new one. In the order of rollback_guard.py."""
        number = max((await startup_checks.generations(self._network, self._keys, self._seal)).newest, at_least) + 1
        await self._network.execute("UPDATE generation SET number = ?", (number,))
        await self._keys.execute("UPDATE generation SET number = ?", (number,))
        await asyncio.to_thread(self._seal.write, number)
        return number

    async def copy_to(self, network: Path | None, keyring: Path) -> int:
        """Copies of the files as they are now, found sound; their generation. Nobody is in a transaction meanwhile.

        Without `network` only the keyring is copied. Raises `OSError`, and `StoreError` (damaged).
        """
        async with self._turn():
            return await shielded(self._copy_to(network, keyring))

    async def check_keyring(self, path: Path) -> None:
        """Whether a copy of keyring.db is one of this network's. Raises `StoreError` (wrong-key)."""
        copy = self._keys.beside(path)
        try:
            await copy.begin()
        finally:
            await shielded(copy.close())

    async def _copy_to(self, network: Path | None, keyring: Path) -> int:
        await self._finish_erasures()
        number = await self._advance()
        with translate_disk_errors(keyring.parent):
            if network is not None:
                await self._network.copy_to(network)
            await self._keys.copy_to(keyring)
        return number

    @property
    def spoiled(self) -> bool:
        """Whether an error has left a connection useless."""
        return self._network.spoiled or self._keys.spoiled

    @property
    def directory(self) -> Path:
        return self._network.path.parent

    @property
    def cipher(self) -> Cipher:
        """The cipher of the present epoch."""
        return self._cipher

    async def close(self) -> None:
        await self._together.finish()
        async with self._writer:
            for database in (self._network, self._keys):
                await shielded(database.close())

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """The one writer's turn, with both files open: one that an error has spoiled is opened anew first."""
        async with self._writer:
            if self._stale or self.spoiled:
                await shielded(self._renew())
            yield

    async def _renew(self) -> None:
        self._stale = True
        for database in (self._network, self._keys):
            if database.spoiled:
                await database.renew()
                log.warning("database-reopened", file=database.path.name)
        await self._load()  # whether a commit that failed took effect shows only now
        self._stale = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing. After a commit that erased somebody, their keys are gone before this returns."""
        async with self._turn():
            try:
                tx = Transaction(self._network, self._cipher, self._audit, self)
                yield tx
                if tx.begun:
                    await shielded(self._commit(tx))
            except BaseException:
                await shielded(self._network.rollback())
                raise

    async def together(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Does the work in a transaction with what others want to be done at this moment; see `GroupCommit.run`."""
        return await self._together.run(work)

    async def _commit(self, tx: Transaction) -> None:
        await self._network.execute("COMMIT")
        self._cipher, self._audit = tx.cipher, tx.audit
        if tx.erases or tx.empties_logs:
            await self._finish_erasures()

    async def finish_erasures(self) -> None:
        """Does again what could not be done after a commit, such as on a full disk; else nothing."""
        async with self._turn():
            if await self._network.fetch("SELECT 1 FROM erasures LIMIT 1"):
                await shielded(self._finish_erasures())

    async def add_key(self) -> bytes:
        key_id, key = os.urandom(16), os.urandom(KEY_BYTES)
        await self._keys.execute("INSERT INTO member_keys (id, key) VALUES (?, ?)", (key_id, key))
        self.keyring.add(key_id, key)
        return key_id

    async def add_epoch(self) -> tuple[bytes, bytes]:
        key_id, key = os.urandom(16), os.urandom(KEY_BYTES)
        await self._keys.execute("INSERT INTO epoch_keys (id, key) VALUES (?, ?)", (key_id, key))
        return key_id, key

    async def _finish_erasures(self) -> None:
        """The last step of erasures: their keys, then every page that held any of it.

        An error here must not look like one of the erasure itself, whose rows are gone: it is logged, the row in
        `erasures` stays, and the step is done again by `finish_erasures` or at the next start.
        """
        try:
            erased = [row[0] for row in await self._network.fetch("SELECT key_id FROM erasures")]
            number = await self._network.generation()
            await self._forget_keys(erased, number)
            await self._keys.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if erased:
                await asyncio.to_thread(self._seal.write, number)
            await self._network.execute("DELETE FROM erasures")
            await self._network.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlcipher3.Error, OSError) as error:
            log.error("erasure-unfinished", error=type(error).__name__)

    async def _forget_keys(self, erased: Sequence[bytes], number: int) -> None:
        """One commit, which carries the generation of the erasure along and so costs no other."""
        try:
            await self._keys.execute("BEGIN IMMEDIATE")
            for key_id in erased:
                await self._keys.execute("DELETE FROM member_keys WHERE id = ?", (key_id,))
            await self._keys.execute("DELETE FROM epoch_keys WHERE id NOT IN (?)", (await self._epoch(),))
            await audit_chain.keep(self._keys.fetch, self._audit)
            if erased:
                await self._keys.execute("UPDATE generation SET number = max(number, ?)", (number,))
            await self._keys.execute("COMMIT")
        except BaseException:
            await shielded(self._keys.rollback())
            raise
        for key_id in erased:
            self.keyring.forget(key_id)
        self.erased += bool(erased)

    async def _rebuild_lookup_hashes(self, epoch: bytes) -> None:
        """Makes network.db one of this epoch: a new file, or an older copy whose own epoch is over."""
        run, run_many = self._network.fetch, self._network.executemany
        try:
            await run("BEGIN IMMEDIATE")
            await lookup_key_rotation.drop_without_key(run, self.keyring)
            for error in await lookup_key_rotation.rehash(run, run_many, None, self._cipher):
                self.unreadable_rows.tell(error)
            await run(
                "INSERT INTO epoch (id, key_id) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET key_id = ?", [epoch] * 2
            )
            await run("COMMIT")
        except BaseException:
            await shielded(self._network.rollback())
            raise

    async def begin_audit(self) -> None:
        """Chains the audit as it stands now, whatever happened to it: for an operator who knows why it was broken."""
        async with self._turn():
            await shielded(self._chain_anew())

    async def _chain_anew(self) -> None:
        self._audit = await self._begin_audit()
        await audit_chain.keep(self._keys.fetch, self._audit)

    async def _begin_audit(self) -> Chain:
        try:
            await self._network.execute("BEGIN IMMEDIATE")
            begun = await audit_chain.begin(self._network.fetch, self._network.executemany, self._audit.key)
            if not await self._keys.fetch(audit_chain.HEAD):
                await audit_chain.keep(self._keys.fetch, begun)
            await self._network.execute("COMMIT")
        except BaseException:
            await shielded(self._network.rollback())
            raise
        return begun

    async def _load_audit(self) -> None:
        if await audit_chain.is_unbegun(self._network.fetch):
            await self._begin_audit()
        self._audit = await audit_chain.take_up(self._network.fetch, self._keys.fetch, self._audit.key)
        await audit_chain.keep(self._keys.fetch, self._audit)
        if self._audit.broken:
            log.error("audit-broken", number=self._audit.number)

    async def _epoch(self) -> bytes | None:
        rows = await self._network.fetch("SELECT key_id FROM epoch")
        return rows[0][0] if rows else None

    async def _load(self) -> bytes:
        """Reads what is held in memory: the keys, the epoch, where the audit stands. Answers the epoch's key id."""
        self.keyring = Keyring({row[0]: row[1] for row in await self._keys.fetch("SELECT id, key FROM member_keys")})
        known = {row[0]: row[1] for row in await self._keys.fetch("SELECT id, key FROM epoch_keys")}
        stands = await self._epoch()
        key_id, key = (stands, known[stands]) if stands in known else next(iter(known.items()), (None, b""))
        if key_id is None:
            key_id, key = await self.add_epoch()
        self._cipher = Cipher(self.keyring, epoch_key=key, index_key=self._index_key)
        await self._load_audit()
        return key_id

    async def _load_and_finish(self) -> None:
        """Loads the keys, and ends what a crash interrupted or what an older copy of network.db brings back.

        Keys that no row names go, and rows whose key was erased; hashes of an epoch whose key is gone are made anew.
        """
        key_id = await self._load()
        await self._finish_erasures()
        if key_id != await self._epoch():
            await self._rebuild_lookup_hashes(key_id)
        used = {row[0] for row in await self._network.fetch("SELECT key_id FROM members")}
        for unused in set(self.keyring) - used:
            await self._keys.execute("DELETE FROM member_keys WHERE id = ?", (unused,))
            self.keyring.forget(unused)


def _refuse_halves(directory: Path, *, may_go_on: bool = False) -> None:
    """Where somebody was interrupted half-way, that comes first. Raises `StoreError` (restoring, rotating)."""
    if (directory / ASIDE).is_dir():
        raise StoreError("restoring")
    if not may_go_on and (directory / ROTATED).is_dir():
        raise StoreError("rotating")
