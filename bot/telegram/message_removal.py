"""Takes messages out of a chat: deletes them, or puts a text that names nothing in their place.

A bot may delete messages of both sides of a private chat for 48 hours, up to a hundred with one call (Bot API,
deleteMessage and deleteMessages); its own it may change at any time. Both may be repeated without harm: a message that
is gone counts as removed.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from telegram import Bot
from telegram.constants import BulkRequestLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.conversation.delivery import Priority
from bot.conversation.screen import Screen
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import Failed, SendResult, Sent
from bot.operations.errors import report
from bot.telegram.bot_api import BotApi
from bot.telegram.permitted_calls import GONE, UNCHANGED, call_permitted, result_of
from bot.telegram.shown_screens import ShownScreens

HAS_NO_TEXT = "there is no text in the message to edit"


class MessageRemoval:
    def __init__(self, bot: Bot, api: BotApi, rate_limiter: RateLimiter, shown: ShownScreens) -> None:
        """`shown`: what each message shows, as far as is known; the same as that of the sender."""
        self._bot = bot
        self._api = api
        self._rate_limiter = rate_limiter
        self._shown = shown

    async def delete(
        self, chat: int, messages: Sequence[int], priority: Priority = Priority.NOTICES
    ) -> dict[int, SendResult]:
        """The result for each message: `Sent` where it is gone, `Failed` where Telegram does not delete it."""
        results: dict[int, SendResult] = {}
        for first in range(0, len(messages), BulkRequestLimit.MAX_LIMIT):
            some = messages[first : first + BulkRequestLimit.MAX_LIMIT]
            result = await self._attempt(chat, priority, partial(self._bot.delete_messages, chat, some))
            results.update(dict.fromkeys(some, result))
            if isinstance(result, Failed):  # one that is too old spoils the call for all
                for one in some:
                    results[one] = await self._attempt(chat, priority, partial(self._bot.delete_message, chat, one))
        return results

    async def blank(
        self, chat: int, screen: Screen, message_id: int, priority: Priority = Priority.NOTICES
    ) -> SendResult:
        """Changes a message of the bot into a screen that names nothing.

        `Failed` where that cannot be: a picture or a file stays, with the text of the screen below it.
        """
        self._shown.forget(chat, message_id)
        try:
            return await self._attempt(
                chat, priority, partial(self._api.edit, chat, screen, message_id), but=HAS_NO_TEXT
            )
        except BadRequest:
            caption = partial(
                self._bot.edit_message_caption, chat, message_id, caption=screen.text, parse_mode=ParseMode.HTML
            )
            result = await self._attempt(chat, priority, caption)
            return Failed() if isinstance(result, Sent) else result

    async def _attempt(
        self, chat: int, priority: Priority, call: Callable[[], Awaitable[object]], *, but: str | None = None
    ) -> SendResult:
        """The result of a call. Raises `BadRequest` where its reason is `but`."""
        try:
            await call_permitted(self._rate_limiter, chat, priority, call, change=True)
        except BadRequest as error:
            reason = str(error).lower()
            if but is not None and but in reason:
                raise
            if UNCHANGED in reason or any(gone in reason for gone in GONE):
                return Sent(None)
            return Failed()
        except ChatMigrated as error:
            report(error, event="message-not-deleted")
            return Failed()
        except TelegramError as error:
            return result_of(error)
        return Sent(None)
