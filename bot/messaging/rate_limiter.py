"""How fast Telegram lets us speak, and who speaks first.

The limits are from the Bot FAQ of Telegram ("My bot is hitting limits"): thirty messages in any second
(`ack_window.py`), one a second to the same chat, twenty a minute to the same group. The small burst to one chat that
Telegram often lets through is not counted upon.

Whoever waits for an answer goes before announcements, and those before digests and knocks. The lanes without somebody
who waits leave an even gap between their calls, so that a permit comes free every few hundredths of a second, and
leave a sixth of the permits (five of thirty) alone while people are talking; in silence they may use them all.
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.conversation.delivery import Priority
from bot.messaging.ack_window import AckWindow

KEPT = 6  # one permit of so many is for answers
TALKING = 5.0  # seconds since the last answer
EVENNESS = 0.9  # of the even gap between calls that nobody waits for
PER_GROUP, GROUP_SECONDS = 20, 60.0
REORDERED = 0.02  # seconds; of two calls sent closer together than this, the later may arrive first
SHOWN_FOR, ROW = 60.0, 5  # seconds, refusals
REMEMBERED = 300  # chats, before those are forgotten that may hear something again


@dataclass(slots=True, eq=False)
class Permit:
    """Leave for one call. How it ended is said by one of the methods; if by none, its answer was lost."""

    limiter: "RateLimiter" = field(repr=False)
    chat: int = field(repr=False)
    change: bool  # of a message that is there already: no new message for its chat
    sent: float = 0.0
    over: bool = False

    def answered(self) -> None:
        """Telegram answered, with success or with a refusal that is not about speed."""
        self.limiter.answered(self)

    def unsent(self) -> None:
        """Nothing had left this machine."""
        self.limiter.unsent(self)

    def refused(self, seconds: float) -> None:
        """Too fast: Telegram wants to be left alone for so long."""
        self.limiter.refused(self, seconds)


class RateLimiter:
    """Times are of the event loop's monotonic clock, in seconds."""

    def __init__(self, per_second: int, per_chat_seconds: float) -> None:
        self._window = AckWindow(per_second)
        self._kept = per_second // KEPT
        self._gap = EVENNESS / per_second
        self._per_chat = per_chat_seconds
        # Those who wait, in each lane in the order in which they came.
        self._waiting: dict[Priority, dict[Permit, asyncio.Future[None]]] = {lane: {} for lane in Priority}
        self._timer: asyncio.TimerHandle | None = None
        self._chats: dict[int, float] = {}  # when the next message to a chat is allowed; infinity: one is under way
        self._groups: dict[int, deque[float]] = {}  # the last messages to a group
        self._held: dict[int, float] = {}  # until when a chat is to be left alone
        self._stopped = dict.fromkeys(Priority, 0.0)  # until when a lane is
        self._refused = (-math.inf, -math.inf)  # when the last refused call had been sent, and when its stop ends
        self._in_a_row = 0  # refusals since the last message that went through
        self._one_chat_until = -math.inf  # until when a refusal is taken to be about its chat alone
        self._asked = -math.inf  # when the last answer was
        self._unasked_next = 0.0  # when the next call without somebody who waits may leave

    @asynccontextmanager
    async def permit(
        self, chat: int, lane: Priority = Priority.ANSWERS, *, change: bool = False
    ) -> AsyncIterator[Permit]:
        """Begins when one more call is allowed. `change`: of a message, which is none more for its chat."""
        turn, granted = Permit(self, chat, change), asyncio.get_running_loop().create_future()
        self._waiting[lane][turn] = granted
        if lane is Priority.ANSWERS:
            self._asked = _now()
        self._grant()
        try:
            await granted
        except asyncio.CancelledError:
            if self._waiting[lane].pop(turn, None) is None:
                self.unsent(turn)
            raise
        try:
            yield turn
        finally:
            self._lost(turn)

    def chat_wait(self, chat: int, *, change: bool = False) -> float:
        """How many seconds a call has to wait because of its chat alone; nothing is added for one under way."""
        now = _now()
        ready = self._held.get(chat, now)
        if not change:
            soon = self._chats.get(chat, now)
            ready = max(ready, self._group_ready(chat, now), soon if soon < math.inf else now)
        return max(0.0, ready - now)

    def answered(self, turn: Permit) -> None:
        now = _now()
        if self._end(turn):
            self._window.answered(turn.sent, now)
            self._spoken(turn, now - self._window.shortcut(now))
            if not turn.change:
                self._in_a_row = 0
                if self._refused[0] + REORDERED < turn.sent < self._refused[1]:
                    self._stopped = dict.fromkeys(Priority, 0.0)
                    self._one_chat_until = now + SHOWN_FOR
            self._grant()

    def unsent(self, turn: Permit) -> None:
        if self._end(turn):
            self._window.unsent()
            if not turn.change:
                self._chats.pop(turn.chat, None)
            self._grant()

    def refused(self, turn: Permit, seconds: float) -> None:
        """Telegram does not say whether a refusal is about one chat or about everybody.

        So the chat is left alone for exactly that long, and with it, for as long, whatever nobody waits for: a flood
        comes from there, and a call that leaves during a stop only makes it longer. Answers to other people go on,
        since one chat that is refused must not silence a network; where a second chat is refused at the same time
        they stop as well.

        A message that was sent after the refused one and goes through before its stop is over shows that only the chat
        was meant. It ends the stop of everybody else, and for a minute refusals are taken so, until several come in a
        row.
        """
        now = _now()
        if not self._end(turn):
            return
        self._window.refused(now)
        self._spoken(turn, now)
        self._in_a_row += 1
        if now >= self._one_chat_until or self._in_a_row >= ROW:
            self._held = {chat: until for chat, until in self._held.items() if until > now}
            another = any(chat != turn.chat for chat in self._held)
            for lane in Priority:
                if another or lane is not Priority.ANSWERS:
                    self._stopped[lane] = max(self._stopped[lane], now + seconds)
        self._held[turn.chat] = max(self._held.get(turn.chat, 0.0), now + seconds)
        self._refused = max(self._refused, (turn.sent, now + seconds))
        self._grant()

    def _lost(self, turn: Permit) -> None:
        now = _now()
        if self._end(turn):
            self._window.lost(now)
            self._spoken(turn, now)
            self._grant()

    def _end(self, turn: Permit) -> bool:
        """Whether this is the first that is heard of how it ended."""
        first, turn.over = not turn.over, True
        return first

    def _spoken(self, turn: Permit, counted: float) -> None:
        """A message reached its chat, at the latest then as Telegram counts."""
        if turn.change:
            return
        self._chats[turn.chat] = counted + self._per_chat
        if turn.chat < 0:
            self._groups.setdefault(turn.chat, deque(maxlen=PER_GROUP)).append(counted)
        if len(self._chats) > REMEMBERED:
            now = _now()
            self._chats = {chat: ready for chat, ready in self._chats.items() if ready > now}
            self._groups = {chat: last for chat, last in self._groups.items() if last[-1] + GROUP_SECONDS > now}

    def _group_ready(self, chat: int, now: float) -> float:
        last = self._groups.get(chat)
        return last[0] + GROUP_SECONDS if last is not None and len(last) == PER_GROUP else now

    def _lane_ready(self, lane: Priority, now: float) -> float:
        """When the next call of a lane may leave, whatever its chat."""
        free = self._window.free_at(now)
        if lane is Priority.ANSWERS:
            return max(free, self._stopped[lane])
        if now < self._asked + TALKING:
            free = max(free, min(self._window.free_at(now, self._kept), self._asked + TALKING))
        return max(free, self._stopped[lane], self._unasked_next)

    def _chat_ready(self, turn: Permit, now: float) -> float:
        """When its chat may hear something."""
        held = self._held.get(turn.chat, now)
        if turn.change:
            return held
        return max(held, self._chats.get(turn.chat, now), self._group_ready(turn.chat, now))

    def _grant(self) -> None:
        """Lets everybody go whose turn it is, and comes back when the next turn is."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now, soonest = _now(), math.inf
        for lane, all_waiting in self._waiting.items():
            for turn, granted in tuple(all_waiting.items()):
                ready = self._lane_ready(lane, now)
                if ready > now:
                    soonest = min(soonest, ready)
                    break
                ready = self._chat_ready(turn, now)
                if ready > now:
                    soonest = min(soonest, ready)
                elif not granted.cancelled():
                    del all_waiting[turn]
                    self._begin(turn, lane, now)
                    granted.set_result(None)
        if soonest < math.inf:
            self._timer = asyncio.get_running_loop().call_at(soonest, self._grant)

    def _begin(self, turn: Permit, lane: Priority, now: float) -> None:
        self._window.take()
        turn.sent = now
        # Where chats have no limit, several messages may be on their way to one.
        if not turn.change and (self._per_chat or turn.chat < 0):
            self._chats[turn.chat] = math.inf
        if lane is not Priority.ANSWERS:
            self._unasked_next = now + self._gap


def _now() -> float:
    return asyncio.get_running_loop().time()
