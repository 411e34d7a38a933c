"""The rate limiter: permits for calls that show something in a chat, by priority and within Telegram's limits.

The limits are those of Telegram's Bot FAQ ("My bot is hitting limits"): thirty messages in any second
(`ack_window.py`), one a second to the same chat, twenty a minute to the same group; bursts are not used.

Answers go before announcements, those before digests and knocks, and answers to strangers come last. The lower
priorities keep an even gap between their calls, so that a permit is returned every few hundredths of a second, and
leave a sixth of the permits (five of thirty) unused while people are talking to the bot; otherwise they may use all.

However many answers are due, announcements and notices have a reserve of three and two calls a second of thirty, for
which answers leave permits. Strangers, of whom anybody can make thousands, share three calls a second.
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.conversation.delivery import Priority
from bot.messaging.ack_window import AckWindow

KEPT = 6  # one permit in so many is reserved for answers while people are talking
TALKING = 5.0  # seconds after the last answer in which people count as talking
EVENNESS = 0.9  # of the even gap between calls of the lower priorities
# One call in so many is reserved for a priority; at most one in so many is an answer to a stranger.
RESERVED = {Priority.ANNOUNCEMENTS: 10, Priority.NOTICES: 15}
STRANGERS = 10
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
REORDERED = 0.02  # seconds; of two calls sent closer together than this, the later may arrive first
ONE_CHAT_SECONDS, ROW = 60.0, 5  # seconds, refusals in a row; see `RateLimiter.hold`
REMEMBERED = 300  # chats; when there are more, those whose limit has passed are dropped


@dataclass(slots=True, eq=False)
class Permit:
    """Permission for one call. Its end is reported by one of the methods; without a report its answer was lost."""

    limiter: "RateLimiter" = field(repr=False)
    chat: int = field(repr=False)
    change: bool  # of a message that exists: not a new message in its chat
    sent: float = 0.0
    over: bool = False

    def answered(self) -> None:
        """Telegram answered, with success or with an error that is not about rate."""
        self.limiter.answered(self)

    def unsent(self) -> None:
        """Nothing was sent."""
        self.limiter.unsent(self)

    def refused(self, seconds: float) -> None:
        """Telegram refused the call for its rate, and accepts none for `seconds`."""
        self.limiter.refused(self, seconds)


class RateLimiter:
    """Times are those of the event loop's monotonic clock, in seconds."""

    def __init__(self, per_second: int, per_chat_seconds: float) -> None:
        self._window = AckWindow(per_second)
        self._kept = per_second // KEPT
        self._gap = EVENNESS / per_second
        self._per_chat = per_chat_seconds
        # Waiting permits, in each priority in the order of their requests.
        self._waiting: dict[Priority, dict[Permit, asyncio.Future[None]]] = {priority: {} for priority in Priority}
        self._timer: asyncio.TimerHandle | None = None
        self._chats: dict[int, float] = {}  # when the next message to a chat is allowed; infinity: one is being sent
        self._groups: dict[int, deque[float]] = {}  # when the last messages to a group were sent
        self._held: dict[int, float] = {}  # until when no call to a chat is allowed
        self._stopped = dict.fromkeys(Priority, 0.0)  # until when no call of a priority is allowed
        self._refused = (-math.inf, -math.inf)  # when the last refused call was sent, and until when it stops calls
        self._in_a_row = 0  # refusals since the last message that was accepted
        self._one_chat_until = -math.inf  # until when a refusal counts for its chat only
        self._last_answer = -math.inf  # when the last permit for an answer was requested
        self._next_spaced = 0.0  # when the next call of a lower priority is allowed
        self._stranger_gap, self._next_stranger = STRANGERS / per_second, 0.0
        self._reserved_gap = {each: share / per_second for each, share in RESERVED.items() if share <= per_second}
        self._reserved_at = dict.fromkeys(self._reserved_gap, -math.inf)  # when the next one is overdue

    @asynccontextmanager
    async def permit(
        self, chat: int, priority: Priority = Priority.ANSWERS, *, change: bool = False
    ) -> AsyncIterator[Permit]:
        """Waits until one more call is allowed. A `change` of a message does not count for its chat."""
        permit, granted = Permit(self, chat, change), asyncio.get_running_loop().create_future()
        self._waiting[priority][permit] = granted
        if priority is Priority.ANSWERS:
            self._last_answer = _now()
        self._grant()
        try:
            await granted
        except asyncio.CancelledError:
            if self._waiting[priority].pop(permit, None) is None:
                self.unsent(permit)
            raise
        try:
            yield permit
        finally:
            self._lost(permit)

    def chat_wait(self, chat: int, *, change: bool = False) -> float:
        """The seconds that a call must wait because of its chat alone; a call that is being sent adds nothing."""
        now = _now()
        ready = self._held.get(chat, now)
        if not change:
            soon = self._chats.get(chat, now)
            ready = max(ready, self._group_ready(chat, now), soon if soon < math.inf else now)
        return max(0.0, ready - now)

    def answered(self, permit: Permit) -> None:
        now = _now()
        if self._end(permit):
            self._window.answered(permit.sent, now)
            self._count_for_chat(permit, now - self._window.shortcut(now))
            if not permit.change:
                self._in_a_row = 0
                if self._refused[0] + REORDERED < permit.sent < self._refused[1]:
                    self._stopped = dict.fromkeys(Priority, 0.0)
                    self._one_chat_until = now + ONE_CHAT_SECONDS
            self._grant()

    def unsent(self, permit: Permit) -> None:
        if self._end(permit):
            self._window.unsent()
            if not permit.change:
                self._chats.pop(permit.chat, None)
            self._grant()

    def refused(self, permit: Permit, seconds: float) -> None:
        now = _now()
        if self._end(permit):
            self._window.refused(now)
            self._count_for_chat(permit, now)
            self.hold(permit.chat, seconds, permit.sent)

    def hold(self, chat: int, seconds: float, sent: float | None = None) -> None:
        """After a refusal, also of a call that shows nothing and had no permit. `sent`: when it was sent.

        Telegram does not say whether a refusal is about one chat or about all calls. So no call to the chat is allowed
        for `seconds`, and none of the lower priorities to any chat: those cause floods, and a call during a stop only
        prolongs it. Answers to other people continue, unless a second chat is refused at the same time.

        A message that was sent after the refused one and is accepted before the stop is over proves that only the chat
        was meant: that ends the stop of others, and for a minute only several refusals in a row stop them again.
        """
        now = _now()
        self._in_a_row += 1
        if now >= self._one_chat_until or self._in_a_row >= ROW:
            self._held = {held: until for held, until in self._held.items() if until > now}
            another = any(held != chat for held in self._held)
            for priority in Priority:
                if another or priority is not Priority.ANSWERS:
                    self._stopped[priority] = max(self._stopped[priority], now + seconds)
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        self._refused = max(self._refused, (now if sent is None else sent, now + seconds))
        self._grant()

    def _lost(self, permit: Permit) -> None:
        now = _now()
        if self._end(permit):
            self._window.lost(now)
            self._count_for_chat(permit, now)
            self._grant()

    def _end(self, permit: Permit) -> bool:
        """Whether this is the first report of its end."""
        first, permit.over = not permit.over, True
        return first

    def _count_for_chat(self, permit: Permit, counted: float) -> None:
        """Counts a message for its chat, from the latest time at which Telegram may count it."""
        if permit.change:
            return
        self._chats[permit.chat] = counted + self._per_chat
        if permit.chat < 0:
            self._groups.setdefault(permit.chat, deque(maxlen=GROUP_MESSAGES)).append(counted)
        if len(self._chats) > REMEMBERED:
            now = _now()
            self._chats = {chat: ready for chat, ready in self._chats.items() if ready > now}
            self._groups = {chat: last for chat, last in self._groups.items() if last[-1] + GROUP_SECONDS > now}

    def _group_ready(self, chat: int, now: float) -> float:
        last = self._groups.get(chat)
        return last[0] + GROUP_SECONDS if last is not None and len(last) == GROUP_MESSAGES else now

    def _priority_ready(self, priority: Priority, now: float) -> float:
        """When the next call of a priority is allowed, to any chat."""
        if priority is Priority.ANSWERS:
            left = sum(self._overdue(each, now) for each in self._reserved_gap if self._waiting[each])
            return max(self._window.free_at(now, left), self._stopped[priority])
        free = self._window.free_at(now)
        if now < self._last_answer + TALKING and not self._overdue(priority, now):
            free = max(free, min(self._window.free_at(now, self._kept), self._last_answer + TALKING))
        stranger = self._next_stranger if priority is Priority.STRANGERS else 0.0
        return max(free, self._stopped[priority], self._next_spaced, stranger)

    def _overdue(self, priority: Priority, now: float) -> int:
        """How many calls of its reserve a priority has not had; answers leave it the permits for them."""
        if self._reserved_at.get(priority, math.inf) > now or self._stopped[priority] > now:
            return 0
        gap = self._reserved_gap[priority]
        return 1 + int((now - max(self._reserved_at[priority], now - 1.0 + gap)) / gap + 1e-6)

    def _chat_ready(self, permit: Permit, now: float) -> float:
        """When a call to its chat is allowed."""
        held = self._held.get(permit.chat, now)
        if permit.change:
            return held
        return max(held, self._chats.get(permit.chat, now), self._group_ready(permit.chat, now))

    def _grant(self) -> None:
        """Grants every permit that is allowed now, and schedules the next call of itself."""
        if self._timer is not None:
            self._timer.cancel()
        now, soonest = _now(), math.inf
        for priority, all_waiting in self._waiting.items():
            for permit, granted in tuple(all_waiting.items()):
                ready = self._priority_ready(priority, now)
                if ready > now:
                    soonest = min(soonest, ready)
                    break
                ready = self._chat_ready(permit, now)
                if ready > now:
                    soonest = min(soonest, ready)
                elif not granted.cancelled():
                    del all_waiting[permit]
                    self._begin(permit, priority, now)
                    granted.set_result(None)
        if soonest < math.inf:
            self._timer = asyncio.get_running_loop().call_at(soonest, self._grant)

    def _begin(self, permit: Permit, priority: Priority, now: float) -> None:
        self._window.take()
        permit.sent = now
        # Where chats have no limit, several messages to one may be sent at once.
        if not permit.change and (self._per_chat or permit.chat < 0):
            self._chats[permit.chat] = math.inf
        if priority is not Priority.ANSWERS:
            self._next_spaced = now + self._gap
        if priority is Priority.STRANGERS:
            self._next_stranger = now + self._stranger_gap
        if priority in self._reserved_gap:
            self._reserved_at[priority] = max(self._reserved_at[priority], now - 1.0) + self._reserved_gap[priority]


def _now() -> float:
    return asyncio.get_running_loop().time()
