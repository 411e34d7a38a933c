"""Reaching Telegram at the start, which may be before the network of the machine is there.

Giving up would cost a network whose passphrase was typed by hand a second visit of its operator, so it is waited for.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.receiver import LONGEST_PAUSE, Stopped
from bot.telegram.transport import wait_seconds

log = structlog.get_logger(__name__)


@asynccontextmanager
async def reached(bot: Bot) -> AsyncIterator[Bot]:
    """`async with bot`, but patient. Raises `Stopped` (token) where Telegram does not know the bot."""
    pause = 1.0
    try:
        while True:
            try:
                await bot.initialize()
                break
            except InvalidToken:
                raise Stopped("token") from None  # its own message holds the token
            except RetryAfter as error:
                await asyncio.sleep(wait_seconds(error))
            except TelegramError as error:
                log.warning("telegram-out-of-reach", error=type(error).__name__, again_in_seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        yield bot
    finally:
        await bot.shutdown()
