"""Statements that take effect together, or not at all.

What only reads needs no BEGIN and no COMMIT, since nobody else writes meanwhile: the first statement that writes
begins IMMEDIATE. A transaction that several share has parts, each of which can be taken back by itself (group_commit.py).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from storage.crypto.cipher import Cipher
from storage.engine.connection import Database, Row, StoreError
from storage.engine.timestamps import to_seconds
from storage.integrity.audit_chain import Chain
from storage.tables import Table

if TYPE_CHECKING:
    from storage.engine.store import Store


class Transaction:
    """Statements that take effect together. Handed to the functions of the nouns, which do all the SQL."""

    def __init__(self, database: Database, cipher: Cipher, audit: Chain, store: "Store") -> None:
        self._database = database
        self._store = store
        self.unreadable_rows = store.unreadable_rows
        self.cipher = cipher
        self.audit = audit  # where the audit's chain stands, this transaction's own entries included
        self.begun = False  # nobody else writes meanwhile, so what only reads needs no BEGIN and no COMMIT
        self.wrote = False  # whether the present part did, or the whole, where it has none
        self._before: tuple[Cipher, Chain, bool, bool, bool] | None = None  # as it was when the present part began
        self.erases = False
        self.empties_logs = False  # so that nothing which was overwritten stays in a write-ahead log
        self.renewed = False

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement."""
        return await self.query(sql, values)

    async def execute(self, sql: str, *values: object) -> None:
        """A statement whose rows nobody wants."""
        await self.query(sql, values)

    async def query(self, sql: str, values: Sequence[object]) -> list[Row]:
        if not sql.startswith("SELECT"):
            await self._begin()
        return await self._database.fetch_inline(sql, values)

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._begin()
        await self._database.executemany(sql, rows)

    async def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            await self._database.fetch_inline("BEGIN IMMEDIATE")
        if not self.wrote and self._before is not None:
            await self._database.fetch_inline("SAVEPOINT part")
        self.wrote = True

    def begin_part(self) -> None:
        """What is done from here on can be taken back by itself (group_commit.py)."""
        self.wrote = False
        self._before = self.cipher, self.audit, self.erases, self.empties_logs, self.renewed

    async def end_part(self) -> None:
        if self.wrote:
            await self._database.fetch_inline("RELEASE part")

    async def undo_part(self) -> None:
        """Raises where only the whole transaction can be taken back."""
        assert self._before is not None
        self.cipher, self.audit, self.erases, self.empties_logs, self.renewed = self._before
        if self._store.spoiled:
            raise StoreError("damaged")
        if self.wrote:
            await self._database.fetch_inline("ROLLBACK TO part")
            await self._database.fetch_inline("RELEASE part")

    async def fetchrow(self, sql: str, *values: object) -> Row | None:
        rows = await self.query(sql, values)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *values: object) -> int:
        """The single integer of a query that always has one row, such as a count."""
        [[count]] = await self.query(sql, values)
        return int(count)

    async def new_key(self) -> bytes:
        """A new member key, on disk before this returns; its id. One that no row names goes at the next start."""
        return await self._store.add_key()

    async def erase_key(self, key_id: bytes, now: datetime) -> None:
        """Erases a member key once this transaction is committed; the rows that need it must be gone by then."""
        await self.execute("INSERT INTO erasures (key_id, erased_at) VALUES (?, ?)", key_id, to_seconds(now))
        if not self.erases:
            await self.execute("UPDATE generation SET number = number + 1")
        self.erases = True

    async def renew_epoch(self) -> Cipher:
        """Begins a new epoch with this transaction; answers the cipher of the old one, to make its hashes anew.

        From here on `cipher` is the new one. A second time in one transaction it changes nothing.
        """
        before = self.cipher
        if not self.renewed:
            key_id, key = await self._store.add_epoch()
            await self.execute("UPDATE epoch SET key_id = ?", key_id)
            self.cipher = self.cipher.renewed(key)
            self.renewed = True
        return before


TABLES = (Table("erasures"), Table("member_keys", keyring=True))
