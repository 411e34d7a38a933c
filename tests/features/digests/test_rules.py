"""When a digest is due, in every zone and across every change of its clock; and what somebody means by a schedule."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.digests.rules import Schedule, next_due, parse, schedule_of
from bot.language.texts import LANGUAGES, texts_in
from storage.records.people.member import Cadence
from tests.support.sample_records import member

ZONES = sorted(available_timezones())
DAY = timedelta(days=1)
# Clocks that change at an hour of their own: at 3 am, at midnight, by half an hour, and at 11 pm the day before.
CHANGING = ["Europe/Kyiv", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Australia/Lord_Howe", "America/Nuuk"]

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  made aware
SCHEDULES = st.builds(
    Schedule, st.sampled_from([Cadence.DAILY, Cadence.WEEKLY]), st.integers(0, 6), st.integers(0, 1439)
)


def daily(minute: int) -> Schedule:
    return Schedule(Cadence.DAILY, 0, minute)


def wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)))


def on(day: date, minute: int, zone: str) -> datetime:
    """The instant of a local time: by the offset before where the clock jumps over it, the first where it is twice."""
    return wall(day, minute).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def exists(day: date, minute: int, zone: str) -> bool:
    return on(day, minute, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall(day, minute)


@settings(deadline=None, max_examples=300)
@given(SCHEDULES, st.sampled_from(ZONES), MOMENTS)
def test_a_digest_is_due_after_now_at_the_local_minute_and_weekday_that_were_asked_for(
    schedule: Schedule, zone: str, after: datetime
) -> None:
    due = next_due(schedule, zone, after)
    assert due is not None
    assert due.tzinfo is UTC
    assert after < due <= after + (9 if schedule.cadence is Cadence.WEEKLY else 3) * DAY
    local = due.astimezone(ZoneInfo(zone))
    if (local.hour * 60 + local.minute, local.second) != (schedule.minute, 0):  # the clock jumps over that minute
        day = next(day for day in (local.date(), local.date() - DAY) if not exists(day, schedule.minute, zone))
        assert due == on(day, schedule.minute, zone)
    else:
        day = local.date()
    assert schedule.cadence is Cadence.DAILY or day.weekday() == schedule.weekday


@settings(deadline=None, max_examples=300)
@given(SCHEDULES, st.sampled_from(ZONES), MOMENTS)
def test_no_digest_that_comes_sooner_is_passed_over(schedule: Schedule, zone: str, after: datetime) -> None:
    today = after.astimezone(ZoneInfo(zone)).date()
    days = [today + number * DAY for number in range(-2, 10)]
    wanted = [day for day in days if schedule.cadence is Cadence.DAILY or day.weekday() == schedule.weekday]
    dues = [on(day, schedule.minute, zone) for day in wanted]
    assert next_due(schedule, zone, after) == min(due for due in dues if due > after)


def test_a_digest_that_the_jump_moved_past_midnight_is_not_passed_over() -> None:
    """In Nuuk the clock jumps from Saturday 23:00 to Sunday 0:00: the digest of 23:30 is due at 0:30."""
    due = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert on(date(2026, 3, 28), 23 * 60 + 30, "America/Nuuk") == due
    assert next_due(daily(23 * 60 + 30), "America/Nuuk", due - timedelta(minutes=45)) == due
    assert next_due(daily(23 * 60 + 30), "America/Nuuk", due - timedelta(minutes=15)) == due


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("minute", [0, 1, 10, 30, 59, 60, 119, 120, 150, 180, 210, 480, 1379, 1380, 1410, 1439])
def test_over_three_years_there_is_exactly_one_digest_a_local_date(zone: str, minute: int) -> None:
    after = on(date(2025, 12, 31), minute, zone)
    for number in range(3 * 365):
        day = date(2026, 1, 1) + number * DAY
        due = next_due(daily(minute), zone, after)
        assert due == on(day, minute, zone), day
        after = due


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("minute", [10, 150, 1410])
def test_over_three_years_there_is_exactly_one_digest_a_week(zone: str, minute: int) -> None:
    for first in (date(2026, 1, 3), date(2026, 1, 4)):  # a Saturday and a Sunday, when most clocks change
        after = on(first - DAY, minute, zone)
        for number in range(3 * 52):
            day = first + number * 7 * DAY
            due = next_due(Schedule(Cadence.WEEKLY, first.weekday(), minute), zone, after)
            assert due == on(day, minute, zone), day
            after = due


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_due(daily(3 * 60 + 30), "Europe/Kyiv", first - DAY / 24) == first
    assert next_due(daily(3 * 60 + 30), "Europe/Kyiv", first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_time_that_the_clock_jumps_over_is_read_as_if_it_had_not_jumped_yet() -> None:
    before = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert next_due(daily(3 * 60 + 30), "Europe/Kyiv", before) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_digest_that_is_due_this_very_instant_is_not_due_again() -> None:
    due = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
    assert next_due(daily(480), "Africa/Cairo", due - timedelta(seconds=1)) == due
    assert next_due(daily(480), "Africa/Cairo", due) == due + DAY


def test_whoever_wants_none_has_none_and_without_a_zone_it_is_utc() -> None:
    now = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert next_due(Schedule(Cadence.OFF, 0, 480), "Africa/Cairo", now) is None
    assert next_due(daily(480), None, now) == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def test_a_schedule_is_read_off_the_row() -> None:
    row = member(cadence=Cadence.WEEKLY, weekday=3, minute=1110)
    assert schedule_of(row) == Schedule(Cadence.WEEKLY, 3, 1110)


NOW = Schedule(Cadence.DAILY, 2, 8 * 60)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cadence", Cadence)
def test_each_cadence_is_understood_by_its_word_in_each_language(language: str, cadence: Cadence) -> None:
    word = texts_in(language).plain("cadence", cadence=cadence)
    for words in (word, word.upper(), f"  {word} "):
        assert parse(words, NOW) == Schedule(cadence, 2, 480)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", range(7))
def test_each_weekday_is_understood_by_its_name_in_each_language_and_means_weekly(language: str, day: int) -> None:
    name = texts_in(language).weekday(day)
    for words in (name, name.upper(), f"{name}, 9:15", f"9:15 {name}"):
        minute = 555 if "9" in words else 480
        assert parse(words, NOW) == Schedule(Cadence.WEEKLY, day, minute)


@pytest.mark.parametrize(
    ("words", "schedule"),
    [
        ("daily 18:00", Schedule(Cadence.DAILY, 2, 1080)),
        ("weekly monday 9", Schedule(Cadence.WEEKLY, 0, 540)),
        ("hebdomadaire jeudi 18h30", Schedule(Cadence.WEEKLY, 3, 1110)),
        ("أسبوعي، الخميس، ١٨:٣٠", Schedule(Cadence.WEEKLY, 3, 1110)),
        ("Friday", Schedule(Cadence.WEEKLY, 4, 480)),
        ("weekly", Schedule(Cadence.WEEKLY, 2, 480)),
        ("7.15", Schedule(Cadence.DAILY, 2, 435)),
        ("daily 6:30 pm", Schedule(Cadence.DAILY, 2, 1110)),
        ("off", Schedule(Cadence.OFF, 2, 480)),
    ],
)
def test_what_is_not_said_stays_as_it_is(words: str, schedule: Schedule) -> None:
    assert parse(words, NOW) == schedule


@pytest.mark.parametrize(
    "words", ["", " ", ",", "whenever", "daily 25:00", "daily at some time", "monday 9:60", "2026-03-02"]
)
def test_words_that_are_not_understood_change_nothing(words: str) -> None:
    assert parse(words, NOW) is None


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_schedule_that_can_be_kept_or_nothing(words: str) -> None:
    found = parse(words, NOW)
    assert found is None or (0 <= found.weekday < 7 and 0 <= found.minute < 1440)
