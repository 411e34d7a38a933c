"""The calls of the Bot API that are made all the time, with plain values there and back.

telegram.Bot makes an object of each message and each button, which takes longer than all the rest of a call; of what
Telegram answers here nothing is wanted but a message's id.
"""

from collections.abc import Mapping
from typing import Any

from telegram.constants import ParseMode

from bot.conversation.screen import Screen
from bot.telegram.transport import Transport

NO_PREVIEW = {"is_disabled": True}


class BotApi:
    """Each raises the errors of telegram.error, as every method of telegram.Bot does."""

    def __init__(self, transport: Transport, base_url: str) -> None:
        """`base_url` as telegram.Bot says it: with the token."""
        self._transport = transport
        self._base_url = base_url

    async def send(self, chat: int, screen: Screen) -> int:
        """The words and buttons of a screen as a new message; its id."""
        protection = {"protect_content": True} if screen.protect else {}
        sent = await self._call("sendMessage", {"chat_id": chat} | protection | words(screen))
        return int(sent["message_id"])

    async def edit(self, chat: int, screen: Screen, message_id: int) -> None:
        """The words and buttons of a screen in the place of a message."""
        await self._call("editMessageText", {"chat_id": chat, "message_id": message_id} | words(screen))

    async def answer_callback(self, callback_id: str, toast: str) -> None:
        """Ends the waiting of a pressed button."""
        shown = {"text": toast} if toast else {}
        await self._call("answerCallbackQuery", {"callback_query_id": callback_id} | shown)

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        return await self._transport.call(f"{self._base_url}/{method}", parameters)


def words(screen: Screen) -> dict[str, object]:
    shown: dict[str, object] = {"text": screen.text, "parse_mode": ParseMode.HTML, "link_preview_options": NO_PREVIEW}
    if screen.rows:
        shown["reply_markup"] = keyboard(screen)
    return shown


def keyboard(screen: Screen) -> dict[str, object]:
    """Bot API, InlineKeyboardMarkup."""
    rows = [[{"text": button.label, "callback_data": button.action.pack()} for button in row] for row in screen.rows]
    return {"inline_keyboard": rows}
