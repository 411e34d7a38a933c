"""Kinds of delivery: how a message of the outbox is rendered, and when it may be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.conversation.request import Request
from bot.conversation.screen import Screen
from storage.engine.transaction import Transaction

LOOKED_AT_LATELY = 1.0  # seconds for which what was made is sent without another look whether its reader was frozen
UNREACHABLE = timedelta(days=30)  # nothing is sent to a member who blocked the bot; then coordinators are asked


class Priority(IntEnum):
    """The order of sending where more is due than Telegram accepts at once; the lowest goes first."""

    ANSWERS = 0  # a person waits for it
    ANNOUNCEMENTS = 1
    NOTICES = 2  # digests, knocks, and screens that expire
    STRANGERS = 3  # answers to people without a row and without an invitation


@dataclass(frozen=True, slots=True)
class DeliveryKind:
    """A kind of delivery. `render` returns None where the message is no longer wanted."""

    render: Callable[[Request], Awaitable[Screen | None]]
    knock: bool = True  # is sent again where it is uncertain whether it arrived
    quiet: bool = True  # waits for the end of the reader's quiet hours
    pauses: bool = True  # waits for the end of the reader's pause
    frozen: bool = False  # also reaches a frozen account: it tells nothing, and an ordinary bot would send it
    changes: bool = False  # changes or removes a message that was sent before, and tells the reader nothing new
    # Called in the reader's quiet hours: whether it is sent all the same.
    breaks_quiet: Callable[[Request], Awaitable[bool]] | None = None
    priority: Priority = Priority.NOTICES  # order among the messages that are due
    # Called with the row's subject just before it is sent, which may be long after it was rendered: is it still wanted?
    precondition: Callable[[Transaction, bytes | None], Awaitable[bool]] | None = None
