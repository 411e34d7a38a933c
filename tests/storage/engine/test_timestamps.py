"""Instants: aware outside, whole seconds inside."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.timestamps import from_optional_seconds, from_seconds, to_seconds

OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001  made aware by hypothesis


@settings(deadline=None)
@given(MOMENTS)
def test_an_instant_comes_back_in_utc_without_its_fraction(moment: datetime) -> None:
    back = from_seconds(to_seconds(moment))
    assert back.tzinfo is UTC
    assert timedelta(0) <= moment - back < timedelta(seconds=1)
    assert back.microsecond == 0


def test_a_time_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_seconds(datetime(2026, 3, 2))  # noqa: DTZ001  the mistake that is refused


def test_nothing_stays_nothing_and_the_year_1970_is_something() -> None:
    assert from_optional_seconds(None) is None
    assert from_optional_seconds(0) == datetime(1970, 1, 1, tzinfo=UTC)
