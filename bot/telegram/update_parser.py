"""Parses an update of Telegram into what a person asks of the bot. Names are those of the Bot API.

Few fields of an update are used, so they are read from its JSON, each with a check of its type; building the objects of
python-telegram-bot would take longer than everything else that is done for an update.
"""

from datetime import UTC, datetime
from typing import Any

from telegram import MessageEntity, Update
from telegram.constants import ChatID, ChatType, FileSizeLimit

from bot.conversation.request import Incoming, IncomingKind
from bot.messaging.update_validation import MOST_ID

LATEST = 2**37  # of a date, in seconds: in the year 6325
WITH_SENDER = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)  # kinds of update with a `from`
OTHER_BOT = "@"  # instead of the name of a command for another bot
Object = dict[str, Any]


class Malformed(Exception):
    """A field of an update has another type than the Bot API documents."""


def sender(update: Object) -> int | None:
    """The Telegram id of the person who caused a raw update; None where nobody did. Raises `Malformed`."""
    for kind in WITH_SENDER:
        if kind in update:
            user = update[kind].get("from") if isinstance(update[kind], dict) else None
            return _number(user.get("id")) if isinstance(user, dict) else None
    return None


def read(update: Object, username: str) -> Incoming | None:
    """What a raw update asks of the bot with this user name; None where it asks nothing. Raises `Malformed`."""
    query = _object(update, "callback_query")
    message = _object(query or update, "message")
    edited = None if query or message else _object(update, "edited_message")
    user = _object(query or message or edited or {}, "from")
    # The service chat is Telegram itself, which also sends the posts of a linked channel into a group.
    if user is None or user.get("is_bot") or user.get("id") == ChatID.SERVICE_CHAT:
        return None
    telegram_id, language = _number(user.get("id")), _optional(user, "language_code")
    if query is not None:
        return _button(query, message, telegram_id, language)
    typed = message or edited
    if typed is None or "sender_chat" in typed:  # sent by a channel, or by an admin of a group anonymously
        return None
    command, text = _command(typed, username)
    if command == OTHER_BOT:
        return None
    if not _is_private(typed):
        # The answer is sent to the person in private, and only to a command.
        return Incoming("group", telegram_id, language) if command and edited is None else None
    if edited is not None:
        # A live location edits itself every few seconds; only an edit of text is answered.
        return _sent(typed, "edited", telegram_id, language) if "text" in typed or "caption" in typed else None
    if command is not None and ("forward_origin" in typed or "via_bot" in typed):
        return _sent(typed, "secondhand", telegram_id, language)
    if command is not None:
        return _sent(typed, "command", telegram_id, language, command=command, text=text)
    photo = _photo(typed)
    if "text" in typed or photo is not None:
        return _sent(typed, "words", telegram_id, language, text=text, photo=photo)
    return _sent(typed, "other", telegram_id, language)


def _sent(message: Object, kind: IncomingKind, telegram_id: int, language: str | None, **fields: Any) -> Incoming:
    """A message in private, with its id and when it was sent."""
    typed_id, sent_at = _number(message.get("message_id")), _moment(message.get("date"))
    return Incoming(kind, telegram_id, language, typed_id=typed_id, sent_at=sent_at, **fields)


def _button(query: Object, message: Object | None, telegram_id: int, language: str | None) -> Incoming | None:
    if message is not None and not _is_private(message):
        return None  # the bot sends no buttons to a group
    return Incoming(
        "press",
        telegram_id,
        language,
        callback_data=_string(query.get("data", "")),
        message_id=None if message is None else _number(message.get("message_id")),
        callback_id=_text(query.get("id")),
        # The date of a message that is inaccessible to the bot is 0 (Bot API, InaccessibleMessage).
        shown_at=None if message is None else _moment(message.get("edit_date") or message.get("date")),
        sent_at=None if message is None else _moment(message.get("date")),
    )


def _command(message: Object, username: str) -> tuple[str | None, str]:
    """The command without its slash, and the text behind it; None and the text or caption where there is no command."""
    if "text" not in message:
        return None, _optional(message, "caption") or ""
    text, entities = _text(message["text"]), _objects(message, "entities")
    first = entities[0] if entities else {}
    if first.get("type") != MessageEntity.BOT_COMMAND or first.get("offset") != 0:
        return None, text
    length = _number(first.get("length"))  # in UTF-16 units, of which each character of a command has one
    command, _, addressed = text[1:length].partition("@")
    if addressed and addressed.casefold() != username.casefold():
        return OTHER_BOT, text
    return command.lower(), text[length:].strip()


def _photo(message: Object) -> str | None:
    """The file id of the largest size of the photo; None where there is none, or it is too large."""
    sizes = _objects(message, "photo")
    if not sizes or _size(sizes[-1].get("file_size", 0)) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        return None
    return _text(sizes[-1].get("file_id"))


def _is_private(message: Object) -> bool:
    return (_object(message, "chat") or {}).get("type") == ChatType.PRIVATE


def _object(parent: Object, name: str) -> Object | None:
    found = parent.get(name)
    if found is not None and not isinstance(found, dict):
        raise Malformed
    return found


def _objects(parent: Object, name: str) -> list[Object]:
    found = parent.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Malformed
    return found


def _number(value: object) -> int:
    """The id of a person or message, or a length; all are positive, since groups are not answered."""
    if type(value) is not int or not 0 < value <= MOST_ID:
        raise Malformed
    return value


def _size(value: object) -> int:
    if type(value) is not int:
        raise Malformed
    return value


def _moment(value: object) -> datetime:
    if type(value) is not int or not 0 <= value < LATEST:
        raise Malformed
    return datetime.fromtimestamp(value, UTC)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed
    return value


def _text(value: object) -> str:
    """A text that can be encoded: halves of surrogate pairs, which JSON can hold, become U+FFFD."""
    return _string(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _optional(parent: Object, name: str) -> str | None:
    found = parent.get(name)
    return None if found is None else _text(found)
