"""How often somebody may be wrong about the code of an invitation before it costs them time.

The codes have 128 bits, so nobody guesses one; whoever tries all day is only not to be let try all day. Kept in memory
and per person: a start of the program forgives, and nobody else waits.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

FREE = 10  # wrong codes before the first wait; somebody in a hurry opens an old link several times
FIRST = timedelta(seconds=1)
LONGEST = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)
MOST_PEOPLE = 10_000  # who are remembered; beyond them the one who was wrong the longest ago is forgotten


class InviteThrottle:
    """Wrong codes by Telegram id: how many, and when the last one was."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[int, tuple[int, datetime]] = OrderedDict()

    def allowed(self, telegram_id: int, now: datetime) -> bool:
        """Whether a code of theirs is looked at now. After `FREE` they wait, twice as long with each wrong one."""
        count, last = self._wrong.get(telegram_id, (0, now))
        if count < FREE or not timedelta(0) <= now - last < FORGOTTEN:  # a clock that was put back locks nobody out
            return True
        wait: timedelta = FIRST * 2 ** min(count - FREE, 12)
        return now - last >= min(wait, LONGEST)

    def wrong(self, telegram_id: int, now: datetime) -> None:
        count, last = self._wrong.pop(telegram_id, (0, now))
        if now - last >= FORGOTTEN:
            count = 0
        self._wrong[telegram_id] = count + 1, now
        if len(self._wrong) > MOST_PEOPLE:
            self._wrong.popitem(last=False)

    def right(self, telegram_id: int) -> None:
        self._wrong.pop(telegram_id, None)
