"""Carries one screen to one chat, and reduces whatever Telegram or the network answers to one of five outcomes.

Telegram's Bot API knows no idempotency key, so a request whose answer was lost is `Uncertain`, never repeated here.
Every call that shows something takes its turn (`bot/messaging/rate_limiter.py`), and says there how it ended.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.delivery import Priority
from bot.conversation.screen import Menu, Screen
from bot.language.texts import texts_in
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent, Uncertain, Unreachable, Wait
from bot.operations.errors import report
from bot.telegram.bot_api import BotApi, keyboard
from bot.telegram.transport import NotSent, wait_seconds

log = structlog.get_logger(__name__)
T = TypeVar("T")
Still = Callable[[], Awaitable[bool]]
PATIENCE = 2.0  # seconds; whoever has to wait longer for one chat does something else meanwhile
AFTER_NO_CONNECTION = 2.0  # seconds
TOO_OLD = "message can't be deleted"
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message to delete not found")
# A picture cannot become words, and the person may have deleted the message.
NOT_EDITABLE = ("message can't be edited", "message to edit not found", "there is no text in the message to edit")


class _NotWanted(Exception):
    """While a message waited for its turn, it came to be wanted no more."""


class Sender:
    def __init__(self, bot: Bot, calls: BotApi, pace: RateLimiter) -> None:
        self._bot = bot
        self._calls = calls
        self._pace = pace

    async def show(
        self,
        chat: int,
        screen: Screen,
        *,
        lane: Priority = Priority.ANSWERS,
        message_id: int | None = None,
        or_anew: bool = False,
        still: Still | None = None,
    ) -> SendResult:
        """Sends a screen, or puts it in the place of a message; the outcome is `Sent` with the id of its message.

        `still` is asked when the turn of a new message has come; where it is not wanted as it is, `Wait(0)` is the
        outcome, so that it is looked at again.
        `or_anew`: where that message cannot be changed or is gone, the screen is sent as a new one. Only for somebody
        who waits for an answer, since a new message makes a sound.
        """
        try:
            return await self._show(chat, screen, lane, message_id, still)
        except _NotWanted:
            return Wait(0.0)
        except ChatMigrated as error:
            # A group became a supergroup: nothing was sent, and its old messages cannot be changed any more.
            return await self._show_once(error.new_chat_id, screen, lane)
        except BadRequest as error:
            if message_id is not None and or_anew and any(reason in str(error).lower() for reason in NOT_EDITABLE):
                return await self.show(chat, screen, lane=lane)
            return _refused(error, message_id)
        except TelegramError as error:
            return _unshown(error)

    async def _show_once(self, chat: int, screen: Screen, lane: Priority) -> SendResult:
        try:
            return await self._show(chat, screen, lane, None)
        except BadRequest as error:
            return _refused(error, None)
        except ChatMigrated as error:
            report(error, event="refused-by-telegram")
            return Failed()
        except TelegramError as error:
            return _unshown(error)

    async def _show(
        self, chat: int, screen: Screen, lane: Priority, message_id: int | None, still: Still | None = None
    ) -> SendResult:
        change = message_id is not None and (screen.removes or not (screen.photo or screen.document or screen.fresh))
        wait = self._pace.chat_wait(chat, change=change)
        if wait > PATIENCE:
            return Wait(wait)
        if not change or message_id is None:
            return Sent(await self._paced(chat, lane, lambda: self._send(chat, screen), still=still))
        if screen.removes:
            await self._remove(chat, screen, lane, message_id)
        else:
            await self._paced(chat, lane, lambda: self._calls.edit(chat, screen, message_id), change=True)
        return Sent(message_id)

    async def _paced(
        self,
        chat: int,
        lane: Priority,
        call: Callable[[], Awaitable[T]],
        *,
        change: bool = False,
        still: Still | None = None,
    ) -> T:
        async with self._pace.permit(chat, lane, change=change) as turn:
            if still is not None and not await still():
                turn.unsent()
                raise _NotWanted
            try:
                result = await call()
            except RetryAfter as error:
                turn.refused(wait_seconds(error))
                raise
            except NotSent:
                turn.unsent()
                raise
            except (BadRequest, Forbidden, ChatMigrated):
                turn.answered()
                raise
            turn.answered()
            return result

    async def answer_callback(self, callback_id: str, toast: str) -> None:
        """Ends the waiting of a pressed button. Too late is no harm, since the screen itself has changed."""
        try:
            await self._calls.answer_callback(callback_id, toast)
        except BadRequest:
            log.info("callback-too-late")
        except TelegramError as error:
            report(error, event="callback-unanswered")

    async def menu(self, chat: int, menu: Menu, language: str, commands: Sequence[str]) -> None:
        """Sets the command menu of one chat; without it Telegram shows the one for strangers."""
        scope = BotCommandScopeChat(chat)
        try:
            if menu is Menu.NONE:
                await self._bot.delete_my_commands(scope)
            else:
                await self._bot.set_my_commands(described(language, commands), scope)
        except TelegramError as error:
            report(error, event="menu-not-set")

    async def introduce(self, languages: Sequence[str], commands: Sequence[str]) -> None:
        """What Telegram shows to strangers: the command menu and the descriptions, per language and once without."""
        try:
            for code in (None, *languages):
                texts = texts_in(code, tuple(languages))
                await self._bot.set_my_commands(described(texts.language, commands), language_code=code)
                await self._bot.set_my_description(texts.plain("bot-description"), code)
                await self._bot.set_my_short_description(texts.plain("bot-short-description"), code)
        except TelegramError as error:
            report(error, event="not-introduced")

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Deletes messages; those that are gone or too old are passed over by Telegram (deleteMessages)."""
        if messages:
            try:
                await self._bot.delete_messages(chat, messages)
            except TelegramError as error:
                report(error, event="not-taken-away")

    async def _remove(self, chat: int, screen: Screen, lane: Priority, message_id: int) -> None:
        """Deletes a message; after 48 hours Telegram refuses that, and its words are replaced instead."""
        try:
            await self._paced(chat, lane, lambda: self._bot.delete_message(chat, message_id), change=True)
        except BadRequest as error:
            if TOO_OLD not in str(error).lower():
                raise
            try:
                await self._paced(chat, lane, lambda: self._calls.edit(chat, screen, message_id), change=True)
            except BadRequest:
                await self._paced(chat, lane, lambda: self._edit_caption(chat, screen, message_id), change=True)

    async def _send(self, chat: int, screen: Screen) -> int:
        if not (screen.photo or screen.document):
            return await self._calls.send(chat, screen)
        markup = InlineKeyboardMarkup.de_json(keyboard(screen)) if screen.rows else None
        if screen.photo:
            message = await self._bot.send_photo(
                chat,
                screen.photo,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                protect_content=screen.protect,
            )
        else:
            assert screen.document is not None
            message = await self._bot.send_document(
                chat,
                screen.document.data,
                filename=screen.document.name,
                caption=screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                protect_content=screen.protect,
            )
        return message.message_id

    async def _edit_caption(self, chat: int, screen: Screen, message_id: int) -> None:
        await self._bot.edit_message_caption(chat, message_id, caption=screen.text, parse_mode=ParseMode.HTML)


def _unshown(error: TelegramError) -> SendResult:
    """What an error means that says nothing about the message itself."""
    match error:
        case Forbidden():
            return Unreachable()
        case RetryAfter():
            return Wait(wait_seconds(error))
        case NotSent():
            return Wait(AFTER_NO_CONNECTION)
        case NetworkError():
            return Uncertain()
        case _:
            raise error


def _refused(error: BadRequest, message_id: int | None) -> SendResult:
    words = str(error).lower()
    if UNCHANGED in words:
        return Sent(message_id)
    if message_id is not None and any(reason in words for reason in GONE):
        return Sent(None)  # the person took it out of their chat, which is what a closing wants
    report(error, event="refused-by-telegram")
    return Failed()


def described(language: str, commands: Sequence[str]) -> list[BotCommand]:
    texts = texts_in(language)
    return [BotCommand(command, texts.plain("command-" + command)) for command in commands]
