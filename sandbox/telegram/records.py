"""The records of the model: people, their chats with the bot, messages, files. All of them are in memory only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.telegram.changes import Changes

Json = dict[str, Any]


@dataclass
class Person:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    about: str = ""
    started: bool = False  # wrote to the bot at least once; until then the bot may not write to them
    blocked: bool = False  # has blocked the bot


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file; `kind` is photo, document, voice, video or sticker."""

    file_id: str
    unique_id: str
    kind: str
    path: str  # `file_path` of getFile
    name: str
    mime_type: str
    data: bytes = field(repr=False)
    width: int = 0  # pixels, of a photo
    height: int = 0


@dataclass
class Message:
    """One message in a private chat. With a photo, a document or another kind, `text` is its caption."""

    id: int
    chat_id: int
    by_bot: bool
    date: datetime
    text: str
    entities: list[Json] = field(default_factory=list)
    photo: StoredFile | None = None
    document: StoredFile | None = None
    kind: str | None = None  # voice, location, contact, sticker, video
    extra: Json = field(default_factory=dict)  # the object of that kind, as in the Bot API
    keyboard: list[list[Json]] = field(default_factory=list)  # rows of InlineKeyboardButton, as in the Bot API
    protected: bool = False
    silent: bool = False
    preview_options: Json | None = None
    reply_to: int | None = None
    edit_date: datetime | None = None
    edited: bool = False  # shown as edited: its text changed; Telegram shows nothing where only buttons did
    unread: bool = False
    cleared: bool = False  # removed on the person's side, kept on the bot's
    revision: int = 0

    @property
    def has_media(self) -> bool:
        """Whether `text` is a caption."""
        return self.photo is not None or self.document is not None or self.kind is not None

    @property
    def previews(self) -> bool:
        """Whether the person's client may fetch previews of links."""
        return not (self.preview_options or {}).get("is_disabled", False)


@dataclass(frozen=True)
class Toast:
    """The text of an answered callback query: a short notice, or an alert that has to be closed."""

    id: int
    text: str
    alert: bool
    revision: int


@dataclass
class CallbackQuery:
    """A pressed button, which the bot has to answer."""

    id: str
    person_id: int
    message_id: int
    at: datetime
    answered: bool = False


@dataclass
class Chat:
    """One person's chat with the bot."""

    person: Person
    instance: str  # chat_instance of callback queries
    messages: dict[int, Message] = field(default_factory=dict)  # by id, in order
    toasts: list[Toast] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def live(self) -> Iterator[Message]:
        """The messages that the person sees, oldest first."""
        return (message for message in self.messages.values() if not message.cleared)
