"""From Telegram's update to what somebody asked."""

from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.arrivals import MOST_ID
from bot.request import Asked

SERVICE = 777000  # Telegram itself; in groups what a linked channel posts comes from it
LARGEST_PHOTO = 10 * 2**20  # bytes; Bot API, sendPhoto
CAUSED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)  # by a `from`
ANOTHERS = "@"  # in place of the name of a command that is meant for another bot


class Malformed(Exception):
    """A field of an update is of another kind than Telegram says."""


def sender(update: dict[str, Any]) -> int | None:
    """The Telegram id of whoever caused a raw update; None where nobody did. Raises `Malformed`."""
    for kind in CAUSED:
        if kind in update:
            user = update[kind].get("from") if isinstance(update[kind], dict) else None
            return _number(user.get("id")) if isinstance(user, dict) else None
    return None


def read(update: dict[str, Any], username: str) -> Asked | None:
    """What a raw update asks of the bot of this user name; None where it asks nothing. Raises as `sender` does."""
    asked = _asked(Update.de_json(update), username)
    if asked is None:
        return None
    return replace(
        asked,
        telegram_id=_number(asked.telegram_id),
        language_code=None if asked.language_code is None else _text(asked.language_code),
        command=_text(asked.command),
        words=_text(asked.words),
        photo=None if asked.photo is None else _text(asked.photo),
        press=_string(asked.press),
        message_id=None if asked.message_id is None else _number(asked.message_id),
        typed_id=None if asked.typed_id is None else _number(asked.typed_id),
        callback_id=None if asked.callback_id is None else _text(asked.callback_id),
    )


def _number(value: object) -> int:
    """What Telegram's library took as it came. Whoever speaks to a bot in private has a positive id."""
    if type(value) is not int or not 0 < value <= MOST_ID:
        raise Malformed
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed
    return value


def _text(value: object) -> str:
    """A text that can be encoded: halves of surrogate pairs, which JSON can hold, become U+FFFD."""
    return _string(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _asked(parsed: Update, username: str) -> Asked | None:
    user = parsed.effective_user
    if user is None or user.is_bot or user.id == SERVICE:
        return None
    if parsed.callback_query is not None:
        return _press(parsed.callback_query)
    message = parsed.message or parsed.edited_message
    if message is None or message.sender_chat is not None:  # a channel, or a group in the name of its admins
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
    if command is not None and (message.forward_origin or message.via_bot):
        return Asked("secondhand", user.id, user.language_code)
    if command is not None:
        return Asked("command", user.id, user.language_code, command=command, words=words)
    if message.text is not None:
        return Asked("words", user.id, user.language_code, words=words, typed_id=message.message_id)
    if message.photo and (message.photo[-1].file_size or 0) <= LARGEST_PHOTO:
        photo = message.photo[-1].file_id
        return Asked("words", user.id, user.language_code, words=words, photo=photo, typed_id=message.message_id)
    return Asked("other", user.id, user.language_code)


def _press(query: CallbackQuery) -> Asked | None:
    message, user = query.message, query.from_user
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return None  # a message of the bot's in a group has no buttons
    shown_at = None
    if message is not None:
        # Of a message that Telegram does not show the bot any more the date is 0 (Bot API, InaccessibleMessage).
        shown_at = (isinstance(message, Message) and message.edit_date) or message.date
    return Asked(
        "press",
        user.id,
        user.language_code,
        press=query.data or "",
        message_id=message.message_id if message else None,
        callback_id=query.id,
        shown_at=shown_at,
    )


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
