"""The connection to one SQLCipher file, driven by aiosqlite: its thread, and its queue of statements.

While nothing is queued, a statement may also run in the event loop (`run_inline`), for those that are worth it
(point_statements.py). A member's words and keys pass through here only as values, and no logger sees them: aiosqlite
would log them at level DEBUG, so its logger is disabled.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
import sqlcipher3

from storage.engine.cancellation import shielded
from storage.engine.errors import BREAKING, sqlite_name

logging.getLogger("aiosqlite").disabled = True

LONGEST_TURN = 0.005  # seconds of inline statements after which other tasks get a turn
Row = Sequence[Any]


class CountingConnection(sqlcipher3.Connection):  # type: ignore[misc]  # sqlcipher3 has no types
    """The connection within aiosqlite's. It counts the statements that the thread has finished, whoever waits for them.

    `broken`: an error has made it unusable.
    """

    finished = 0
    broken = False

    def close(self) -> None:
        """Closes without the checkpoint that SQLite makes when the last connection is closed (checkpoints.py).

        That would move the log into the file unrecorded. An interrupted connection breaks off before the first page,
        and leaves the log as after a crash.
        """
        with contextlib.suppress(sqlcipher3.ProgrammingError):  # closed already, or never opened
            self.interrupt()
        super().close()

    def __del__(self) -> None:
        with contextlib.suppress(sqlcipher3.ProgrammingError):
            self.interrupt()

    def execute(self, sql: str, values: Sequence[object] = ()) -> "_Rows":
        """Called in the thread. Reads all rows at once, so that the statement is finished when it is counted."""
        try:
            return _Rows(self.run(sql, values))
        finally:
            self.finished += 1

    def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> "_Rows":
        """Called in the thread."""
        try:
            super().executemany(sql, rows)
            return _Rows()
        except sqlcipher3.DatabaseError as error:
            self.note(error)
            raise
        finally:
            self.finished += 1

    def run(self, sql: str, values: Sequence[object]) -> list[Row]:
        """Runs a statement in the calling thread, uncounted."""
        try:
            return list(super().execute(sql, values))
        except sqlcipher3.DatabaseError as error:
            self.note(error)
            raise

    def note(self, error: sqlcipher3.DatabaseError) -> None:
        """Takes notice of an error: `broken` from here on, if it is one of those."""
        self.broken = self.broken or sqlite_name(error).startswith(BREAKING)


class _Rows(list[Row]):
    """The rows of a statement, in the place of a cursor."""

    def fetchall(self) -> list[Row]:
        return self


class Connection:
    """An open connection. Statements run one after the other, in the order in which they were asked for."""

    def __init__(self, opened: CountingConnection, driver: aiosqlite.Connection) -> None:
        self._opened = opened
        self._driver = driver
        self._queued = opened.finished  # statements that were given to the thread
        self._turn_began = time.monotonic()

    @classmethod
    async def open(cls, connector: Callable[[], CountingConnection]) -> "Connection":
        """Calls the connector in a new thread of aiosqlite's. Raises what the connector raises.

        A caller that is cancelled meanwhile gets no connection, and none stays open.
        """
        made: list[CountingConnection] = []

        def connect() -> CountingConnection:
            made.append(connector())
            return made[0]

        driver = aiosqlite.Connection(connect, iter_chunk_size=64)
        try:
            await shielded(driver)
        except asyncio.CancelledError:
            await shielded(driver.close())
            raise
        return cls(made[0], driver)

    @property
    def broken(self) -> bool:
        """Whether an error has made the connection unusable."""
        return self._opened.broken

    @property
    def is_idle(self) -> bool:
        """Whether the thread has finished all that it was given, also what its caller no longer waits for."""
        return self._opened.finished == self._queued

    async def fetch(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement in the thread and returns its rows."""
        self._queued += 1
        rows = await self._driver.execute_fetchall(sql, values)
        self._turn_began = time.monotonic()
        return rows  # type: ignore[return-value]  # that of CountingConnection.execute

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._queued += 1
        await self._driver.executemany(sql, rows)

    async def run_inline(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement in the event loop while the thread is idle, else as `fetch` does.

        Only for whoever holds the lock of the writer (store.py), since a statement that is queued meanwhile would wait
        for the event loop.
        """
        if time.monotonic() - self._turn_began > LONGEST_TURN:
            await asyncio.sleep(0)
            self._turn_began = time.monotonic()
        return self._opened.run(sql, values) if self.is_idle else await self.fetch(sql, values)

    async def close(self) -> None:
        """Closes behind everything that is queued."""
        await self._driver.close()
