"""Why receiving ends for good, and how sure one has to be before it does."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

log = structlog.get_logger(__name__)
SURE = 3  # refusals in a row; a gateway on the way can answer 401 or 404 for a moment
BETWEEN = 1.0  # seconds; times as many as there were in a row
LONGEST = 30.0  # seconds


class Stopped(Exception):
    """Receiving cannot go on. `reason` is a fixed word: conflict, webhook, address, listen, token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refusals:
    """Answers in a row that say that Telegram does not know the token (401, 404), or does not listen to it (403)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._in_a_row = 0

    def over(self) -> None:
        """Something else was answered."""
        self._in_a_row = 0

    async def another(self) -> None:
        """Returns when it is time to try again. Raises `Stopped` after enough of them, if getMe is refused as well."""
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
