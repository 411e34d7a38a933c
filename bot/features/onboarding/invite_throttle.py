"""A delay for people who send wrong invitation codes.

The codes have 128 bits, so nobody guesses one; the delay only keeps a person from trying all day. The counts are per
person and in memory: nobody else waits, and a restart of the program resets them.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

FREE = 10  # wrong codes before the first wait; somebody in a hurry opens an old link several times
FIRST = timedelta(seconds=1)
LONGEST = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)
MOST_PEOPLE = 10_000  # counted at once; beyond them the one whose last wrong code is the oldest is dropped


class InviteThrottle:
    """The number of wrong codes and the time of the last one, by Telegram id."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[int, tuple[int, datetime]] = OrderedDict()

    def allowed(self, telegram_id: int, now: datetime) -> bool:
        """Whether a code of theirs is checked now. After `FREE` wrong ones they wait, longer with each."""
        count, last = self._wrong.get(telegram_id, (0, now))
        if count < FREE or not timedelta(0) <= now - last < FORGOTTEN:  # a clock that was set back locks nobody out
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
