"""Quiet hours: nothing arrives inside them, and what waited comes at their end."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.messaging.quiet_hours import quiet_until

ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  made aware
MINUTES = st.integers(0, 1439)
SECOND = timedelta(seconds=1)
KYIV = "Europe/Kyiv"


def minute(moment: datetime, zone: str) -> int:
    local = moment.astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute


def inside(moment: datetime, zone: str, start: int, end: int) -> bool:
    """By walking from the beginning, minute by minute, on a clock without dates."""
    span = [(start + step) % 1440 for step in range((end - start) % 1440)]
    return minute(moment, zone) in span


@settings(deadline=None, max_examples=300)
@given(MOMENTS, st.sampled_from(ZONES), MINUTES, MINUTES)
def test_it_is_quiet_from_the_first_minute_to_before_the_last_on_the_local_clock(
    now: datetime, zone: str, start: int, end: int
) -> None:
    assert (quiet_until(now, zone, start, end) is not None) is inside(now, zone, start, end)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from([*ZONES, *[KYIV, "Africa/Cairo", "America/Santiago"] * 20]), MINUTES, MINUTES)
@example(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), KYIV, 22 * 60, 7 * 60)
@example(datetime(2026, 3, 28, 22, 0, tzinfo=UTC), KYIV, 22 * 60, 7 * 60)
@example(datetime(2026, 10, 29, 20, 30, tzinfo=UTC), "Africa/Cairo", 22 * 60, 7 * 60)
@example(datetime(2026, 10, 25, 0, 10, tzinfo=UTC), KYIV, 22 * 60, 3 * 60 + 30)
@example(datetime(2026, 10, 25, 1, 10, tzinfo=UTC), KYIV, 22 * 60, 3 * 60 + 30)
def test_at_their_end_it_is_not_quiet_any_more_and_just_before_it_still_was(
    now: datetime, zone: str, start: int, end: int
) -> None:
    until = quiet_until(now, zone, start, end)
    assume(until is not None)
    assert until is not None
    assume(minute(until, zone) == end)  # not where the clock jumps over it: see the test below
    assert now < until <= now + timedelta(hours=26)
    assert until.tzinfo is UTC
    assert until.second == until.microsecond == 0
    assert quiet_until(until, zone, start, end) is None
    assert quiet_until(until - SECOND, zone, start, end) == until


def test_over_the_night_it_is_quiet_on_both_sides_of_midnight() -> None:
    morning = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)  # 7:00 in Cairo
    for hours in (9, 8, 6, 4, 1):
        assert quiet_until(morning - timedelta(hours=hours), "Africa/Cairo", 22 * 60, 7 * 60) == morning
    assert quiet_until(morning, "Africa/Cairo", 22 * 60, 7 * 60) is None
    assert quiet_until(morning - timedelta(hours=9, seconds=1), "Africa/Cairo", 22 * 60, 7 * 60) is None


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    assert quiet_until(noon, None, 11 * 60, 13 * 60) == noon + timedelta(hours=1)
    assert quiet_until(noon, None, 12 * 60, 13 * 60) == noon + timedelta(hours=1)
    assert quiet_until(noon, None, 11 * 60, 12 * 60) is None
    assert quiet_until(noon, None, 13 * 60, 11 * 60) is None


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(ZONES), MINUTES)
def test_hours_that_end_where_they_begin_are_none(now: datetime, zone: str, at: int) -> None:
    assert quiet_until(now, zone, at, at) is None


def test_a_night_that_is_an_hour_longer_or_shorter_ends_at_the_same_time_of_the_clock() -> None:
    for evening, morning in (
        (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 4, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 19, 0, tzinfo=UTC), datetime(2026, 10, 25, 5, 0, tzinfo=UTC)),
    ):
        assert quiet_until(evening, KYIV, 22 * 60, 7 * 60) == morning


def test_an_end_that_the_clock_jumps_over_comes_no_later_than_without_the_jump() -> None:
    """At 3:00 it becomes 4:00, so 3:30 is never shown; it is quiet until 3:30 by the clock before, which is 4:30."""
    until = quiet_until(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), KYIV, 22 * 60, 3 * 60 + 30)
    assert until == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert quiet_until(until, KYIV, 22 * 60, 3 * 60 + 30) is None


@pytest.mark.parametrize(
    ("now", "zone", "end"),
    [
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), KYIV, 3 * 60 + 30),  # 3:10 for the second time
        (datetime(2026, 10, 29, 21, 10, tzinfo=UTC), "Africa/Cairo", 23 * 60 + 30),  # 23:10 for the second time
        (datetime(2026, 11, 1, 6, 10, tzinfo=UTC), "America/New_York", 60 + 30),  # 1:10 for the second time
    ],
)
def test_quiet_hours_never_end_in_the_past_where_an_hour_comes_twice(now: datetime, zone: str, end: int) -> None:
    until = quiet_until(now, zone, 20 * 60, end)
    assert until == now + timedelta(minutes=20)
