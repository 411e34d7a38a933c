"""One thing that somebody asked, and the expected no.

A handler turns a `Request` into a `Screen`. It has the transaction, the time and the texts, and needs no Telegram.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from bot.conversation.process_memory import ProcessMemory
from bot.conversation.screen import Button, ButtonAction, Screen
from bot.language.texts import Html, Texts
from storage.engine.transaction import Transaction
from storage.records.drafts import Draft
from storage.records.people.members import Member

P = TypeVar("P", bound=ButtonAction)
IncomingKind = Literal["command", "words", "press", "other", "edited", "group", "secondhand"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an update asks, before anything is looked up. All of it is the person's own and never shown in a `repr`."""

    kind: IncomingKind
    telegram_id: int = field(repr=False)
    language_code: str | None = field(default=None, repr=False)
    command: str = field(default="", repr=False)
    text: str = field(default="", repr=False)  # after the command, or all that was typed, or a caption
    photo: str | None = field(default=None, repr=False)  # Telegram's file id
    callback_data: str = field(default="", repr=False)  # callback data
    message_id: int | None = field(default=None, repr=False)  # of the message that was pressed
    callback_id: str | None = field(default=None, repr=False)
    # When the message that was pressed was written or last changed.
    shown_at: datetime | None = field(default=None, repr=False)
    typed_id: int | None = field(default=None, repr=False)  # of the message in which the words stand


class Catalog(Protocol):
    """What all features together offer, for the screens that list or name it. `bot.conversation.feature` has it."""

    @property
    def home(self) -> tuple[str, ...]:
        """Commands with a button on the home screen, in the order in which they stand there."""

    def commands(self, member: Member | None) -> tuple[str, ...]:
        """What somebody may use, in the order of the menu."""

    def settings(self, request: "Request") -> list[Button]:
        """Buttons that features add to a member's settings."""

    async def about_person(self, request: "Request", person: Member) -> "AboutPerson":
        """What features say of a person to a coordinator who has opened their entry, and where they lead."""

    async def export(self, request: "Request") -> list[list[str]]:
        """All that is held about the person who asks: sections of lines, the first line a heading. Plain text."""

    def action(self, texts: Texts, action: str) -> str:
        """An action of the audit in words. Plain text."""

    def is_about_person(self, action: str) -> bool:
        """Whether the subject of such an entry of the audit is a person."""

    def delivery(self, texts: Texts, kind: str) -> str:
        """A kind of delivery in words. Plain text."""

    def changes_message(self, kind: str) -> bool:
        """Whether such a delivery only changes or removes a message that is there already."""


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """What is added to the entry of a person."""

    text: Html = field(default=Html(), repr=False)
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkContext:
    """What a handler may know of the network and the program, beyond the store."""

    name: str
    bot_username: str
    languages: tuple[str, ...]
    screens_close_after_minutes: int
    catalog: Catalog = field(compare=False, repr=False)
    lockable: bool = False  # whether the program can go on without its key until the operator unlocks it
    memory: ProcessMemory = field(default_factory=ProcessMemory, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    tx: Transaction = field(repr=False)
    now: datetime
    texts: Texts
    network: NetworkContext
    telegram_id: int = field(repr=False)
    member: Member | None = None  # None: nothing is held about this person
    draft: Draft | None = None
    text: str = field(default="", repr=False)
    photo: str | None = field(default=None, repr=False)
    action: ButtonAction | None = None
    message_id: int | None = field(default=None, repr=False)
    typed_id: int | None = field(default=None, repr=False)  # of the message in which the words stand
    page: int = 0  # of a list that fills several
    about: bytes | None = None  # for what is delivered: the row that it speaks of

    @property
    def commands(self) -> tuple[str, ...]:
        """What this person may use as they are now, in the order of the menu."""
        return self.network.catalog.commands(self.member)

    @property
    def me(self) -> Member:
        """The person who asks, where the route promises that there is a row."""
        assert self.member is not None
        return self.member

    def button(self, kind: type[P]) -> P:
        """The press, where the route promises its type."""
        assert isinstance(self.action, kind)
        return self.action

    def replace(self, **changes: Any) -> "Request":
        return replace(self, **changes)


class UnreadableMember(Exception):
    """What is held about the person does not open (the cause); they are told so in the language of their row."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language


class Refusal(Exception):
    """An expected no: everything is rolled back and the person sees this screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen
