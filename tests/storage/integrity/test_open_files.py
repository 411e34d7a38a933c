"""Reading the files of an open database beside SQLite: its locks stay, and no old page is left."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.integrity import wal_check
from storage.integrity.wal_check import WalState
from tests.support.paths import ROOT

KEY = bytes(32)
SECOND_PROCESS = """
import asyncio, sys
from pathlib import Path
from storage.engine.database import Database
from storage.engine.errors import StoreError

async def main() -> None:
    database = Database(Path(sys.argv[1]), bytes(32))
    try:
        await database.begin()
    except StoreError as error:
        print(error.reason)
    finally:
        await database.close()

asyncio.run(main())
"""


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "hosts.db", KEY, create=True)
    await database.begin()
    await database.execute("CREATE TABLE hosts (name TEXT)")
    await database.execute("INSERT INTO hosts VALUES ('Cedar')")
    yield database
    await database.close()


def log_of(file: Database) -> Path:
    return file.path.with_name(file.path.name + "-wal")


async def test_a_second_process_is_still_refused_after_the_file_and_its_log_were_read(file: Database) -> None:
    file.files.tags()
    wal_check.read(file.path)
    await file.settle()
    command = [sys.executable, "-c", SECOND_PROCESS, str(file.path)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.PIPE)
    said, _ = await asyncio.wait_for(done.communicate(), timeout=60)
    assert said.decode().strip() == "in-use"


async def test_an_overwritten_log_holds_no_page_and_is_taken_for_no_commit(file: Database, tmp_path: Path) -> None:
    held = log_of(file).read_bytes()
    await file.checkpoint()
    file.files.overwrite_log()
    left = log_of(file).read_bytes()
    assert len(left) == len(held)
    assert not any(held[at : at + 64] in left for at in range(32, len(held) - 64, 64))
    assert wal_check.read(file.path) == wal_check.WalContent(WalState.WHOLE)
    await file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    await file.execute("INSERT INTO hosts VALUES ('Lake')")
    assert [row[0] for row in await file.fetch("SELECT name FROM hosts")] == ["Cedar", "Lake"]


async def test_a_log_half_overwritten_when_the_power_failed_is_no_alarm(file: Database) -> None:
    await file.execute("INSERT INTO hosts VALUES ('Lake')")
    await file.checkpoint()
    held = bytearray(log_of(file).read_bytes())
    held[:32] = bytes(32)
    held[9000:] = os.urandom(len(held) - 9000)
    log_of(file).write_bytes(held)
    assert wal_check.read(file.path).state is WalState.WHOLE


async def test_a_log_that_sqlite_removes_is_overwritten_first(file: Database) -> None:
    await file.checkpoint()  # so that SQLite needs nothing of the log
    with log_of(file).open("rb") as kept:
        held = kept.read()
        await file.close()
        assert not log_of(file).exists()
        kept.seek(0)
        left = kept.read()
    assert held[32:] not in left
    assert not any(held[at : at + 64] in left for at in range(32, len(held) - 64, 64))


async def test_a_log_that_is_not_moved_yet_stays_when_the_file_is_closed(file: Database) -> None:
    size, held = file.path.stat().st_size, log_of(file).read_bytes()
    await file.close()
    assert (file.path.stat().st_size, log_of(file).read_bytes()) == (size, held)
    again = Database(file.path, KEY)
    await again.begin()
    assert [row[0] for row in await again.fetch("SELECT name FROM hosts")] == ["Cedar"]
    await again.close()
