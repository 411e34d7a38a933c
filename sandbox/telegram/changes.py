"""A revision number that can be waited for, the basis of all long polls."""

import asyncio
import time
from typing import Any


class Changes:
    """A number that only grows, and the tasks that wait until it is greater than the number they know."""

    def __init__(self) -> None:
        self.revision = 0
        self.closed = False
        self._next = asyncio.Event()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Changes":
        """The same number, open and without waiting tasks: those belong to the original and its event loop."""
        copied = Changes()
        copied.revision = self.revision
        return copied

    def advance_to(self, revision: int) -> None:
        """Set the number and wake all waiting tasks."""
        self.revision = revision
        self._wake()

    def close(self) -> None:
        """End every wait, those of the future too: the server stops."""
        self.closed = True
        self._wake()

    async def wait_past(self, revision: int, seconds: float) -> None:
        """Return once the number is greater than `revision`, `seconds` of real time are over, or `close` is called."""
        deadline = time.monotonic() + seconds
        while self.revision <= revision and not self.closed:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            try:
                await asyncio.wait_for(self._next.wait(), left)
            except TimeoutError:
                return

    def _wake(self) -> None:
        self._next.set()
        self._next = asyncio.Event()
