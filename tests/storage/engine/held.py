"""Statements that are held back, as a slow disk does, while the task that waits for them is cancelled."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from storage.engine.connection import Database, Row

HELD = 20  # steps of the event loop for which a statement is held back after the cancellation


class Held:
    """Holds statements that begin with a word back, as a slow disk does, until they are let go."""

    def __init__(self, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._reached, self._let_go = asyncio.Event(), threading.Event()
        loop, execute = asyncio.get_running_loop(), Database._execute

        def later(database: Database, sql: str, values: Sequence[object]) -> list[Row]:
            if sql.startswith(word):
                loop.call_soon_threadsafe(self._reached.set)
                assert self._let_go.wait(10)
            return execute(database, sql, values)

        monkeypatch.setattr(Database, "_execute", later)
        monkeypatch.setattr(Database, "fetch_inline", Database.fetch)  # as if each statement were a long one

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
        ask: Callable[..., Awaitable[Any]] = Database._in_thread

        async def counted(database: Database, work: Callable[..., Any], *values: Any, **named: Any) -> Any:
            self._left -= 1
            return await ask(database, self._later(work) if self._left == 0 else work, *values, **named)

        monkeypatch.setattr(Database, "_in_thread", counted)
        monkeypatch.setattr(Database, "fetch_inline", Database.fetch)  # as if each statement were a long one

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
