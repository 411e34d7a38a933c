"""Rows with a value that cannot be decrypted: each is logged once, and the rows beside it are served.

Only somebody with the key of the database can make such a row. SQLCipher itself notices an altered page.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row

log = structlog.get_logger(__name__)
ID_BYTES = 16  # of a row's random id; other ids are not logged, since they are Telegram's
ROWS_PER_TURN = 100  # decrypted in some 3 ms
T = TypeVar("T")


class UnreadableRows:
    """The unreadable rows that were logged since the files were opened."""

    def __init__(self) -> None:
        self._logged: set[tuple[str, bytes]] = set()

    def tell(self, error: Unreadable) -> None:
        """Logs the place and the id of the row, the first time."""
        if (error.place, error.row) not in self._logged:
            self._logged.add((error.place, error.row))
            log.error("row-unreadable", place=error.place, row=error.row.hex() if len(error.row) == ID_BYTES else None)

    def opened(self, row: Row, opens: Callable[[Row], T]) -> T:
        """One row, decrypted. Raises `Unreadable`, after logging it."""
        try:
            return opens(row)
        except Unreadable as error:
            self.tell(error)
            raise

    async def readable(self, rows: Iterable[Row], opens: Callable[[Row], T]) -> list[T]:
        """The rows of a list that can be decrypted, in their order. Gives other tasks a turn after every few rows."""
        found = []
        for number, row in enumerate(rows, 1):
            try:
                found.append(opens(row))
            except Unreadable as error:
                self.tell(error)
            if not number % ROWS_PER_TURN:
                await asyncio.sleep(0)
        return found
