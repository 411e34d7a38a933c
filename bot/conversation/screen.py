"""Screens: the text and the buttons that a person sees. A button's action is packed into Telegram's 64 bytes.

An action is a frozen dataclass with a short `code`: `Mute(topic=id)` is sent as `mute:<id>` and unpacked to an equal
object. Callback data that cannot be unpacked is answered like that of an expired button.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, Self, get_type_hints

from bot.language.texts import Html, Texts

LARGEST = 2**53  # of a number in an action; a larger one fits into no column
A_DAY = timedelta(days=1)
MOST_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data


class UnknownAction(Exception):
    """Callback data that is none of our actions."""


@dataclass(frozen=True, slots=True)
class ButtonAction:
    """What a button does. Fields are bytes, str, int or a StrEnum; strings hold no colon."""

    code: ClassVar[str]
    valid_for: ClassVar[timedelta | None] = None  # how long the button works; None: as long as what it names exists

    def pack(self) -> str:
        """The callback data; raises ValueError where it would not fit."""
        packed = ":".join([self.code, *(_pack(getattr(self, name)) for name in self.names())])
        if len(packed.encode()) > MOST_BYTES:
            raise ValueError(f"the action {self.code} does not fit into {MOST_BYTES} bytes")
        return packed

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of its fields."""
        return cls.__match_args__

    @classmethod
    def unpack(cls, parts: list[str]) -> Self:
        """The inverse of `pack`, without the code. Raises `UnknownAction`."""
        hints = get_type_hints(cls)
        names = cls.names()
        if len(parts) != len(names):
            raise UnknownAction
        try:
            return cls(*(_unpack(hints[name], part) for name, part in zip(names, parts, strict=True)))
        except (ValueError, binascii.Error):
            raise UnknownAction from None


def _pack(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.urlsafe_b64encode(value).decode().rstrip("=")
    return str(value)


def _unpack(kind: type[Any], part: str) -> Any:
    if kind is bytes:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    value = kind(part)
    if kind is int and abs(value) > LARGEST:
        raise ValueError
    return value


@dataclass(frozen=True, slots=True)
class RunCommand(ButtonAction):
    """The same as typing a command; `page` counts from 0, for a list of several pages."""

    code: ClassVar[str] = "run"
    command: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    label: str = field(repr=False)
    action: ButtonAction


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Expiry:
    """What becomes of a screen that is not simply removed: after this time a delivery of `kind` changes the message."""

    kind: str
    about: bytes | None
    after: timedelta


class Menu(StrEnum):
    """The command menu that Telegram shows in this chat from now on."""

    OWN = "own"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. In answer to a button it replaces the message of that button, unless `fresh`.

    It leaves the chat again after the network's time for closing, unless it says otherwise: `stays`, `expiry` or
    `open_for`.
    """

    text: Html = field(repr=False)
    rows: tuple[tuple[Button, ...], ...] = ()
    # The text without what tells only when it was made: a message is not changed for the sake of that alone.
    substance: Html | None = field(default=None, repr=False)
    photo: bytes | str | None = field(default=None, repr=False)  # a picture, or Telegram's file id of one
    document: Document | None = None
    toast: str = field(default="", repr=False)  # shown over the chat for a moment, in answer to a button
    fresh: bool = False
    protect: bool = True  # from forwarding and saving; False where it is made to be passed on or saved
    expiry: Expiry | None = None
    stays: bool = False  # names no person, host, topic or network, and holds nobody's words: it is not removed
    open_for: timedelta | None = None  # how long it stays, in place of the network's time for closing
    topic: bytes | None = None  # whose posts it shows: it is removed when one of them is hidden
    forget_typed: bool = False  # the message that it answers is removed at once: a secret, or of no use any more
    menu: Menu | None = None
    delete_messages: tuple[int, ...] = field(default=(), repr=False)  # ids of other messages of the chat to be deleted
    removes: bool = False  # shows nothing: the message is deleted
    locks: bool = False  # after it is shown, the program forgets its keys


def column(*buttons: Button | None) -> tuple[tuple[Button, ...], ...]:
    """One button per row; None is left out."""
    return tuple((button,) for button in buttons if button)


def grid(texts: Texts, buttons: Iterable[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Rows of several buttons; of one in a right-to-left language, since clients order such rows differently."""
    buttons = list(buttons)
    if texts.right_to_left:
        width = 1
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
