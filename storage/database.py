"""One SQLCipher file: opened under its key, locked, copied and checked.

Statements go to it one after the other, in a thread of its own. A member's words and keys pass through here only as
values, and no logger sees them.
"""

import asyncio
import errno
import os
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import sqlcipher3

from storage.keyring import sync_folder
from storage.migrate import migrate

# Exclusive: a second process is refused. Secure delete: freed content is overwritten. Full: a commit is on the disk.
PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "cache_size = -32768",
)
Row = Sequence[Any]
_T = TypeVar("_T")


class StoreTrouble(Exception):
    """The files cannot be opened. `reason` is a fixed word: wrong-key, in-use, missing, damaged, restoring, rotating,
    audit-broken, or one of `Standing.trouble`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Database:
    """One SQLCipher file and the statements that go to it."""

    def __init__(
        self, path: Path, *keys: bytes, read_only: bool = False, into: tuple[Path, bytes] | None = None
    ) -> None:
        """`into`: a new, empty file and its key, for `export`."""
        self.path = path
        self._opening = keys
        self._read_only = read_only
        # Typed as sqlite3's connection by aiosqlite; sqlcipher3 is a fork of that module with the same interface.
        self._connection = aiosqlite.Connection(lambda: connect(path, keys, read_only, into), iter_chunk_size=64)

    async def open(self, steps: str) -> None:
        """Opens and migrates. Raises `StoreTrouble` (wrong-key, in-use) or `migrate.NewerDatabase`; then close it."""
        await self.begin()
        await migrate(self.run, steps)

    async def begin(self) -> None:
        """Opens and locks, changing nothing. Raises `StoreTrouble` (wrong-key, in-use); then close it."""
        try:
            await self._connection
            for pragma in () if self._read_only else PRAGMAS:
                await self.run(f"PRAGMA {pragma}")
            await self.run("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.OperationalError as error:
            if "locked" in str(error):
                raise StoreTrouble("in-use") from None
            raise
        except sqlcipher3.DatabaseError as error:
            if "not a database" in str(error):  # what pages look like that another key has encrypted
                raise StoreTrouble("wrong-key") from None
            raise

    async def run(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        return list(await self._connection.execute_fetchall(sql, values))

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        await self._connection.executemany(sql, rows)

    async def generation(self) -> int:
        """The number in it; 0 where it has none yet."""
        if not await self.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'generation'"):
            return 0
        [[number]] = await self.run("SELECT number FROM generation")
        return int(number)

    async def copy_to(self, path: Path) -> None:
        """Writes a whole copy under the same key, on disk and found sound before this returns; replaces no file.

        Nobody else may be in a transaction. Raises `FileExistsError`, and `StoreTrouble` (damaged) for a copy that
        cannot be trusted.
        """
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # SQLite fills an empty file
        await self.run("VACUUM INTO ?", (str(path),))
        await asyncio.to_thread(sync, path)
        copy = self.beside(path)
        try:
            await copy.begin()
            await copy.check()
        finally:
            await to_the_end(copy.close())

    async def export(self) -> None:
        """Writes all that is in here into the file that was named for it, under the key of that one.

        No journal protects that file, nor is it known to be on disk: interrupted, it is good for nothing.
        """
        [[version]] = await self.run("PRAGMA user_version")
        await self.run("PRAGMA renewed.journal_mode = OFF")
        await self.run("PRAGMA renewed.synchronous = OFF")
        await self.run("SELECT sqlcipher_export('renewed')")
        await self.run(f"PRAGMA renewed.user_version = {version}")
        await self.run("DETACH DATABASE renewed")

    def beside(self, path: Path) -> "Database":
        """Another file under the same key, to be looked at only."""
        return Database(path, *self._opening, read_only=True)

    async def check(self) -> None:
        """Reads every page and compares rows with indexes. Raises `StoreTrouble` (damaged)."""
        altered = await self.run("PRAGMA cipher_integrity_check")
        if altered or [tuple(row) for row in await self.run("PRAGMA quick_check")] != [("ok",)]:
            raise StoreTrouble("damaged")

    async def rollback(self) -> None:
        """Ends a transaction if there is one: only behind all that is queued already can that be known."""
        try:
            await self.run("ROLLBACK")
        except sqlcipher3.OperationalError as error:
            if "no transaction is active" not in str(error):
                raise

    async def close(self) -> None:
        await self._connection.close()


def connect(path: Path, keys: Sequence[bytes], read_only: bool = False, into: tuple[Path, bytes] | None = None) -> Any:
    """A connection under the first of the keys; where it does not open the file, under the next.

    Synchronously and here, so that no key passes through a logger of aiosqlite's.
    """
    connection = _opening(path, keys, read_only)
    if into is not None:
        fresh, key = into
        connection.execute(f"ATTACH DATABASE ? AS renewed KEY \"x'{key.hex()}'\"", (fresh.absolute().as_uri(),))
    return connection


def _opening(path: Path, keys: Sequence[bytes], read_only: bool) -> Any:
    if not read_only:
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
    if read_only:
        # Immutable, or a file that was once in WAL mode would get a journal beside it merely by being read.
        journal = path.with_name(path.name + "-wal").exists()
        name += f"?mode=ro{'' if journal else '&immutable=1'}"
    connection = sqlcipher3.connect(name, uri=True, isolation_level=None, check_same_thread=False, timeout=1.0)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


@contextmanager
def written_in(folder: Path) -> Iterator[None]:
    """What SQLite says of a disk that is full or fails, as `OSError`."""
    try:
        yield
    except sqlcipher3.OperationalError as error:
        raise OSError(errno.EIO, getattr(error, "sqlite_errorname", "not written"), str(folder)) from None


def sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


async def to_the_end(work: Awaitable[_T]) -> _T:
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
