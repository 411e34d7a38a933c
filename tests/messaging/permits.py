"""Calls that wait for permits of a rate limiter, on a clock that skips the waiting."""

import asyncio
from collections.abc import Sequence

from bot.conversation.delivery import Priority
from bot.messaging.rate_limiter import RateLimiter


async def one(
    limiter: RateLimiter,
    sent: list[tuple[float, int]],
    chat: int,
    *,
    priority: Priority = Priority.ANSWERS,
    wait: float = 0.0,
    there: float = 0.0,
    back: float = 0.0,
    change: bool = False,
) -> None:
    """One call: `sent` gets when Telegram counts it, and the chat."""
    await asyncio.sleep(wait)
    async with limiter.permit(chat, priority, change=change) as permit:
        await asyncio.sleep(there)
        sent.append((asyncio.get_running_loop().time(), chat))
        await asyncio.sleep(back)
        permit.answered()


async def speak(
    limiter: RateLimiter, chats: Sequence[int], *, priority: Priority = Priority.ANSWERS
) -> list[tuple[float, int]]:
    """When each message is counted, after the first moment: (seconds, chat). All ask at once."""
    begun, sent = asyncio.get_running_loop().time(), list[tuple[float, int]]()
    await asyncio.gather(*(one(limiter, sent, chat, priority=priority) for chat in chats))
    return [(when - begun, chat) for when, chat in sent]
