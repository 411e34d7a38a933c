"""Statements that take effect together, or not at all.

A transaction that only reads needs no BEGIN and no COMMIT, since nobody else writes meanwhile: the first statement that
writes begins IMMEDIATE. A transaction that several tasks share has parts, each of which can be rolled back alone
(group_commit.py). Point statements run in the event loop, all others in the connection's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import tables
from storage.crypto.cipher import Cipher
from storage.engine.connection import Row
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.keyring import KeyringDatabase
from storage.engine.point_statements import PART_BEGINS, PART_ENDS, PointStatement
from storage.engine.timestamps import to_seconds
from storage.integrity.audit_chain import Chain
from storage.integrity.unreadable_rows import UnreadableRows
from storage.tables import Table


@dataclass(frozen=True, slots=True)
class _Savepoint:
    """The state of a transaction when a part began, to which `undo_part` returns."""

    cipher: Cipher
    audit: Chain
    erases: bool
    truncate_wal_on_commit: bool
    renewed: bool


class Transaction:
    """Statements that take effect together. Passed to the functions of the records, which contain all the SQL."""

    def __init__(
        self, database: Database, cipher: Cipher, audit: Chain, keys: KeyringDatabase, unreadable_rows: UnreadableRows
    ) -> None:
        self._database = database
        self._keys = keys
        self.unreadable_rows = unreadable_rows
        self.cipher = cipher
        self.audit = audit  # the end of the audit's chain, with this transaction's own entries
        self.begun = False  # whether BEGIN was executed
        self._ended = False
        self.wrote = False  # whether the current part wrote; without parts, the whole transaction
        self._before: _Savepoint | None = None
        self.erases = False
        self.truncate_wal_on_commit = False  # so that nothing overwritten stays in a write-ahead log
        self.renewed = False  # whether it has a new lookup key

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement."""
        return await self.query(sql, values)

    async def execute(self, sql: str, *values: object) -> None:
        """Runs a statement whose rows are not needed."""
        await self.query(sql, values)

    async def query(self, sql: str, values: Sequence[object]) -> list[Row]:
        """The same as `fetch`, with the values as a sequence."""
        self._refuse_ended()
        if not sql.startswith("SELECT"):
            await self._begin()
        if isinstance(sql, PointStatement):
            return await self._database.run_inline(sql, values)
        return await self._database.fetch(sql, values)

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._refuse_ended()
        await self._begin()
        await self._database.executemany(sql, rows)

    async def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            await self._database.execute("BEGIN IMMEDIATE")
        if not self.wrote and self._before is not None:
            await self._database.run_inline(PART_BEGINS)
        self.wrote = True

    def end(self) -> None:
        """No statement is accepted from here on: the lock of the writer is given back."""
        self._ended = True

    def _refuse_ended(self) -> None:
        if self._ended:
            raise RuntimeError("the transaction has ended")

    def begin_part(self) -> None:
        """Begins a part: what follows can be rolled back alone (group_commit.py)."""
        self.wrote = False
        self._before = _Savepoint(self.cipher, self.audit, self.erases, self.truncate_wal_on_commit, self.renewed)

    async def end_part(self) -> None:
        if self.wrote:
            await self._database.run_inline(PART_ENDS)

    async def undo_part(self) -> None:
        """Rolls the part back. Raises where only the whole transaction can be rolled back."""
        assert self._before is not None
        before = self._before
        self.cipher, self.audit = before.cipher, before.audit
        self.erases, self.truncate_wal_on_commit = before.erases, before.truncate_wal_on_commit
        self.renewed = before.renewed
        if self._database.broken or self._keys.broken:
            raise StoreError("damaged")
        if self.wrote:
            await self._database.execute("ROLLBACK TO part")
            await self._database.execute(PART_ENDS)

    async def fetchrow(self, sql: str, *values: object) -> Row | None:
        """The first row of a statement, or None."""
        rows = await self.query(sql, values)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *values: object) -> int:
        """The single integer of a query that always has one row, such as a count."""
        [[count]] = await self.query(sql, values)
        return int(count)

    async def new_key(self, kind: str) -> bytes:
        """A new data key, on disk before this returns; its id. One that no row names is removed at the next start.

        Raises ValueError for a kind that no table declares (storage/tables.py).
        """
        if kind not in tables.key_kinds():
            raise ValueError(f"no table names keys of the kind {kind}")
        return await self._keys.add_key(kind)

    async def erase_key(self, key_id: bytes, now: datetime) -> None:
        """Erases a data key once this transaction is committed; the rows that need it must be gone by then."""
        await self.execute("INSERT INTO erasures (key_id, erased_at) VALUES (?, ?)", key_id, to_seconds(now))
        if not self.erases:
            await self.execute("UPDATE generation SET number = number + 1")
        self.erases = True

    async def renew_lookup_key(self) -> Cipher:
        """Gives the network a new lookup key with this transaction; the cipher with the old one, to rehash from.

        From here on `cipher` has the new one. A second call in the same transaction changes nothing.
        """
        before = self.cipher
        if not self.renewed:
            key_id, key = await self._keys.add_lookup_key()
            await self.execute("UPDATE epoch SET key_id = ?", key_id)
            self.cipher = self.cipher.with_lookup_key(key)
            self.renewed = True
        return before


TABLES = (Table("erasures"), Table("data_keys", keyring=True))
