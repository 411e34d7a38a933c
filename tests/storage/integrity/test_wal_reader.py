"""What an open database has written to its log is the same for the reader, for the checksums, and for SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.integrity import page_guard, wal_check
from storage.integrity.page_tags import PageTags
from storage.integrity.wal_reader import WalReader


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "filling.db", bytes(32), create=True)
    await database.begin()
    await database.execute("CREATE TABLE filling (content BLOB)")
    await database.settle()
    yield database
    await database.close()


async def fill(file: Database, rows: int = 3) -> None:
    async with file.transaction():
        await file.executemany("INSERT INTO filling VALUES (randomblob(?))", [(3000,)] * rows)


def read(file: Database, reader: WalReader) -> None:
    log = file.files.log()
    assert log is not None
    reader.read(log)


async def test_the_tags_that_are_read_are_those_of_the_file_after_the_checkpoint(file: Database) -> None:
    reader, tags = WalReader(), file.files.tags()
    for _ in range(3):
        await fill(file)
        read(file, reader)
        await fill(file, 300)  # more than are read at once
        read(file, reader)
        assert file.files.tags().digest == tags.digest  # the log alone has changed
        expected = tags.replaced(reader.pages, reader.size)
        assert await file.checkpoint() == reader.frames
        reader.moved()
        tags = file.files.tags()
        assert tags.digest == expected.digest


async def test_a_log_that_begins_again_is_read_from_its_start(file: Database) -> None:
    reader = WalReader()
    await fill(file, 40)
    read(file, reader)
    long = reader.frames
    await file.checkpoint()
    reader.moved()
    await fill(file)  # over the first frames; the others are left from before
    read(file, reader)
    assert 0 < reader.frames < long
    assert await file.checkpoint() == reader.frames


async def test_the_file_shrinks_with_the_last_commit(file: Database) -> None:
    reader = WalReader()
    await fill(file, 40)
    await file.execute("DELETE FROM filling")
    await file.execute("VACUUM")
    read(file, reader)
    expected = PageTags().replaced(reader.pages, reader.size)
    assert await file.checkpoint() == reader.frames
    assert file.files.tags().digest == expected.digest
    assert len(expected) == reader.size < 40


async def test_the_checksums_of_a_log_lead_to_the_same_pages(file: Database) -> None:
    reader, tags = WalReader(), file.files.tags()
    await fill(file, 20)
    await fill(file)
    read(file, reader)
    found = wal_check.read(file.path)
    assert len(found.frames) == reader.frames
    assert page_guard.with_log(tags, found.frames).digest == tags.replaced(reader.pages, reader.size).digest
