"""One thing that somebody asked, and the expected no.

A handler turns a `Request` into a `Screen`. It has the transaction, the time and the texts, and needs no Telegram.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeVar

from bot.conversation.screen import Press, Screen
from bot.features.digests.digest_cache import Composed
from bot.features.onboarding.invite_throttle import Guesses
from bot.language.texts import Texts
from storage.engine.transaction import Transaction
from storage.records.drafts import Draft
from storage.records.people.members import Member

P = TypeVar("P", bound=Press)
Kind = Literal["command", "words", "press", "other", "edited", "group", "secondhand"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an update asks, before anything is looked up. All of it is the person's own and never shown in a `repr`."""

    kind: Kind
    telegram_id: int = field(repr=False)
    language_code: str | None = field(default=None, repr=False)
    command: str = field(default="", repr=False)
    words: str = field(default="", repr=False)  # after the command, or all that was typed, or a caption
    photo: str | None = field(default=None, repr=False)  # Telegram's file id
    press: str = field(default="", repr=False)  # callback data
    message_id: int | None = field(default=None, repr=False)  # of the message that was pressed
    callback_id: str | None = field(default=None, repr=False)
    # When the message that was pressed was written or last changed.
    shown_at: datetime | None = field(default=None, repr=False)
    typed_id: int | None = field(default=None, repr=False)  # of the message in which the words stand


@dataclass(frozen=True, slots=True)
class About:
    """What a handler may know of the network and the program, beyond the store."""

    name: str
    bot_username: str
    languages: tuple[str, ...]
    digest_closes_minutes: int
    lockable: bool = False  # whether the program can go on without its key until the operator unlocks it
    guesses: Guesses = field(default_factory=Guesses, compare=False, repr=False)  # at codes of invitations
    # Digests, for all who read the same.
    composed: Composed = field(default_factory=Composed, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    tx: Transaction = field(repr=False)
    now: datetime
    texts: Texts
    network: About
    telegram_id: int = field(repr=False)
    member: Member | None = None  # None: nothing is held about this person
    draft: Draft | None = None
    words: str = field(default="", repr=False)
    photo: str | None = field(default=None, repr=False)
    press: Press | None = None
    message_id: int | None = field(default=None, repr=False)
    typed_id: int | None = field(default=None, repr=False)  # of the message in which the words stand
    page: int = 0  # of a list that fills several
    about: bytes | None = None  # for what is delivered: the row that it speaks of
    commands_for: Callable[[Member | None], tuple[str, ...]] = field(default=lambda _: (), repr=False)

    @property
    def commands(self) -> tuple[str, ...]:
        """What this person may use as they are now, in the order of the menu."""
        return self.commands_for(self.member)

    @property
    def me(self) -> Member:
        """The person who asks, where the route promises that there is a row."""
        assert self.member is not None
        return self.member

    def pressed(self, kind: type[P]) -> P:
        """The press, where the route promises its type."""
        assert isinstance(self.press, kind)
        return self.press

    def but(self, **changes: Any) -> "Request":
        return replace(self, **changes)


class Damaged(Exception):
    """What is held about the person does not open (the cause); they are told so in the language of their row."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language


class Refusal(Exception):
    """An expected no: everything is rolled back and the person sees this screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen
