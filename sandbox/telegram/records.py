"""What the sandbox keeps: people, their chats with the bot, messages, files. All of it in memory only."""

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
    started: bool = False  # wrote to the bot at least once; before that the bot may not write
    blocked: bool = False  # has blocked the bot


@dataclass(frozen=True)
class StoredFile:
    """A file somebody uploaded; `kind` is photo, document, voice, video or sticker."""

    file_id: str
    unique_id: str
    kind: str
    path: str  # as getFile tells it
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
    extra: Json = field(default_factory=dict)  # the object of that kind, as the Bot API has it
    keyboard: list[list[Json]] = field(default_factory=list)  # inline buttons, as the Bot API has them
    protected: bool = False
    silent: bool = False
    preview_options: Json | None = None
    reply_to: int | None = None
    edit_date: datetime | None = None
    edited: bool = False  # words changed; Telegram shows no mark where only buttons did
    unread: bool = False
    cleared: bool = False  # gone on the person's side, still there for the bot
    revision: int = 0

    @property
    def has_media(self) -> bool:
        """Whether the words are a caption."""
        return self.photo is not None or self.document is not None or self.kind is not None

    @property
    def previews(self) -> bool:
        """Whether the person's client may fetch a link's preview."""
        return not (self.preview_options or {}).get("is_disabled", False)


@dataclass(frozen=True)
class Toast:
    """What an answered callback shows: a short notice, or an alert to be closed."""

    id: int
    text: str
    alert: bool
    revision: int


@dataclass
class Press:
    """A pressed button whose answer is awaited."""

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
    messages: dict[int, Message] = field(default_factory=dict)  # in order
    toasts: list[Toast] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def live(self) -> Iterator[Message]:
        """What the person sees, oldest first."""
        return (message for message in self.messages.values() if not message.cleared)
