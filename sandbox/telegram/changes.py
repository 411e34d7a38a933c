"""Waiting for something to change, by revision number, without a loop that sleeps."""

import asyncio
import time
from typing import Any


class Changes:
    """A number that only grows, and those who wait for it to pass the number they know already."""

    def __init__(self) -> None:
        self.revision = 0
        self.closed = False
        self._next = asyncio.Event()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Changes":
        """The same number, open, and without those who wait: they wait for this one, in this event loop."""
        copied = Changes()
        copied.revision = self.revision
        return copied

    def advance_to(self, revision: int) -> None:
        """Set the number and wake everybody who waits."""
        self.revision = revision
        self._wake()

    def close(self) -> None:
        """Let everybody go, now and from now on: the server is stopping."""
        self.closed = True
        self._wake()

    async def wait_past(self, revision: int, seconds: float) -> None:
        """Return once the number is greater than `revision`, after `seconds` (real time), or at closing."""
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
