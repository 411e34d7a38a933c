"""One SQLCipher file: opened under its key, locked, copied and checked.

Statements go to it one after the other. What may wait for the disk, and what takes long, runs in a thread of the
file's own; what is done within microseconds runs at once, since changing threads costs ten times as much. A member's
words and keys pass through here only as values, and no logger sees them.
"""

import asyncio
import errno
import math
import os
import re
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlcipher3

from storage.crypto.master_key import sync_folder
from storage.engine.migrate import migrate

PAGE = 4096  # bytes
# Exclusive: a second process is refused. Secure delete: freed content is overwritten. Full: a commit is on the disk.
PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "cache_size = -32768",
)
# After these a connection answers nothing right any more, for pages that are sound either: it has to be opened anew.
SPOILING = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
STATEMENTS = 512  # kept prepared, which is more than there are
LONG = 0.002  # seconds; a statement that takes longer, of late, runs in the thread
OF_LATE = 1 / 4  # the share of its last run in how long a statement is taken to take
TURN = 0.005  # seconds after which others get their turn, however short the statements were
_ALTERED_PAGE = re.compile(r"page (\d+)")
Row = Sequence[Any]
_T = TypeVar("_T")
_P = ParamSpec("_P")


class StoreError(Exception):
    """The files cannot be opened. `reason` is a fixed word: wrong-key, in-use, missing, damaged, journal-altered,
    restoring, rotating, audit-broken, or one of `PostVersion.trouble`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Database:
    """One SQLCipher file and the statements that go to it.

    A file that is not there, or holds nothing, is taken for a new one only with `create`. `into`: a new, empty file and
    its key, for `export`.
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
        self.spoiled = False  # an error has left the connection useless: `renew` comes before the next transaction
        self._into = into
        self._opening = keys
        self._read_only = read_only
        self._create = create
        self._connection: Any = None  # sqlcipher3 has no types; it is a fork of sqlite3 with the same interface
        self._closed = False  # for good
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=path.name)
        self._takes: dict[str, float] = {}  # seconds, by statement
        self._turned = time.monotonic()  # when others had their turn last

    async def open(self, steps: str) -> None:
        """Opens and migrates. Raises what `begin` raises, or `migrate.NewerDatabase`; then close it."""
        await self.begin()
        await migrate(self.fetch, self.rollback, steps)

    async def begin(self) -> None:
        """Opens and locks, changing nothing. Raises `StoreError` (missing, wrong-key, damaged, in-use); then close
        it."""
        self._refuse_nothing()
        try:
            await self._in_thread(self._connect)
            for pragma in () if self._read_only else PRAGMAS:
                await self.execute(f"PRAGMA {pragma}")
            await self.execute("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.DatabaseError as error:
            match _name_of(error):
                case name if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    raise StoreError("in-use") from None
                case "SQLITE_NOTADB":  # what pages look like that another key has encrypted, or that were changed
                    raise StoreError(await self._closed_by()) from None
                case name if name.startswith("SQLITE_CORRUPT"):
                    raise StoreError("damaged") from None
            raise

    def _refuse_nothing(self) -> None:
        """SQLite would take a file that is not there, or is empty, for a new one."""
        if not self._create and not self.path.exists():
            raise StoreError("missing")
        if not self._create and not self.path.stat().st_size:
            raise StoreError("damaged")

    async def _closed_by(self) -> str:
        """Why the first page does not open: `damaged` where others do, under this key."""
        altered = await self.fetch("PRAGMA cipher_integrity_check")
        pages = self.path.stat().st_size // PAGE
        return "damaged" if len(altered) < pages or not pages else "wrong-key"

    async def renew(self) -> None:
        """Opens the file anew, after an error that spoiled the connection. Nobody may be in a transaction.

        For a moment the file is not locked, so whoever calls reads again what they had read. Raises what `begin`
        raises; then it is to be tried again.
        """
        self.spoiled = True  # until it is open again
        await self._disconnect()
        await self.begin()
        self.spoiled = False

    def _connect(self) -> None:
        self._connection = connect(self.path, self._opening, self._read_only, self._create, self._into)

    async def fetch(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """A statement in the thread."""
        # The thread's own time, since it may wait long for the one of the event loop.
        return await self._in_thread(self._timed, time.thread_time, sql, values)

    async def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """The same, for a statement whose rows nobody wants."""
        await self.fetch(sql, values)

    async def fetch_inline(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """A statement that does not wait for the disk: within a transaction, and not its COMMIT.

        At first nobody knows how long it takes, and it runs in the thread all the same.
        """
        if self._takes.get(sql, math.inf) > LONG:
            return await self.fetch(sql, values)
        if time.monotonic() - self._turned > TURN:
            await asyncio.sleep(0)
            self._turned = time.monotonic()
        return self._timed(time.monotonic, sql, values)

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._in_thread(self._execute_many, sql, rows)

    async def _in_thread(self, work: Callable[_P, _T], *values: _P.args, **named: _P.kwargs) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *values, **named))

    def _timed(self, clock: Callable[[], float], sql: str, values: Sequence[object]) -> list[Row]:
        begun = clock()
        rows = self._execute(sql, values)
        took = clock() - begun
        before = self._takes.get(sql, took)
        self._takes[sql] = before + OF_LATE * (took - before)
        return rows

    def _execute(self, sql: str, values: Sequence[object]) -> list[Row]:
        try:
            return list(self._connection.execute(sql, values))
        except sqlcipher3.DatabaseError as error:
            self._spoil(error)
            raise

    def _execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except sqlcipher3.DatabaseError as error:
            self._spoil(error)
            raise

    def _spoil(self, error: sqlcipher3.DatabaseError) -> None:
        self.spoiled = self.spoiled or _name_of(error).startswith(SPOILING)

    async def generation(self) -> int:
        """The number in it; 0 where it has none yet."""
        if not await self.fetch("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'generation'"):
            return 0
        [[number]] = await self.fetch("SELECT number FROM generation")
        return int(number)

    async def copy_to(self, path: Path) -> None:
        """Writes a whole copy under the same key, on disk and found sound before this returns; replaces no file.

        Nobody else may be in a transaction. Raises `FileExistsError`, and `StoreError` (damaged) for a copy that
        cannot be trusted.
        """
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # SQLite fills an empty file
        await self.execute("VACUUM INTO ?", (str(path),))
        await asyncio.to_thread(sync, path)
        copy = self.beside(path)
        try:
            await copy.begin()
            await copy.check()
        finally:
            await shielded(copy.close())

    async def export(self) -> None:
        """Writes all that is in here into the file that was named for it, under the key of that one.

        No journal protects that file, nor is it known to be on disk: interrupted, it is good for nothing.
        """
        [[version]] = await self.fetch("PRAGMA user_version")
        await self.execute("PRAGMA renewed.journal_mode = OFF")
        await self.execute("PRAGMA renewed.synchronous = OFF")
        await self.execute("SELECT sqlcipher_export('renewed')")
        await self.execute(f"PRAGMA renewed.user_version = {version}")
        await self.execute("DETACH DATABASE renewed")

    def beside(self, path: Path) -> "Database":
        """Another file under the same key, to be looked at only."""
        return Database(path, *self._opening, read_only=True)

    async def check(self, besides: Collection[int] = ()) -> int:
        """Reads every page and sees how they fit together. Raises `StoreError` (damaged).

        `besides`: pages whose newer version stands in the log. Answers how many of these were altered.
        """
        with translate_corruption():
            found = [_ALTERED_PAGE.search(row[0]) for row in await self.fetch("PRAGMA cipher_integrity_check")]
            altered = [page for page in found if page is None or int(page[1]) not in besides]
            if altered or [tuple(row) for row in await self.fetch("PRAGMA quick_check")] != [("ok",)]:
                raise StoreError("damaged")
        return len(found)

    async def rollback(self) -> None:
        """Ends a transaction if there is one: only behind all that is queued already can that be known."""
        try:
            await self.execute("ROLLBACK")
        except sqlcipher3.OperationalError as error:
            if "no transaction is active" not in str(error):
                raise

    async def _disconnect(self) -> None:
        """Behind all that is queued, an opening that nobody waits for any more among it."""
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
            # Left by a look at a file with a log, for which it is the index. Whoever holds the lock has it in memory.
            self.path.with_name(self.path.name + "-shm").unlink(missing_ok=True)


@contextmanager
def translate_corruption() -> Iterator[None]:
    """What SQLite says of a page that does not open, or does not fit, becomes `StoreError` (damaged)."""
    try:
        yield
    except sqlcipher3.DatabaseError as error:
        if not _name_of(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        raise StoreError("damaged") from None


@contextmanager
def translate_disk_errors(folder: Path) -> Iterator[None]:
    """What SQLite says of a disk that is full or failing becomes `OSError`, which names the folder."""
    try:
        yield
    except sqlcipher3.OperationalError as error:
        name = _name_of(error)
        if name == "SQLITE_FULL":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from None
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
            raise OSError(errno.EIO, name, str(folder)) from None
        raise


def connect(
    path: Path,
    keys: Sequence[bytes],
    read_only: bool = False,
    create: bool = False,
    into: tuple[Path, bytes] | None = None,
) -> Any:
    """A connection under the first of the keys; where it does not open the file, under the next."""
    connection = _opening(path, keys, read_only, create)
    if into is not None:
        fresh, key = into
        connection.execute(f"ATTACH DATABASE ? AS renewed KEY \"x'{key.hex()}'\"", (fresh.absolute().as_uri(),))
    return connection


def _opening(path: Path, keys: Sequence[bytes], read_only: bool, create: bool) -> Any:
    if create:
        path.touch(mode=0o600)
    *others, last = keys
    for key in others:
        connection = _connect(path, key, read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            return connection
        except sqlcipher3.OperationalError:
            connection.close()
            raise
        except sqlcipher3.DatabaseError:
            connection.close()
    return _connect(path, last, read_only)


def _connect(path: Path, key: bytes, read_only: bool) -> Any:
    name = path.absolute().as_uri()
    if not read_only:
        name += "?mode=rw"  # a file that went missing is not made
    else:
        # Immutable, or a file that was once in WAL mode would get a journal beside it merely by being read.
        journal = path.with_name(path.name + "-wal").exists()
        name += f"?mode=ro{'' if journal else '&immutable=1'}"
    connection = sqlcipher3.connect(
        name, uri=True, isolation_level=None, check_same_thread=False, timeout=1.0, cached_statements=STATEMENTS
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _name_of(error: BaseException) -> str:
    """SQLite's name of an error, such as SQLITE_CORRUPT; empty for one of the driver's own."""
    return str(getattr(error, "sqlite_errorname", "") or "")


def sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


async def shielded(work: Awaitable[_T]) -> _T:
    """Waits for work that must not be abandoned half-way, however often it is cancelled, then lets that through."""
    task, cancelled = asyncio.ensure_future(work), False
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            cancelled = True
    result = task.result()
    if cancelled:
        raise asyncio.CancelledError
    return result
