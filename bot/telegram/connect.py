"""Connecting to Telegram at the start, which may be before the machine's own network is up.

The program waits for it: after giving up, the operator would have to type the passphrase once more.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.fatal import BETWEEN, SURE, Stopped
from bot.telegram.transport_errors import wait_seconds

log = structlog.get_logger(__name__)
T = TypeVar("T")
LONGEST_PAUSE = 30.0  # seconds between attempts while Telegram cannot be reached


@asynccontextmanager
async def reached(bot: Bot) -> AsyncIterator[Bot]:
    """`async with bot`, which waits for Telegram. Raises `Stopped` (token) where Telegram does not know the bot."""
    try:
        await patiently(bot.initialize)
        yield bot
    finally:
        await bot.shutdown()


async def patiently(call: Callable[[], Awaitable[T]], *definite: type[TelegramError]) -> T:
    """The result of a call, repeated for as long as Telegram cannot be reached.

    Raises `Stopped` (token) after several refusals in a row, and the errors `definite` without a retry.
    """
    pause, refused = 1.0, 0
    while True:
        try:
            return await call()
        except definite:
            raise
        except InvalidToken:
            refused += 1
            if refused == SURE:
                raise Stopped("token") from None  # its own message holds the token
            await asyncio.sleep(BETWEEN)
        except RetryAfter as error:
            refused = 0
            await asyncio.sleep(wait_seconds(error))
        except TelegramError as error:
            refused = 0
            log.warning("telegram-out-of-reach", error=type(error).__name__, again_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
