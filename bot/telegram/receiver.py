"""Long polling. The offset, which makes Telegram forget updates, moves only after they are on disk.

While they cannot be written, as on a full disk, Telegram keeps what comes after them, and this tries again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import Pause, report
from bot.telegram.transport import Transport, wait_seconds

log = structlog.get_logger(__name__)
POLL_SECONDS = 25
FORGIVEN = 2  # conflicts in a row: the last poll of a process that has just ended may still be open
AFTER_CONFLICT = 2.0  # seconds
LONGEST_PAUSE = 30.0  # seconds between tries while Telegram is out of reach
WANTED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class Stopped(Exception):
    """Polling cannot go on. `reason` is a fixed word: conflict, token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Receiver:
    def __init__(
        self, transport: Transport, url: str, take: Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
    ) -> None:
        """`url` is that of getUpdates, token and all; `take` returns when a batch is on disk."""
        self._transport = transport
        self._url = url
        self._take = take

    async def run(self) -> None:
        """Polls until cancelled. Raises `Stopped` where going on makes no sense."""
        offset, pause, conflicts, full = 0, 0.0, 0, Pause("updates-not-taken")
        while True:
            try:
                payload = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
                updates = await self._transport.fetch_updates(self._url, payload, timeout=POLL_SECONDS + 10)
            except Conflict:
                conflicts += 1
                if conflicts > FORGIVEN:
                    raise Stopped("conflict") from None
                await asyncio.sleep(AFTER_CONFLICT)
                continue
            except (InvalidToken, Forbidden):
                raise Stopped("token") from None
            except RetryAfter as error:
                await asyncio.sleep(wait_seconds(error))
                continue
            except (NetworkError, TelegramError) as error:
                pause = min(max(1.0, pause * 2), LONGEST_PAUSE)
                report(error, event="telegram-out-of-reach")
                await asyncio.sleep(pause)
                continue
            pause, conflicts = 0.0, 0
            if updates:
                while not await full.guard(self._taken(updates)):
                    pass
                offset = max(update["update_id"] for update in updates) + 1

    async def _taken(self, updates: Sequence[dict[str, Any]]) -> bool:
        await self._take(updates)
        return True
