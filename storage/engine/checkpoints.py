"""Checkpoints of both databases: what was committed is moved from the logs into the files, and each is recorded.

SQLite makes none by itself (sqlcipher.py, connection.py). The generation file says beforehand with which pages the
files are going to be found, and says so again afterwards (page_guard.py). The caller holds the lock of the writer, so
nothing is committed in between.

A log that is removed or made short is overwritten first, since a page in it may hold the key of somebody erased.
"""

import asyncio
from collections.abc import Mapping, Sequence

import sqlcipher3
import structlog

from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.integrity import page_guard, wal_check
from storage.integrity.page_guard import PageState
from storage.integrity.page_tags import PageTags
from storage.integrity.rollback_guard import FOREIGN, GenerationFile
from storage.integrity.wal_reader import WalReader

log = structlog.get_logger(__name__)
LOOK_AFTER = 16  # commits after which the logs are looked at, or earlier
GROWN = 1 << 20  # if one has grown by so many bytes
LARGE = 1000  # frames in a log after which they are moved; that of SQLite's own checkpoints


class _Checkpointed:
    """One database, the tags of its file as the last checkpoint left it, and what is in its log since."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.name = database.path.name
        self.tags = PageTags()
        self.reader = WalReader()
        self.crashed = False  # the log may hold what a crash or an error has left, so its checksums decide

    def next_tags(self) -> tuple[PageTags, int]:
        """The tags after a checkpoint, and how many frames the log has."""
        if self.crashed:
            frames = wal_check.read(self.database.path).frames
            return page_guard.with_log(self.tags, frames), len(frames)
        self.look()
        reader = self.reader
        return self.tags.replaced(reader.pages, reader.size) if reader.pages else self.tags, reader.frames

    def look(self) -> None:
        opened = self.database.files.log()
        if opened is not None:
            self.reader.read(opened)

    async def move(self, expected: PageTags, frames: int) -> None:
        """The checkpoint itself. Raises what `Database.checkpoint` raises; then `tags` is what it was."""
        moved = await self.database.checkpoint()
        if moved != frames:  # somebody else has written to the log
            log.error("wal-altered", file=self.name)
            expected = await asyncio.to_thread(self.database.files.tags)
        self.tags = expected
        self.reader.moved()

    async def truncate(self) -> None:
        await self.database.truncate_log()
        self.reader, self.crashed = WalReader(), False


class Checkpoints:
    """The checkpoints of the open databases."""

    def __init__(self, databases: Sequence[Database], file: GenerationFile) -> None:
        self._all = [_Checkpointed(database) for database in databases]
        self._file = file
        self._commits = self._size = 0  # since the logs were looked at, and their bytes then

    async def begin(self, found: Mapping[str, str], *, recorded: bool) -> None:
        """Takes the files as they are, now that they are locked, and moves what a crash has left in their logs.

        `found`: the digests that were checked before; raises `StoreError` (in-use) where another process has written
        since. Not `recorded`: the generation file stays as it is until the generation is raised.
        """
        number = self._file.read()
        self._file.number = number if recorded and number != FOREIGN else None
        for each in self._all:
            each.tags = await asyncio.to_thread(each.database.files.tags)
            if recorded and found.get(each.name, each.tags.digest) != each.tags.digest:
                raise StoreError("in-use")
            each.crashed = True
            self._file.pages.setdefault(each.name, PageState(each.tags.digest))
        await self.run(truncate=True)

    def resume(self, database: Database) -> None:
        """After a database was opened again: what is in its log has to be read anew."""
        for each in self._all:
            each.crashed = each.crashed or each.database is database

    async def run_if_large(self) -> None:
        """After a commit: makes a checkpoint where a log has become large. One that fails is tried again later."""
        self._commits += 1
        size = sum(each.database.files.log_size() for each in self._all)
        if self._commits < LOOK_AFTER and size < self._size + GROWN:
            return
        self._commits, self._size = 0, size
        for each in self._all:
            each.look()
        if any(each.crashed or (each.reader.frames >= LARGE and each.reader.pages) for each in self._all):
            try:
                await self.run()
            except (sqlcipher3.Error, OSError) as error:
                log.warning("checkpoint-failed", error=type(error).__name__)

    async def run(self, *, truncate: bool = False, closed: bool = False, number: int | None = None) -> None:
        """Moves everything from the logs into the files. `truncate`: overwrites the logs and makes them empty.

        `closed`: nothing is committed any more. `number`: the generation number that the file gets at the end.
        Raises `sqlcipher3.Error` and `OSError`; what is on the disk then fits what is recorded.
        """
        planned = [(each, *await asyncio.to_thread(each.next_tags)) for each in self._all]
        for each, after, frames in planned:
            if after is not each.tags:
                self._file.pages[each.name] = PageState(each.tags.digest, False, after.digest, frames)
        await asyncio.to_thread(self._file.save)
        for each, after, frames in planned:
            if after is not each.tags:
                await each.move(after, frames)
            if truncate or each.crashed:
                await each.truncate()
                self._size = 0
            self._file.pages[each.name] = PageState(each.tags.digest, closed)
        if number is None:
            await asyncio.to_thread(self._file.save)
        else:
            await asyncio.to_thread(self._file.write, number)
