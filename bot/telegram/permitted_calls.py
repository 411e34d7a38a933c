"""A call of the Bot API with a permit of the rate limiter, and the meaning of its errors.

Every call that shows something, changes or removes it waits for a permit (`bot/messaging/rate_limiter.py`), and reports
how it ended.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.delivery import Priority
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.send_result import SendResult, Uncertain, Unreachable, Wait
from bot.telegram.transport_errors import NotSent, wait_seconds

T = TypeVar("T")
Precondition = Callable[[], Awaitable[bool]]
AFTER_NO_CONNECTION = 2.0  # seconds
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message to delete not found")


class NotWanted(Exception):
    """The precondition failed when the permit was granted."""


async def call_permitted(
    rate_limiter: RateLimiter,
    chat: int,
    priority: Priority,
    call: Callable[[], Awaitable[T]],
    *,
    change: bool = False,
    precondition: Precondition | None = None,
) -> T:
    """The result of the call. Raises its error, and `NotWanted`."""
    async with rate_limiter.permit(chat, priority, change=change) as permit:
        if precondition is not None and not await precondition():
            permit.unsent()
            raise NotWanted
        try:
            result = await call()
        except RetryAfter as error:
            permit.refused(wait_seconds(error))
            raise
        except NotSent:
            permit.unsent()
            raise
        except (BadRequest, Forbidden, ChatMigrated):
            permit.answered()
            raise
        permit.answered()
        return result


def result_of(error: TelegramError) -> SendResult:
    """The result that an error means, where it is not about the message itself; raises any other."""
    match error:
        case Forbidden():
            return Unreachable()
        case RetryAfter():
            return Wait(wait_seconds(error))
        case NotSent():
            return Wait(AFTER_NO_CONNECTION)
        case NetworkError():
            return Uncertain()
        case _:
            raise error
