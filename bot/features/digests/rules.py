"""When a digest is due, and the schedule in a typed text. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.language.normalize import fold
from bot.language.texts import LANGUAGES, texts_in
from bot.language.timezones.time_of_day import parse_time, tokens
from storage.records.people.digest_schedule import DigestReader
from storage.records.people.member import Cadence, Member


@dataclass(frozen=True, slots=True)
class Schedule:
    cadence: Cadence
    weekday: int  # 0 is Monday
    minute: int  # after local midnight


def schedule_of(member: Member | DigestReader) -> Schedule:
    return Schedule(member.digest.cadence, member.digest.weekday, member.digest.minute)


@lru_cache(maxsize=2048)  # most digests that are due together have the same few hours and zones
def next_due(schedule: Schedule, zone: str | None, after: datetime) -> datetime | None:
    """The first instant after `after` at which a digest is due, in UTC; None where none is wanted.

    Once per local date: a time that a clock change skips is read with the offset before it, one that occurs twice is
    the first of the two (RFC 5545, 3.3.5; PEP 495 with fold 0 does just that).
    """
    if schedule.cadence is Cadence.OFF:
        return None
    local = ZoneInfo(zone) if zone else UTC
    # From the day before: a clock change may have moved the digest of 23:30 past midnight.
    day = after.astimezone(local).date() - timedelta(days=2)
    while True:
        day += timedelta(days=1)
        if schedule.cadence is Cadence.WEEKLY and day.weekday() != schedule.weekday:
            continue
        due = datetime.combine(day, time(*divmod(schedule.minute, 60)), local).astimezone(UTC)
        if due > after:
            return due


def parse(text: str, now: Schedule) -> Schedule | None:
    """A schedule from a text such as `daily 18:00`, `weekly monday 9` or `off`, in any of our languages.

    None where it is not understood. What the text does not name stays as it is `now`.
    """
    cadence, weekday, minute = now.cadence, now.weekday, now.minute
    for word in (given := tokens(text)):
        name = fold(word)
        if name in (cadences := _cadences()):
            cadence = cadences[name]
        elif name in (days := _weekdays()):
            cadence, weekday = Cadence.WEEKLY, days[name]
        elif (time_of_day := parse_time(word)) is not None:
            minute = time_of_day
        else:
            return None
    return Schedule(cadence, weekday, minute) if given else None


@cache
def _cadences() -> dict[str, Cadence]:
    return {
        fold(texts_in(language).plain("cadence", cadence=cadence)): cadence
        for language in LANGUAGES
        for cadence in Cadence
    }


@cache
def _weekdays() -> dict[str, int]:
    return {fold(texts_in(language).weekday(day)): day for language in LANGUAGES for day in range(7)}
