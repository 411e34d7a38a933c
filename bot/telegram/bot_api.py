"""The most frequent calls of the Bot API, with JSON values as arguments and results.

telegram.Bot builds an object for each message and each button, which takes longer than the rest of a call; of the
results of these calls only the id of a message is used.
"""

from collections.abc import Mapping
from typing import Any

from telegram.constants import ParseMode

from bot.conversation.screen import Screen
from bot.telegram.api_response import Garbled
from bot.telegram.transport import Transport

NO_PREVIEW = {"is_disabled": True}


class BotApi:
    """Every method raises the errors of telegram.error, as those of telegram.Bot do."""

    def __init__(self, transport: Transport, base_url: str) -> None:
        """`base_url` is that of telegram.Bot, which includes the token."""
        self._transport = transport
        self._base_url = base_url

    async def send(self, chat: int, screen: Screen) -> int:
        """Sends the text and buttons of a screen as a new message; returns its id, or raises `Garbled`."""
        protection = {"protect_content": True} if screen.protect else {}
        sent = await self._call("sendMessage", {"chat_id": chat} | protection | _content(screen))
        message_id = sent.get("message_id") if isinstance(sent, dict) else None
        if type(message_id) is not int:
            raise Garbled("Sent, but the result is not a message")
        return message_id

    async def edit(self, chat: int, screen: Screen, message_id: int) -> None:
        """Replaces the text and buttons of a message by those of a screen."""
        await self._call("editMessageText", {"chat_id": chat, "message_id": message_id} | _content(screen))

    async def answer_callback(self, callback_id: str, toast: str) -> None:
        """Ends the progress display of a pressed button, with a short notice where there is one."""
        parameters = {"text": toast} if toast else {}
        await self._call("answerCallbackQuery", {"callback_query_id": callback_id} | parameters)

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        return await self._transport.call(f"{self._base_url}/{method}", parameters)


def _content(screen: Screen) -> dict[str, object]:
    parameters: dict[str, object] = {
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": NO_PREVIEW,
    }
    if screen.rows:
        parameters["reply_markup"] = keyboard(screen)
    return parameters


def keyboard(screen: Screen) -> dict[str, object]:
    """Bot API, InlineKeyboardMarkup."""
    rows = [[{"text": button.label, "callback_data": button.action.pack()} for button in row] for row in screen.rows]
    return {"inline_keyboard": rows}
