"""Statements that are held back, as a slow disk does, while the task that waits for them is cancelled."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiosqlite
import pytest

from storage.engine import sqlcipher
from storage.engine.connection import Connection, CountingConnection, Row

HELD = 20  # steps of the event loop for which a statement is held back after the cancellation


class Held:
    """Holds statements that begin with a word back, as a slow disk does, until they are let go."""

    def __init__(self, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._reached, self._let_go = asyncio.Event(), threading.Event()
        loop, execute = asyncio.get_running_loop(), CountingConnection.run

        def later(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            if sql.startswith(word):
                loop.call_soon_threadsafe(self._reached.set)
                assert self._let_go.wait(10)
            return execute(connection, sql, values)

        monkeypatch.setattr(CountingConnection, "run", later)
        monkeypatch.setattr(Connection, "run_inline", Connection.fetch)  # as if none were a point statement

    async def cancel(self, task: asyncio.Task[None], times: int = 1) -> None:
        """Cancels a task while its statement is held, and sees it end as cancelled."""
        await self._reached.wait()
        for _ in range(times):
            task.cancel()
            for _ in range(HELD):
                await asyncio.sleep(0)
        self._let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task


class HeldAt:
    """Holds the so manieth thing back that is asked of a connection, counted from `hold`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left, self._loop, self._let_go = 0, asyncio.get_running_loop(), threading.Event()
        self.reached = asyncio.Event()
        ask: Callable[..., Awaitable[Any]] = aiosqlite.Connection._execute
        connect: Callable[..., Any] = sqlcipher.connect

        async def counted(driver: aiosqlite.Connection, work: Callable[..., Any], *values: Any) -> Any:
            return await ask(driver, self._counted(work), *values)

        def connected(*values: Any) -> Any:
            return self._counted(connect)(*values)

        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        monkeypatch.setattr(sqlcipher, "connect", connected)
        monkeypatch.setattr(Connection, "run_inline", Connection.fetch)  # as if none were a point statement

    def _counted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        self._left -= 1
        return self._later(work) if self._left == 0 else work

    def _later(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def later(*values: Any, **named: Any) -> Any:
            self._loop.call_soon_threadsafe(self.reached.set)
            assert self._let_go.wait(10)
            return work(*values, **named)

        return later

    def hold(self, number: int) -> None:
        self._left = number
        self.reached.clear()
        self._let_go.clear()

    async def cancelled(self, task: asyncio.Task[None], times: int) -> bool:
        """Cancels a task while it is held, and sees it end as cancelled; False where it ended before."""
        held = asyncio.create_task(self.reached.wait())
        await asyncio.wait([task, held], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            held.cancel()
            self._left = 0  # nothing is held any more
            await task
            return False
        for _ in range(times):
            task.cancel()
            for _ in range(HELD):
                await asyncio.sleep(0)
        self._let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return True
