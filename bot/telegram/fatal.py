"""Errors that end receiving for good, and how often they must occur before it ends."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

log = structlog.get_logger(__name__)
SURE = 3  # refusals in a row; a gateway in between may answer 401 or 404 for a moment
BETWEEN = 1.0  # seconds, multiplied by the number of refusals in a row
LONGEST = 30.0  # seconds


class Stopped(Exception):
    """Receiving cannot continue. `reason` is one of conflict, webhook, address, listen, token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refusals:
    """Counts answers in a row by which Telegram does not know the token (401, 404) or refuses it (403)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._in_a_row = 0

    def over(self) -> None:
        """Resets the count, after any other answer."""
        self._in_a_row = 0

    async def another(self) -> None:
        """Counts one, and returns after a pause. Raises `Stopped` after `SURE` in a row if getMe is refused, too."""
        self._in_a_row += 1
        log.warning("token-refused", in_a_row=self._in_a_row)
        await asyncio.sleep(min(BETWEEN * self._in_a_row, LONGEST))
        if self._in_a_row < SURE:
            return
        try:
            await self._bot.get_me()
        except InvalidToken:
            raise Stopped("token") from None  # its own message holds the token
        except TelegramError as error:
            log.warning("telegram-out-of-reach", error=type(error).__name__)
