"""The last resort: an unexpected error becomes a short reference code, in the log and for the person, and nothing else.

The log gets the type of the error and the lines of our code it passed through. Messages of exceptions are left out,
since those of libraries can hold a token, an id or somebody's words.
"""

import asyncio
import secrets
import traceback
from collections.abc import Awaitable
from typing import TypeVar

import structlog

from storage.crypto.cipher import Unreadable

log = structlog.get_logger(__name__)
T = TypeVar("T")
LONGEST_PAUSE = 30.0  # seconds
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that can be mistaken for another


def new_reference() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def report(error: BaseException, *, event: str) -> str:
    """Logs the error under a fixed word and returns its reference code."""
    reference = new_reference()
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    where = {"place": error.place} if isinstance(error, Unreadable) else {}
    log.error(event, reference=reference, error=type(error).__name__, frames=frames, **where)
    return reference


class Backoff:
    """For a loop that must go on: after an error it is reported and the loop waits, longer each time in a row."""

    def __init__(self, event: str) -> None:
        self._event = event
        self._seconds = 0.0

    async def guard(self, work: Awaitable[T]) -> T | None:
        """The result of the work, or None after an error, which was reported and waited upon."""
        try:
            result = await work
        except Exception as error:  # noqa: BLE001  such as a full disk, which somebody may be clearing just now
            report(error, event=self._event)
            self._seconds = min(max(0.5, self._seconds * 2), LONGEST_PAUSE)
            await asyncio.sleep(self._seconds)
            return None
        self._seconds = 0.0
        return result
