"""A limit of calls in any second as Telegram counts them, timed by its answers. Pure: every time is an argument.

Telegram counts a call somewhere between our sending it and its answer, and refuses the thirty-first in any second of
its own clock. Timing calls by our clock cannot guarantee that: two calls that are sent a second apart may arrive less
than a second apart. So there are as many permits as calls are allowed, a call takes one, and it is not given back
before a second after the *answer*. Each permit is then counted at most once in a second, and so all of them together
at most as often as there are permits.

Waiting for the answer costs the time of the return path, so a shortcut is taken off the second: the shortest recent
round trip less a margin. It is sound wherever in the round trip Telegram counts: what lies behind that point in one
call and before it in the next is together no shorter than the shortest round trip, however late single calls come. The
margin is for a path that has just become shorter. There is no shortcut before every permit was used once, nor for a
while after any refusal.
"""

import heapq
import math

SECOND = 1.0
MEMORY = 300.0  # seconds; the shortest round trip is remembered for one to two of these
MARGIN, LEAST_MARGIN = 1 / 10, 0.005  # of the shortest round trip; seconds
ENOUGH = 30  # round trips
LONGEST = 0.5  # seconds; a longer round trip is not a steady one
DISTRUST = 600.0  # seconds without a shortcut after a refusal


class AckWindow:
    """`permits` calls in any second. Times are of one monotonic clock, in seconds."""

    def __init__(self, permits: int) -> None:
        self._permits = permits
        self._in_flight = 0
        self._returning: list[float] = []  # a heap: when each permit that is not in flight can be used again
        self._trips = 0
        self._shortest = self._shortest_before = math.inf  # of this span of MEMORY and of the one before
        self._span_ends = -math.inf
        self._distrusted_until = -math.inf

    def free_at(self, now: float, kept: int = 0) -> float:
        """When a permit can be taken so that `kept` remain; infinity: not before another answer arrives."""
        while self._returning and self._returning[0] <= now:
            heapq.heappop(self._returning)
        missing = self._in_flight + len(self._returning) + kept + 1 - self._permits
        if missing <= 0:
            return now
        return heapq.nsmallest(missing, self._returning)[-1] if missing <= len(self._returning) else math.inf

    def take(self) -> None:
        self._in_flight += 1

    def unsent(self) -> None:
        """Nothing was sent: the permit is returned at once."""
        self._in_flight -= 1

    def answered(self, sent: float, now: float) -> None:
        self._remember(now - sent, now)
        self._return(now + SECOND - self.shortcut(now))

    def lost(self, now: float) -> None:
        """No answer arrived, or none from which the round trip can be measured."""
        self._return(now + SECOND)

    def refused(self, now: float) -> None:
        """Telegram counts differently than we do; a refusal does not measure the round trip."""
        self._distrusted_until = now + DISTRUST
        self.lost(now)

    def shortcut(self, now: float) -> float:
        """What is subtracted from the second, in seconds."""
        shortest = min(self._shortest, self._shortest_before)
        if self._trips < ENOUGH or now < self._distrusted_until:
            return 0.0
        return min(LONGEST, max(0.0, shortest - max(LEAST_MARGIN, shortest * MARGIN)))

    def _return(self, when: float) -> None:
        self._in_flight -= 1
        heapq.heappush(self._returning, when)

    def _remember(self, trip: float, now: float) -> None:
        if now >= self._span_ends:
            self._shortest_before = self._shortest if now < self._span_ends + MEMORY else math.inf
            self._shortest, self._span_ends = math.inf, now + MEMORY
        self._shortest = min(self._shortest, trip)
        self._trips += 1
