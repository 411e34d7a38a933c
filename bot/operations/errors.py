"""Handling of unexpected errors: each is logged under a short reference code, which is all that a person sees of it.

The log gets the type of the error and the function and line of each frame of its traceback. Messages of exceptions are
left out, since those of libraries can contain a token, an id or what somebody wrote.
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
MAX_DELAY = 30.0  # seconds
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L and O, which are easily confused


def new_reference() -> str:
    """Returns a random reference code of 6 characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def report(error: BaseException, *, event: str, **fields: str) -> str:
    """Logs the error under `event`, a fixed word, with fields of fixed words, and returns its reference code."""
    reference = new_reference()
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    where = {"place": error.place} if isinstance(error, Unreadable) else {}
    log.error(event, reference=reference, error=type(error).__name__, frames=frames, **where, **fields)
    return reference


class Backoff:
    """Keeps a loop alive: reports each error and delays the loop, for longer with each error in a row.

    The delay starts at 0.5 seconds, doubles up to `MAX_DELAY`, and is reset by a success.
    """

    def __init__(self, event: str) -> None:
        self._event = event
        self._seconds = 0.0

    async def guard(self, work: Awaitable[T]) -> T | None:
        """Returns the result of the work; after an error, which is reported, waits for the delay and returns None."""
        try:
            result = await work
        except Exception as error:  # noqa: BLE001  such as a full disk, which somebody may be clearing just now
            report(error, event=self._event)
            self._seconds = min(max(0.5, self._seconds * 2), MAX_DELAY)
            await asyncio.sleep(self._seconds)
            return None
        self._seconds = 0.0
        return result
