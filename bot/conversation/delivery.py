"""Kinds of delivery: how a row of the outbox becomes a screen, and when it may be sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.conversation.request import Request
from bot.conversation.screen import Screen
from storage.engine.transaction import Transaction

UNREACHABLE = timedelta(days=30)  # nothing is sent to whoever blocked the bot; then the coordinators are asked


class Priority(IntEnum):
    """Who goes first where more is to be sent than Telegram takes at once."""

    ANSWERS = 0  # somebody waits
    ANNOUNCEMENTS = 1
    NOTICES = 2  # digests, knocks, and screens that close by themselves


@dataclass(frozen=True, slots=True)
class DeliveryKind:
    """A kind of delivery; `render` answers None where it is no longer wanted."""

    render: Callable[[Request], Awaitable[Screen | None]]
    knock: bool = True  # may be sent again where it is uncertain whether it arrived
    quiet: bool = True  # waits for the end of the reader's quiet hours
    pauses: bool = True  # waits for the end of the reader's pause
    changes: bool = False  # changes or removes a message that is there already, and tells the reader nothing new
    # Asked in the reader's quiet hours: whether this one may come all the same.
    breaks_quiet: Callable[[Request], Awaitable[bool]] | None = None
    priority: Priority = Priority.NOTICES  # who goes first where many wait
    # Asked about the row's subject when its turn to leave has come, which may be long after it was rendered.
    precondition: Callable[[Transaction, bytes | None], Awaitable[bool]] | None = None
