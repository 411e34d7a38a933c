"""Where a statement runs: at once where it is known to be short, in the thread where it is long or not known yet."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from storage.engine import inline_statements
from storage.engine.connection import Database, Row
from storage.engine.store import Store

SHORT = "SELECT count(*) FROM hosts"
LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT max(i) FROM n"


class Threads:
    """In which thread each run of a statement was: whether in that of the event loop."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[bool] = []
        execute = Database._execute

        def watched(file: Database, sql: str, values: Sequence[object]) -> list[Row]:
            if sql in (SHORT, LONG):
                self.seen.append(threading.current_thread() is threading.main_thread())
            return execute(file, sql, values)

        monkeypatch.setattr(Database, "_execute", watched)


async def run(store: Store, sql: str, times: int) -> None:
    async with store.transaction() as tx:
        for _ in range(times):
            await tx.query(sql, ())


async def test_a_short_statement_runs_at_once_from_its_second_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline_statements, "LONGEST_INLINE", 1.0)
    threads = Threads(monkeypatch)
    await run(store, SHORT, 3)
    assert threads.seen == [False, True, True]


async def test_a_long_one_never_does(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = Threads(monkeypatch)
    await run(store, LONG, 3)
    assert threads.seen == [False] * 3


async def test_one_that_was_long_by_accident_comes_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline_statements, "LONGEST_INLINE", 1.0)
    await run(store, SHORT, 1)
    store._network._times._durations[SHORT] = 3.0
    threads = Threads(monkeypatch)
    await run(store, SHORT, 8)
    assert threads.seen[0] is False
    assert threads.seen[-1] is True


async def test_however_short_they_are_others_have_their_turn(store: Store) -> None:
    turns = 0

    async def beat() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with store.transaction() as tx:
        await tx.execute(SHORT)
        other = asyncio.create_task(beat())
        await asyncio.sleep(0)
        before = turns
        for _ in range(20_000):
            await tx.execute(SHORT)
        other.cancel()
    assert turns > before


def test_a_statement_is_short_once_it_was_recorded_as_short() -> None:
    times = inline_statements.StatementTimes()
    assert not times.is_short(SHORT)
    times.record(SHORT, inline_statements.LONGEST_INLINE / 2)
    assert times.is_short(SHORT)
    assert not times.is_short(LONG)


def test_one_long_run_counts_for_a_quarter_and_fades() -> None:
    times = inline_statements.StatementTimes()
    times.record(SHORT, 0.0)
    times.record(SHORT, 3.9 * inline_statements.LONGEST_INLINE)
    assert times.is_short(SHORT)
    times.record(SHORT, 4.1 * inline_statements.LONGEST_INLINE)
    assert not times.is_short(SHORT)
    for _ in range(3):
        times.record(SHORT, 0.0)
    assert times.is_short(SHORT)
