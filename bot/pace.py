"""How fast Telegram lets us speak: so many messages in any second, and one a second to the same chat.

Both limits are from the Bot FAQ of Telegram ("My bot is hitting limits"). After a refusal with `retry_after` everything
waits exactly that long.
"""

import asyncio
from collections import deque


class Pace:
    """Times are of the event loop's monotonic clock, in seconds."""

    def __init__(self, per_second: int, per_chat_seconds: float) -> None:
        self._per_second = per_second
        self._per_chat = per_chat_seconds
        self._sent: deque[float] = deque()
        self._next: dict[int, float] = {}  # chat -> when the next message to it is allowed
        self._held: dict[int, float] = {}  # chat -> until when Telegram wants it left alone
        self._all_held = 0.0

    async def turn(self, chat: int | None = None) -> None:
        """Returns when one more call is allowed, and counts it. `chat` is for a new message, None for a change."""
        clock = asyncio.get_running_loop().time
        while (wait := self._wait(chat, clock())) > 0:  # noqa: ASYNC110  what is awaited is time itself
            await asyncio.sleep(wait)
        now = clock()
        self._sent.append(now)
        if chat is not None:
            self._next[chat] = now + self._per_chat

    def hold(self, chat: int, seconds: float) -> None:
        """Leaves a chat alone for so long; where another is held at the same time, everybody."""
        now = asyncio.get_running_loop().time()
        self._held = {held: until for held, until in self._held.items() if until > now}
        if any(held != chat for held in self._held):
            self._all_held = max(self._all_held, now + seconds)
        self._held[chat] = now + seconds

    def _wait(self, chat: int | None, now: float) -> float:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if len(self._next) > 10 * self._per_second:
            self._next = {chat: moment for chat, moment in self._next.items() if moment > now}
        full = self._sent[0] + 1 - now if len(self._sent) >= self._per_second else 0.0
        own = 0.0 if chat is None else max(self._next.get(chat, now), self._held.get(chat, now)) - now
        return max(full, own, self._all_held - now)
