"""Calls that show no message: the end of a press, the menu of commands. Each waits where Telegram says so.

A refusal for being too fast (429), one that may be the token's (401, 404, 409) and a missing connection are waited out;
all of these calls can be repeated without harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.conversation.screen import Menu
from bot.language.texts import texts_in
from bot.messaging.rate_limiter import RateLimiter
from bot.operations.errors import report
from bot.telegram.bot_api import BotApi
from bot.telegram.transport_errors import NotSent, wait_seconds

log = structlog.get_logger(__name__)
PAUSE = 2.0  # seconds, after a call that was not sent, or refused as if the token were revoked
PATIENCE = 120.0  # seconds for a call that somebody's next answer waits for


class _TooLate(Exception):
    """Telegram accepts the call only after its time is over."""


class SideCalls:
    """None of these methods raises an error of Telegram; each reports the one that ended it."""

    def __init__(self, bot: Bot, api: BotApi, rate_limiter: RateLimiter) -> None:
        self._bot = bot
        self._api = api
        self._rate_limiter = rate_limiter

    async def answer_callback(self, chat: int, callback_id: str, toast: str, *, within: float) -> None:
        """Ends the progress display of a pressed button, `within` seconds or not at all.

        It does no harm to be late, since the screen has changed.
        """
        try:
            await self._call(chat, partial(self._api.answer_callback, callback_id, toast), within=within)
        except (BadRequest, _TooLate):
            log.info("callback-too-late")
        except TelegramError as error:
            report(error, event="callback-unanswered")

    async def menu(self, chat: int, menu: Menu, language: str, commands: Sequence[str]) -> None:
        """Sets the command menu of one chat, which otherwise has the one for people without an invitation."""
        scope = BotCommandScopeChat(chat)
        try:
            if menu is Menu.NONE:
                await self._call(chat, partial(self._bot.delete_my_commands, scope), within=PATIENCE)
            else:
                listed = described(language, commands)
                await self._call(chat, partial(self._bot.set_my_commands, listed, scope), within=PATIENCE)
        except (TelegramError, _TooLate) as error:
            report(error, event="menu-not-set")

    async def introduce(self, languages: Sequence[str], commands: Sequence[str]) -> None:
        """Sets the command menu and the descriptions that Telegram shows to everybody, per language and by default.

        Telegram may want hours between two such calls; nobody waits for them.
        """
        bot = self._bot
        try:
            for code in (None, *languages):
                texts = texts_in(code, tuple(languages))
                menu = described(texts.language, commands)
                about, in_short = texts.plain("bot-description"), texts.plain("bot-short-description")
                await self._call(None, partial(bot.set_my_commands, menu, language_code=code))
                await self._call(None, partial(bot.set_my_description, about, code))
                await self._call(None, partial(bot.set_my_short_description, in_short, code))
        except TelegramError as error:
            report(error, event="commands-not-set")

    async def _call(self, chat: int | None, call: Callable[[], Awaitable[Any]], within: float | None = None) -> None:
        """Calls as soon as Telegram accepts it, and until it does. Raises `_TooLate` after `within` seconds.

        What Telegram says about a call for no chat concerns that method alone, so it holds up nothing else.
        """
        loop = asyncio.get_running_loop()
        ends = None if within is None else loop.time() + within
        wait = 0.0
        while True:
            if chat is not None:
                wait = max(wait, self._rate_limiter.chat_wait(chat, change=True))
            if ends is not None and loop.time() + wait >= ends:
                raise _TooLate
            await asyncio.sleep(wait)
            try:
                await call()
            except RetryAfter as error:
                wait = wait_seconds(error)
                if chat is not None:
                    self._rate_limiter.hold(chat, wait)
            except (NotSent, InvalidToken, Conflict):
                wait = PAUSE
            else:
                return


def described(language: str, commands: Sequence[str]) -> list[BotCommand]:
    texts = texts_in(language)
    return [BotCommand(command, texts.plain("command-" + command)) for command in commands]
