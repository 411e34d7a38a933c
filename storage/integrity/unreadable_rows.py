"""Rows in which something does not open: each is told of once in the log, and what stands beside it is served.

It takes the key of the database to make such a row. A page that was changed is noticed before, by SQLCipher.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from storage.crypto.cipher import Unreadable
from storage.engine.connection import Row

log = structlog.get_logger(__name__)
ID_BYTES = 16  # of a row's random id; other rows are not named, since their numbers are Telegram's
T = TypeVar("T")


class UnreadableRows:
    """What of it was told of since the files were opened."""

    def __init__(self) -> None:
        self._told: set[tuple[str, bytes]] = set()

    def tell(self, error: Unreadable) -> None:
        """Logs the place and the id of the row, the first time."""
        if (error.place, error.row) not in self._told:
            self._told.add((error.place, error.row))
            log.error("row-unreadable", place=error.place, row=error.row.hex() if len(error.row) == ID_BYTES else None)

    def opened(self, row: Row, opens: Callable[[Row], T]) -> T:
        """One row, opened. Raises `Unreadable`, which was told of then."""
        try:
            return opens(row)
        except Unreadable as error:
            self.tell(error)
            raise

    def readable(self, rows: Iterable[Row], opens: Callable[[Row], T]) -> list[T]:
        """The rows of a list that open, opened, in their order."""
        found = []
        for row in rows:
            try:
                found.append(opens(row))
            except Unreadable as error:
                self.tell(error)
        return found
