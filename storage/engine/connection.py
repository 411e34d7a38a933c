"""One SQLCipher file: its connection, its statements, its copies and checks.

Statements run one after the other. What may wait for the disk, and what takes long, runs in a thread of the file's own;
what takes microseconds runs in the event loop, since a change of threads costs ten times as much. A member's words and
keys pass through here only as values, and no logger sees them.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlcipher3

from storage.engine import sqlcipher
from storage.engine.cancellation import shielded
from storage.engine.errors import BREAKING, StoreError, sqlite_name, translate_corruption
from storage.engine.inline_statements import StatementTimes
from storage.engine.migrate import migrate
from storage.files import create_empty, sync

_ALTERED_PAGE = re.compile(r"page (\d+)")
Row = Sequence[Any]
_T = TypeVar("_T")
_P = ParamSpec("_P")


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
        self.broken = False  # an error has made the connection unusable: `reopen` before the next transaction
        self._into = into
        self._opening_keys = keys
        self._read_only = read_only
        self._create = create
        self._connection: Any = None
        self._closed = False  # for good
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=path.name)
        self._times = StatementTimes()

    async def open(self, steps: str) -> None:
        """Opens and migrates. Raises what `begin` raises, and `migrate.NewerDatabase`; the caller then closes it."""
        await self.begin()
        await migrate(self.fetch, self.rollback, steps)

    async def begin(self) -> None:
        """Opens and locks the file without changing it.

        Raises `StoreError` (missing, wrong-key, damaged, in-use); the caller then closes it.
        """
        self._refuse_empty()
        try:
            await self._in_thread(self._connect)
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

        The file is unlocked for a moment, so the caller has to reload what it had read before. Raises what `begin`
        raises; the caller then tries again later.
        """
        self.broken = True  # until it is open again
        await self._disconnect()
        await self.begin()
        self.broken = False

    def _connect(self) -> None:
        self._connection = sqlcipher.connect(self.path, self._opening_keys, self._read_only, self._create, self._into)

    async def fetch(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement in the thread and returns its rows."""
        # Measured in the thread's CPU time, since the thread may wait long for the event loop's interpreter lock.
        return await self._in_thread(self._timed, time.thread_time, sql, values)

    async def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Runs a statement in the thread whose rows are not needed."""
        await self.fetch(sql, values)

    async def fetch_inline(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement that does not wait for the disk, that is, one within a transaction other than its COMMIT.

        A statement runs in the thread the first time, when its duration is not known yet, and while it is long.
        """
        if not self._times.is_short(sql):
            return await self.fetch(sql, values)
        await self._times.yield_if_due()
        return self._timed(time.monotonic, sql, values)

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._in_thread(self._execute_many, sql, rows)

    async def _in_thread(self, work: Callable[_P, _T], *values: _P.args, **named: _P.kwargs) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *values, **named))

    def _timed(self, clock: Callable[[], float], sql: str, values: Sequence[object]) -> list[Row]:
        started = clock()
        rows = self._execute(sql, values)
        self._times.record(sql, clock() - started)
        return rows

    def _execute(self, sql: str, values: Sequence[object]) -> list[Row]:
        try:
            return list(self._connection.execute(sql, values))
        except sqlcipher3.DatabaseError as error:
            self._note_error(error)
            raise

    def _execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlcipher3.DatabaseError as error:
            self._note_error(error)
            raise

    def _note_error(self, error: sqlcipher3.DatabaseError) -> None:
        self.broken = self.broken or sqlite_name(error).startswith(BREAKING)

    async def generation(self) -> int:
        """The generation number in the file; 0 where it has none yet."""
        if not await self.fetch("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'generation'"):
            return 0
        [[number]] = await self.fetch("SELECT number FROM generation")
        return int(number)

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
        """Closes the connection behind all queued work, which may include an opening whose caller was cancelled."""
        await self._in_thread(self._drop)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def close(self) -> None:
        if self._closed:
            return
        await self._disconnect()
        self._closed = True
        self._thread.shutdown(wait=False)
        if self._read_only:
            # Reading a file with a log creates this index of the log. A process that holds the lock has it in memory.
            self.path.with_name(self.path.name + "-shm").unlink(missing_ok=True)
