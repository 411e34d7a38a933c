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
        self._chats: dict[int, float] = {}
        self._held_until = 0.0

    async def turn(self, chat: int) -> None:
        """Returns when one more message to this chat is allowed, and counts it."""
        clock = asyncio.get_running_loop().time
        while (wait := self._wait(chat, clock())) > 0:  # noqa: ASYNC110  what is awaited is time itself
            await asyncio.sleep(wait)
        now = clock()
        self._sent.append(now)
        self._chats[chat] = now

    def hold(self, seconds: float) -> None:
        """Lets nothing out for so long."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)

    def _wait(self, chat: int, now: float) -> float:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if len(self._chats) > 10 * self._per_second:
            self._chats = {chat: last for chat, last in self._chats.items() if last > now - self._per_chat}
        full = self._sent[0] + 1 - now if len(self._sent) >= self._per_second else 0.0
        recent = self._chats.get(chat, now - self._per_chat) + self._per_chat - now
        return max(full, recent, self._held_until - now)
