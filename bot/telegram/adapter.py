"""From Telegram's update to what somebody asked, and from our buttons to Telegram's keyboard."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.request import Asked
from bot.screen import Screen

ANOTHERS = "@"  # in place of the name of a command that is meant for another bot


def sender(update: dict[str, Any]) -> int | None:
    """The Telegram id of whoever caused a raw update; None where nobody did."""
    user = Update.de_json(update).effective_user
    return user.id if user else None


def read(update: dict[str, Any], username: str) -> Asked | None:
    """What a raw update asks of the bot of this user name; None where it asks nothing."""
    parsed = Update.de_json(update)
    user = parsed.effective_user
    if user is None or user.is_bot:
        return None
    if parsed.callback_query is not None:
        query = parsed.callback_query
        return Asked(
            "press",
            user.id,
            user.language_code,
            press=query.data or "",
            message_id=query.message.message_id if query.message else None,
            callback_id=query.id,
        )
    message = parsed.message or parsed.edited_message
    if message is None:
        return None
    command, words = _command(message, username)
    if command == ANOTHERS:
        return None
    if message.chat.type != ChatType.PRIVATE:
        # The answer goes to the person, in private, and only where the bot itself was spoken to.
        return Asked("group", user.id, user.language_code) if command and parsed.message else None
    if parsed.edited_message is not None:
        # A live location edits itself every few seconds; only words are worth an answer.
        return Asked("edited", user.id, user.language_code) if message.text or message.caption else None
    if command is not None:
        return Asked("command", user.id, user.language_code, command=command, words=words)
    if message.text is not None:
        return Asked("words", user.id, user.language_code, words=words, typed_id=message.message_id)
    if message.photo:
        photo = message.photo[-1].file_id
        return Asked("words", user.id, user.language_code, words=words, photo=photo, typed_id=message.message_id)
    return Asked("other", user.id, user.language_code)


def _command(message: Message, username: str) -> tuple[str | None, str]:
    """The command without its slash, and what else was written."""
    text = message.text or message.caption or ""
    first = next(iter(message.entities), None)
    if message.text is None or first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None, text
    command, _, addressed = text[1 : first.length].partition("@")
    if addressed and addressed.casefold() != username.casefold():
        return ANOTHERS, text
    return command.lower(), text[first.length :].strip()


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.press.pack()) for button in row]
            for row in screen.rows
        ]
    )
