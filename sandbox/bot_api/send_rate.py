"""Telegram's limits on sending, over a sliding window of one second of real time."""

import math
import time
from collections import deque
from dataclasses import dataclass

from sandbox.telegram.api_errors import too_many_requests

WINDOW = 1.0  # seconds


@dataclass
class Limits:
    """Messages sent (not edited) per second, in total and to one chat; 0 disables a limit."""

    per_second: int = 30
    per_chat_per_second: int = 1


class SendRate:
    """Counts the messages of the last second and refuses those above the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._all: deque[float] = deque()
        self._by_chat: dict[int, deque[float]] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message; raises ApiError 429 and counts nothing where it would exceed a limit."""
        now = time.monotonic()
        chat = self._by_chat.setdefault(chat_id, deque())
        wait = max(
            _seconds_until_room(self._all, self.limits.per_second, now),
            _seconds_until_room(chat, self.limits.per_chat_per_second, now),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._all.append(now)
        chat.append(now)


def _seconds_until_room(sent: deque[float], limit: int, now: float) -> float:
    while sent and now - sent[0] >= WINDOW:
        sent.popleft()
    if limit <= 0 or len(sent) < limit:
        return 0.0
    return sent[-limit] + WINDOW - now
