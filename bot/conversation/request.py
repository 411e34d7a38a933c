"""A request of a person, and the refusal of one.

A handler turns a `Request` into a `Screen`. It has the transaction, the time and the texts, and knows no Telegram.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeVar

from bot.conversation.process_memory import ProcessMemory
from bot.conversation.screen import Button, ButtonAction, Screen
from bot.language.texts import Html, Texts
from storage.engine.transaction import Transaction
from storage.records.drafts import Draft
from storage.records.people.member import Member, MemberState

P = TypeVar("P", bound=ButtonAction)
IncomingKind = Literal["command", "words", "press", "other", "edited", "group", "secondhand"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it was parsed, before anything is looked up. What it holds of the person is in no `repr`."""

    kind: IncomingKind
    telegram_id: int = field(repr=False)
    language_code: str | None = field(default=None, repr=False)
    command: str = field(default="", repr=False)
    text: str = field(default="", repr=False)  # behind the command, or the whole text, or a caption
    photo: str | None = field(default=None, repr=False)  # Telegram's file id
    callback_data: str = field(default="", repr=False)  # callback data
    message_id: int | None = field(default=None, repr=False)  # of the message whose button was pressed
    callback_id: str | None = field(default=None, repr=False)
    # When the message whose button was pressed was sent or last changed.
    shown_at: datetime | None = field(default=None, repr=False)
    typed_id: int | None = field(default=None, repr=False)  # of the message that the person sent in private
    # When Telegram took the message that was sent, or whose button was pressed.
    sent_at: datetime | None = field(default=None, repr=False)


class Catalog(Protocol):
    """What all features together offer, for screens that list or name it. Implemented by `bot.conversation.feature`."""

    @property
    def home(self) -> tuple[str, ...]:
        """Commands with a button on the home screen, in their order there."""

    def commands(self, member: Member | None) -> tuple[str, ...]:
        """The commands that a person may use, in the order of the menu."""

    def settings(self, request: "Request") -> list[Button]:
        """Buttons that features add to a member's settings."""

    async def about_person(self, request: "Request", person: Member) -> "AboutPerson":
        """What features add to the entry of a person that a coordinator opened: text and buttons."""

    async def export(self, request: "Request") -> list[list[str]]:
        """All that is stored about the person who asks: sections of lines, the first one a heading. Plain text."""

    def action(self, texts: Texts, action: str) -> str:
        """The name of an action of the audit, as plain text."""

    def is_about_person(self, action: str) -> bool:
        """Whether entries of the audit with this action have a person as their subject."""

    def delivery(self, texts: Texts, kind: str) -> str:
        """The name of a kind of delivery, as plain text."""

    def changes_message(self, kind: str) -> bool:
        """Whether a delivery of this kind only changes or removes a message that was sent before."""


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """What a feature adds to the entry of a person."""

    text: Html = field(default=Html(), repr=False)
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkContext:
    """What a handler may know of the network and the program, besides the database."""

    name: str
    deep_link: Callable[[str], str] = field(compare=False, repr=False)  # opens the chat and sends /start with a code
    languages: tuple[str, ...]
    closes_after: timedelta  # how long a screen stays in the chat, and what somebody typed
    catalog: Catalog = field(compare=False, repr=False)
    lockable: bool = False  # whether the program can run without its keys until the operator unlocks it
    # How long after an erasure the rows are gone from the backups too; None: the network makes none by itself.
    backups_cleaned_within: timedelta | None = None
    controller: str = ""  # who is responsible for the data (GDPR, article 13); empty: not said in the settings
    contact: str = ""  # how they can be reached
    memory: ProcessMemory = field(default_factory=ProcessMemory, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    tx: Transaction = field(repr=False)
    now: datetime
    texts: Texts
    network: NetworkContext
    telegram_id: int = field(repr=False)
    member: Member | None = None  # None: nothing is stored about this person
    draft: Draft | None = None
    text: str = field(default="", repr=False)
    photo: str | None = field(default=None, repr=False)
    action: ButtonAction | None = None
    message_id: int | None = field(default=None, repr=False)
    page: int = 0  # of a list of several pages, from 0
    about: bytes | None = None  # in a delivery: the id of the row that it is about

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that this person may use now, in the order of the menu."""
        return self.network.catalog.commands(self.member)

    @property
    def me(self) -> Member:
        """The person who asks, where the route requires that they have a row."""
        assert self.member is not None
        return self.member

    @property
    def is_suspended(self) -> bool:
        return self.member is not None and self.member.state is MemberState.SUSPENDED

    def button(self, kind: type[P]) -> P:
        """The action of the pressed button, whose type is that of the route."""
        assert isinstance(self.action, kind)
        return self.action

    def replace(self, **changes: Any) -> "Request":
        return replace(self, **changes)


class UnreadableMember(Exception):
    """The row of the person cannot be decrypted (the cause); they are told so in the language of their row."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language


class Refusal(Exception):
    """An expected no: the transaction is rolled back, and the person sees this screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen
