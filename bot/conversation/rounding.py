"""Numbers of people as they are shown: rounded, and one and the same for a whole day.

Rounding alone is undone by whoever asks again and again: the moment at which the number changes tells that the person
who has just joined, followed or left is one of those counted, and with a few accounts of their own an attacker brings a
number to the edge first. So a group is counted once a day, and everybody gets that number until the next.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta

from bot.conversation.request import Request
from bot.language.texts import Texts

SMALL_GROUP = 10
KEPT = timedelta(days=1)
MOST_GROUPS = 2000


def rounded(people: int) -> int:
    """A number of people that identifies nobody: 0 for fewer than ten, else the nearest 5, or 10 from 100 on."""
    if people < SMALL_GROUP:
        return 0
    step = 5 if people < 100 else 10
    return (people + step // 2) // step * step


def said(texts: Texts, people: int) -> str:
    """A rounded number as a part of a sentence; that there is nobody at all is said as well."""
    if 0 < people < SMALL_GROUP:
        return texts.plain("fewer-than-ten")
    return str(rounded(people))


class DailyCounts:
    """The numbers of the last day, by group."""

    def __init__(self) -> None:
        self._counts: OrderedDict[Hashable, tuple[datetime, int]] = OrderedDict()

    def get(self, group: Hashable, now: datetime) -> int | None:
        counted_at, people = self._counts.get(group, (now, None))
        return people if timedelta(0) <= now - counted_at < KEPT else None

    def keep(self, group: Hashable, people: int, now: datetime) -> None:
        self._counts[group] = now, people
        if len(self._counts) > MOST_GROUPS:
            self._counts.popitem(last=False)


async def count(request: Request, group: Hashable, counted: Callable[[], Awaitable[int]]) -> int:
    """The rounded size of a group, counted at most once a day."""
    kept = request.network.memory.of(DailyCounts)
    people = kept.get(group, request.now)
    if people is None:
        people = rounded(await counted())
        kept.keep(group, people, request.now)
    return people
