"""aiosqlite's connection under ours: where a statement runs, who has a turn, and what is logged."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3

from storage.engine import connection, sqlcipher
from storage.engine.connection import Connection, CountingConnection, Row

KEY = b"k" * 32
SELECT = "SELECT ?"


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncIterator[Connection]:
    """An open connection to an empty file."""
    (tmp_path / "empty.db").touch()
    opened = await Connection.open(partial(sqlcipher.connect, tmp_path / "empty.db", [KEY]))
    yield opened
    await opened.close()


class Watched:
    """In which thread each statement ran: whether in that of the event loop. The thread's can be held back."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.inline: list[bool] = []
        self.let_go = threading.Event()
        self.let_go.set()
        run = CountingConnection.run

        def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            self.inline.append(threading.current_thread() is threading.main_thread())
            assert self.inline[-1] or self.let_go.wait(10)
            return run(connection, sql, values)

        patch.setattr(CountingConnection, "run", watched)


async def test_while_nothing_is_queued_a_statement_may_run_in_the_event_loop(
    plain: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    assert plain.is_idle
    assert [tuple(row) for row in await plain.run_inline(SELECT, [1])] == [(1,)]
    assert [tuple(row) for row in await plain.fetch(SELECT, [2])] == [(2,)]
    assert [tuple(row) for row in await plain.run_inline(SELECT, [3])] == [(3,)]
    assert watched.inline == [True, False, True]


async def test_behind_a_statement_whose_caller_was_cancelled_it_waits_in_the_queue(
    plain: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    watched.let_go.clear()
    abandoned = asyncio.create_task(plain.fetch(SELECT, [1]))
    await asyncio.sleep(0)
    abandoned.cancel()
    with pytest.raises(asyncio.CancelledError):
        await abandoned
    assert not plain.is_idle
    second = asyncio.create_task(plain.run_inline(SELECT, [2]))
    await asyncio.sleep(0)
    watched.let_go.set()
    assert [tuple(row) for row in await second] == [(2,)]
    assert watched.inline == [False, False]
    assert plain.is_idle


@pytest.mark.parametrize("many", [False, True])
async def test_a_statement_that_fails_is_counted_as_finished_too(plain: Connection, many: bool) -> None:
    with pytest.raises(sqlcipher3.OperationalError, match="no such table"):
        await (
            plain.executemany("INSERT INTO nowhere VALUES (?)", [[1]]) if many else plain.fetch("DROP TABLE nowhere")
        )
    assert plain.is_idle
    assert not plain.broken


async def test_however_short_they_are_others_have_their_turn(
    plain: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LONGEST_TURN", 0.0)
    turns = 0

    async def beat() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(beat())
    for _ in range(100):
        await plain.run_inline(SELECT, [1])
    other.cancel()
    assert turns > 50


async def test_an_opening_that_fails_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(sqlcipher3.OperationalError, match="unable to open"):
        await Connection.open(partial(sqlcipher.connect, tmp_path / "missing" / "file.db", [KEY]))
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, 10)
    assert set(threading.enumerate()) - before <= {
        thread for thread in threading.enumerate() if thread.name.startswith("asyncio")
    }


async def test_aiosqlite_logs_nothing_at_any_level(plain: Connection, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("aiosqlite").setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        await plain.fetch("SELECT 'secret'")
        await plain.fetch(SELECT, ["secret"])
    assert not [record for record in caplog.records if "secret" in record.getMessage() or record.name == "aiosqlite"]
