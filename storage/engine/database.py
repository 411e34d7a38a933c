"""One SQLCipher file: how it is opened, copied and checked, and the statements that go to it."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import sqlcipher3

from storage.engine import sqlcipher
from storage.engine.cancellation import shielded
from storage.engine.connection import Connection, CountingConnection, Row
from storage.engine.errors import StoreError, sqlite_name, translate_corruption
from storage.engine.migrate import migrate
from storage.files import create_empty, sync
from storage.integrity.open_files import OpenFiles

_ALTERED_PAGE = re.compile(r"page (\d+)")


class Database:
    """One SQLCipher file and the statements that go to it.

    A missing or empty file is accepted as a new one only with `create`. `into`: a new, empty file and its key, for
    `export`.
    """

    def __init__(
        self,
        path: Path,
        *keys: bytes,
        read_only: bool = False,
        create: bool = False,
        into: tuple[Path, bytes] | None = None,
    ) -> None:
        self.path = path
        self._into = into
        self._opening_keys = keys
        self._read_only = read_only
        self._create = create
        self._connection: Connection | None = None
        self._files: OpenFiles | None = None
        self._needs_reopening = False  # an attempt has begun and has not succeeded yet
        self._closed = False  # for good

    @property
    def broken(self) -> bool:
        """Whether an error has made the connection unusable: `reopen` before the next transaction."""
        return self._needs_reopening or (self._connection is not None and self._connection.broken)

    async def open(self, steps: str) -> None:
        """Opens and migrates. Raises what `begin` raises, and `migrate.NewerDatabase`; the caller then closes it."""
        await self.begin()
        await migrate(self.fetch, self.rollback, steps)

    async def begin(self) -> None:
        """Opens and locks the file without changing it.

        Raises `StoreError` (missing, wrong-key, damaged, in-use); the caller then closes it.
        """
        self._refuse_empty()
        if self._create:
            self.path.touch(mode=0o600)
        self._files = OpenFiles(self.path)
        try:
            self._connection = await Connection.open(self._connect)
            for pragma in () if self._read_only else sqlcipher.PRAGMAS:
                await self.execute(f"PRAGMA {pragma}")
            await self.execute("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.DatabaseError as error:
            match sqlite_name(error):
                case name if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    raise StoreError("in-use") from None
                case "SQLITE_NOTADB":  # the first page was encrypted with another key, or altered
                    raise StoreError(await self._why_unreadable()) from None
                case name if name.startswith("SQLITE_CORRUPT"):
                    raise StoreError("damaged") from None
            raise

    def _refuse_empty(self) -> None:
        """SQLite would accept a missing or empty file as a new database."""
        if not self._create and not self.path.exists():
            raise StoreError("missing")
        if not self._create and not self.path.stat().st_size:
            raise StoreError("damaged")

    async def _why_unreadable(self) -> str:
        """Why the first page cannot be decrypted: `damaged` where other pages can be, with this key."""
        altered = await self.fetch("PRAGMA cipher_integrity_check")
        pages = self.path.stat().st_size // sqlcipher.PAGE
        return "damaged" if len(altered) < pages or not pages else "wrong-key"

    async def reopen(self) -> None:
        """Opens the file again after an error that broke the connection. No transaction may be open.

        The file is unlocked for a moment: the caller has to reload what it had read. Raises what `begin` raises.
        """
        self._needs_reopening = True
        await self._disconnect()
        await self.begin()
        self._needs_reopening = False

    def _connect(self) -> CountingConnection:
        return sqlcipher.connect(self.path, self._opening_keys, self._read_only, self._into)

    @property
    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise RuntimeError(f"{self.path.name} is not open")
        return self._connection

    @property
    def is_usable(self) -> bool:
        return self._connection is not None and not self.broken

    @property
    def files(self) -> OpenFiles:
        """The file and the log beside SQLite, while the database is open."""
        if self._files is None:
            raise RuntimeError(f"{self.path.name} is not open")
        return self._files

    async def fetch(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement behind all queued work and returns its rows."""
        return await self._open_connection.fetch(sql, values)

    async def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Runs a statement behind all queued work; its rows are not needed."""
        await self.fetch(sql, values)

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._open_connection.executemany(sql, rows)

    async def run_inline(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a point statement at once, see `Connection.run_inline`."""
        return await self._open_connection.run_inline(sql, values)

    async def generation(self) -> int:
        """The generation number in the file; 0 where it has none yet."""
        if not await self.fetch("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'generation'"):
            return 0
        [[number]] = await self.fetch("SELECT number FROM generation")
        return int(number)

    async def checkpoint(self) -> int:
        """Moves all commits from the log into the file, on disk before this returns; how many frames the log has.

        No transaction may be open. Raises `sqlcipher3.OperationalError` where the disk is full or fails.
        """
        [[busy, frames, moved]] = await self.fetch("PRAGMA wal_checkpoint(FULL)")
        if busy or frames != moved:
            raise sqlcipher3.OperationalError("checkpoint not complete")
        return int(frames)

    async def truncate_log(self) -> None:
        """After a checkpoint: overwrites the log, so that no old page stays in free blocks, and makes it empty."""
        await asyncio.to_thread(self.files.overwrite_log)
        await self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def settle(self) -> None:
        """Moves all commits into the file and empties the log. Only for a file that no generation file tells of."""
        await self.checkpoint()
        await self.truncate_log()

    async def copy_to(self, path: Path) -> None:
        """Writes a complete copy with the same key; it is on disk and checked before this returns. Replaces no file.

        No transaction may be open. Raises `FileExistsError`, and `StoreError` (damaged) for a copy that fails the
        check.
        """
        await self.execute("VACUUM INTO ?", (str(create_empty(path)),))
        await asyncio.to_thread(sync, path)
        copy = self.read_only(path)
        try:
            await copy.begin()
            await copy.check()
        finally:
            await shielded(copy.close())

    async def export(self) -> None:
        """Writes the whole content into the file given as `into`, encrypted with that file's key.

        That file has no journal and may not be on disk yet: after an interruption it is unusable.
        """
        [[version]] = await self.fetch("PRAGMA user_version")
        await self.execute("PRAGMA renewed.journal_mode = OFF")
        await self.execute("PRAGMA renewed.synchronous = OFF")
        await self.execute("SELECT sqlcipher_export('renewed')")
        await self.execute(f"PRAGMA renewed.user_version = {version}")
        await self.execute("DETACH DATABASE renewed")

    def read_only(self, path: Path) -> "Database":
        """A file with the same key, for reading only."""
        return Database(path, *self._opening_keys, read_only=True)

    def writable(self, path: Path) -> "Database":
        """A file with the same key, for writing."""
        return Database(path, *self._opening_keys)

    async def check(self, besides: Collection[int] = ()) -> int:
        """Reads every page and checks that they are consistent. Raises `StoreError` (damaged).

        `besides`: pages that have a newer version in the write-ahead log. Returns how many of these were altered.
        """
        with translate_corruption():
            found = [_ALTERED_PAGE.search(row[0]) for row in await self.fetch("PRAGMA cipher_integrity_check")]
            altered = [page for page in found if page is None or int(page[1]) not in besides]
            if altered or [tuple(row) for row in await self.fetch("PRAGMA quick_check")] != [("ok",)]:
                raise StoreError("damaged")
        return len(found)

    async def rollback(self) -> None:
        """Ends the open transaction, if there is one. Whether there is can be known only behind all queued work."""
        try:
            await self.execute("ROLLBACK")
        except sqlcipher3.OperationalError as error:
            if "no transaction is active" not in str(error):
                raise

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """A transaction of this file alone: committed where the block ends, rolled back where it raises."""
        try:
            await self.execute("BEGIN IMMEDIATE")
            yield
            await self.execute("COMMIT")
        except BaseException:
            await shielded(self.rollback())
            raise

    async def _disconnect(self) -> None:
        """Closes the connection behind all queued work."""
        connection, self._connection = self._connection, None
        files, self._files = self._files, None
        try:
            if connection is not None:
                await connection.close()
        finally:
            if files is not None:
                await asyncio.to_thread(files.close)

    async def close(self) -> None:
        if self._closed:
            return
        await self._disconnect()
        self._closed = True
        if self._read_only:
            # Reading a file with a log creates this index of the log. A process that holds the lock has it in memory.
            self.path.with_name(self.path.name + "-shm").unlink(missing_ok=True)
