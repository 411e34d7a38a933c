"""Sends one screen to one chat, and reduces each answer or error of Telegram and the network to one of five results.

The Bot API has no idempotency key, so a request whose answer was lost is `Uncertain` and never repeated here. Every
call that shows something waits for a permit of the rate limiter (`bot/messaging/rate_limiter.py`) and reports its end.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.conversation.delivery import Priority
from bot.conversation.screen import Menu, Screen
from bot.language.texts import texts_in
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent, Wait
from bot.operations.errors import report
from bot.telegram.bot_api import BotApi, keyboard
from bot.telegram.permitted_calls import GONE, UNCHANGED, NotWanted, Precondition, T, call_permitted, result_of
from bot.telegram.shown_screens import ShownScreens

log = structlog.get_logger(__name__)
PATIENCE = 2.0  # seconds; a longer wait for one chat is returned as `Wait`, so that the caller can send something else
TOO_OLD = "message can't be deleted"
# A photo cannot be changed into a text, and the person may have deleted the message.
NOT_EDITABLE = ("message can't be edited", "message to edit not found", "there is no text in the message to edit")


class Sender:
    def __init__(self, bot: Bot, api: BotApi, rate_limiter: RateLimiter) -> None:
        self._bot = bot
        self._api = api
        self._rate_limiter = rate_limiter
        self.shown = ShownScreens()

    async def show(
        self,
        chat: int,
        screen: Screen,
        *,
        priority: Priority = Priority.ANSWERS,
        message_id: int | None = None,
        or_anew: bool = False,
        precondition: Precondition | None = None,
    ) -> SendResult:
        """Sends a screen, or changes a message into it; the result is `Sent` with the id of the message.

        `precondition` is called when the screen may be sent; where it returns False, the result is `Wait(0)`: the
        message is to be rendered again.
        `or_anew`: where the message cannot be changed or does not exist, the screen is sent as a new one. Only for
        somebody who waits for an answer, since a new message makes a sound.
        """
        try:
            return await self._show(chat, screen, priority, message_id, precondition)
        except NotWanted:
            return Wait(0.0)
        except ChatMigrated as error:
            # A group became a supergroup: nothing was sent, and its old messages can no longer be changed.
            return await self._show_once(error.new_chat_id, screen, priority)
        except BadRequest as error:
            if message_id is not None and or_anew and any(reason in str(error).lower() for reason in NOT_EDITABLE):
                return await self.show(chat, screen, priority=priority, precondition=precondition)
            return _refused(error, message_id)
        except TelegramError as error:
            return result_of(error)

    async def _show_once(self, chat: int, screen: Screen, priority: Priority) -> SendResult:
        try:
            return await self._show(chat, screen, priority, None)
        except BadRequest as error:
            return _refused(error, None)
        except ChatMigrated as error:
            report(error, event="refused-by-telegram")
            return Failed()
        except TelegramError as error:
            return result_of(error)

    async def _show(
        self,
        chat: int,
        screen: Screen,
        priority: Priority,
        message_id: int | None,
        precondition: Precondition | None = None,
    ) -> SendResult:
        change = message_id is not None and (screen.removes or not (screen.photo or screen.document or screen.fresh))
        wait = self._rate_limiter.chat_wait(chat, change=change)
        if wait > PATIENCE:
            return Wait(wait)
        if not change or message_id is None:
            sent = await self._permitted(chat, priority, lambda: self._send(chat, screen), precondition=precondition)
            self.shown.note(chat, sent, screen)
            return Sent(sent)
        if screen.removes:
            self.shown.forget(chat, message_id)
            await self._remove(chat, screen, priority, message_id)
        elif not self.shown.shows(chat, message_id, screen):
            self.shown.forget(chat, message_id)  # an answer may be lost
            edit = partial(self._api.edit, chat, screen, message_id)
            await self._permitted(chat, priority, edit, change=True, precondition=precondition)
            self.shown.note(chat, message_id, screen)
        return Sent(message_id)

    async def _permitted(
        self,
        chat: int,
        priority: Priority,
        call: Callable[[], Awaitable[T]],
        *,
        change: bool = False,
        precondition: Precondition | None = None,
    ) -> T:
        return await call_permitted(self._rate_limiter, chat, priority, call, change=change, precondition=precondition)

    async def answer_callback(self, callback_id: str, toast: str) -> None:
        """Ends the progress display of a pressed button. It does no harm to be late, since the screen has changed."""
        try:
            await self._api.answer_callback(callback_id, toast)
        except BadRequest:
            log.info("callback-too-late")
        except TelegramError as error:
            report(error, event="callback-unanswered")

    async def menu(self, chat: int, menu: Menu, language: str, commands: Sequence[str]) -> None:
        """Sets the command menu of one chat, which otherwise has the one for people without an invitation."""
        scope = BotCommandScopeChat(chat)
        try:
            if menu is Menu.NONE:
                await self._bot.delete_my_commands(scope)
            else:
                await self._bot.set_my_commands(described(language, commands), scope)
        except TelegramError as error:
            report(error, event="menu-not-set")

    async def introduce(self, languages: Sequence[str], commands: Sequence[str]) -> None:
        """Sets the command menu and the descriptions that Telegram shows to everybody, per language and by default."""
        try:
            for code in (None, *languages):
                texts = texts_in(code, tuple(languages))
                await self._bot.set_my_commands(described(texts.language, commands), language_code=code)
                await self._bot.set_my_description(texts.plain("bot-description"), code)
                await self._bot.set_my_short_description(texts.plain("bot-short-description"), code)
        except TelegramError as error:
            report(error, event="commands-not-set")

    async def _remove(self, chat: int, screen: Screen, priority: Priority, message_id: int) -> None:
        """Deletes a message; after 48 hours Telegram refuses that, and its text is replaced instead."""
        try:
            await self._permitted(chat, priority, lambda: self._bot.delete_message(chat, message_id), change=True)
        except BadRequest as error:
            if TOO_OLD not in str(error).lower():
                raise
            try:
                await self._permitted(chat, priority, lambda: self._api.edit(chat, screen, message_id), change=True)
            except BadRequest:
                await call_permitted(
                    self._rate_limiter,
                    chat,
                    priority,
                    lambda: self._edit_caption(chat, screen, message_id),
                    change=True,
                )

    async def _send(self, chat: int, screen: Screen) -> int:
        if not (screen.photo or screen.document):
            return await self._api.send(chat, screen)
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


def _refused(error: BadRequest, message_id: int | None) -> SendResult:
    reason = str(error).lower()
    if UNCHANGED in reason:
        return Sent(message_id)
    if message_id is not None and any(gone in reason for gone in GONE):
        return Sent(None)  # the person has deleted it, which is what an expiry wants
    report(error, event="refused-by-telegram")
    return Failed()


def described(language: str, commands: Sequence[str]) -> list[BotCommand]:
    texts = texts_in(language)
    return [BotCommand(command, texts.plain("command-" + command)) for command in commands]
