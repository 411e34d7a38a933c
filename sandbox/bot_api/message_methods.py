"""The Bot API's methods about messages: sending, editing, deleting, and answering callback queries."""

from datetime import timedelta
from typing import Any

from sandbox.bot_api import content
from sandbox.bot_api.parameters import Call
from sandbox.bot_api.send_rate import SendRate
from sandbox.telegram import api_objects
from sandbox.telegram.api_errors import bad_request, forbidden
from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Chat, Json, Message, StoredFile

DELETABLE_FOR = timedelta(hours=48)  # Bot API, deleteMessage
MOST_DELETED = 100  # Bot API, deleteMessages
LONGEST_TOAST = 200  # characters (Bot API, answerCallbackQuery)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


class MessageMethods:
    """What a bot does in a chat; the methods of the Bot API by their names in snake case."""

    def __init__(self, telegram: Telegram, rate: SendRate) -> None:
        self.telegram = telegram
        self.rate = rate

    async def send_message(self, call: Call) -> Json:
        """sendMessage."""
        words, entities = content.text(call)
        return self._send(call, words, entities, preview_options=content.preview_options(call))

    async def send_photo(self, call: Call) -> Json:
        """sendPhoto: an upload, or the file id of a photo."""
        words, entities = content.caption(call)
        return self._send(call, words, entities, file=("photo", "Photo"))

    async def send_document(self, call: Call) -> Json:
        """sendDocument: an upload, or the file id of a document."""
        words, entities = content.caption(call)
        return self._send(call, words, entities, file=("document", "Document"))

    async def send_chat_action(self, call: Call) -> bool:
        """sendChatAction; it has no visible effect."""
        self.reachable(call)
        if call.text("action") not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    async def edit_message_text(self, call: Call) -> Json:
        """editMessageText; without a keyboard the present one is removed."""
        message = self._own(call)
        words, entities = content.text(call)
        if message.has_media:
            raise bad_request("there is no text in the message to edit")
        options = content.preview_options(call)
        return self._change(
            message,
            text=words,
            entities=entities,
            keyboard=content.keyboard(call),
            preview_options=options if options is not None else message.preview_options,
        )

    async def edit_message_caption(self, call: Call) -> Json:
        """editMessageCaption; without a keyboard the present one is removed."""
        message = self._own(call)
        words, entities = content.caption(call)
        if not message.has_media:
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, text=words, entities=entities, keyboard=content.keyboard(call))

    async def edit_message_media(self, call: Call) -> Json:
        """editMessageMedia: an uploaded picture or file in place of the present one, with its caption as plain text."""
        message = self._own(call)
        media = call.structure("media", "can't parse InputMedia: can't parse JSON object")
        if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
            raise bad_request("can't parse InputMedia: type must be one of photo and document")
        upload = call.file(str(media.get("media", "")).removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        file = self.telegram.files.add(media["type"], upload)
        fields = {"photo": None, "document": None, media["type"]: file}
        return self._change(
            message, text=str(media.get("caption", "")), entities=[], keyboard=content.keyboard(call), **fields
        )

    async def edit_message_reply_markup(self, call: Call) -> Json:
        """editMessageReplyMarkup; without a keyboard the present one is removed."""
        return self._change(self._own(call), keyboard=content.keyboard(call))

    async def delete_message(self, call: Call) -> bool:
        """deleteMessage: of either side, up to 48 hours of the sandbox's time after sending."""
        chat = self.known(call)
        message = chat.messages.get(call.number("message_id", 0))
        if message is None:
            raise bad_request("message to delete not found")
        self._delete(chat, [message])
        return True

    async def delete_messages(self, call: Call) -> bool:
        """deleteMessages: all of them or none; messages that do not exist are skipped."""
        chat = self.known(call)
        ids = call.structure("message_ids", "can't parse message identifiers JSON object")
        if not isinstance(ids, list) or not ids:
            raise bad_request("message identifiers are not specified")
        if len(ids) > MOST_DELETED:
            raise bad_request("too many message identifiers specified")
        if not all(isinstance(one, int) and one > 0 for one in ids):
            raise bad_request("invalid message identifier specified")
        self._delete(chat, [chat.messages[one] for one in dict.fromkeys(ids) if one in chat.messages])
        return True

    async def answer_callback_query(self, call: Call) -> bool:
        """answerCallbackQuery: once, and within `Telegram.callback_lifetime`."""
        now = self.telegram.clock.now()
        query = self.telegram.callback_queries.get(call.text("callback_query_id"))
        if query is None or query.answered or now - query.at > self.telegram.callback_lifetime:
            raise bad_request(TOO_OLD)
        words = call.text("text")
        if len(words) > LONGEST_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answered = True
        self.telegram.toast(query, words, call.flag("show_alert"))
        return True

    def known(self, call: Call) -> Chat:
        """The chat with id `chat_id`; raises ApiError where there is none."""
        raw = call.text("chat_id").strip()
        if not raw:
            raise bad_request("chat_id is empty")
        digits = raw.removeprefix("-")
        chat = self.telegram.chats.get(int(raw)) if digits.isascii() and digits.isdecimal() else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def reachable(self, call: Call) -> Chat:
        """The same; raises ApiError 403 where the bot may not write to that chat."""
        chat = self.known(call)
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def _send(self, call: Call, words: str, entities: list[Json], **more: Any) -> Json:
        chat = self.reachable(call)
        keyboard = content.keyboard(call)
        reply_to = self._reply_to(call, chat)
        if file := more.pop("file", None):
            more[file[0]] = self._file(call, *file)
        self.rate.spend(chat.person.id)
        message = self.telegram.append(
            chat,
            words,
            entities,
            by_bot=True,
            keyboard=keyboard,
            protected=call.flag("protect_content"),
            silent=call.flag("disable_notification"),
            reply_to=reply_to,
            **more,
        )
        return api_objects.message(message, chat, self.telegram.bot_user())

    def _file(self, call: Call, kind: str, telegram_kind: str) -> StoredFile:
        upload = call.upload(kind)
        if upload is not None:
            return self.telegram.files.add(kind, upload)
        given = call.text(kind)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        if given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        file = self.telegram.files.get(given)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.capitalize()} as {telegram_kind}")
        return file

    def _reply_to(self, call: Call, chat: Chat) -> int | None:
        parameters = call.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
        if not isinstance(parameters, dict):
            raise bad_request("object expected as reply parameters")
        wanted = parameters.get("message_id") or call.number("reply_to_message_id", 0)
        if not wanted:
            return None
        if wanted in chat.messages:
            return int(wanted)
        if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _own(self, call: Call) -> Message:
        chat = self.reachable(call)
        if not call.has("message_id"):
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(call.number("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.by_bot:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Message, **fields: Any) -> Json:
        if all(getattr(message, name) == value for name, value in fields.items()):
            raise bad_request(NOT_MODIFIED)
        for name, value in fields.items():
            setattr(message, name, value)
        chat = self.telegram.chats[message.chat_id]
        self.telegram.mark_edited(chat, message, text_changed="text" in fields)
        return api_objects.message(message, chat, self.telegram.bot_user())

    def _delete(self, chat: Chat, messages: list[Message]) -> None:
        now = self.telegram.clock.now()
        if any(now - message.date > DELETABLE_FOR for message in messages):
            raise bad_request("message can't be deleted for everyone")
        for message in messages:
            self.telegram.remove(chat, message)
