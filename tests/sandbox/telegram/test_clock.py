"""The sandbox's clock: it runs at real speed and can be moved."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sandbox.telegram.clock import Clock

START = datetime(2031, 3, 14, 9, 26, 53, tzinfo=UTC)
TOLERANCE = timedelta(seconds=5)


def test_it_begins_where_it_is_told_and_runs() -> None:
    clock = Clock(START)
    first, second = clock.now(), clock.now()
    assert START <= first <= second < START + TOLERANCE
    assert first.tzinfo is UTC


def test_without_a_start_it_shows_the_real_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < TOLERANCE


def test_it_moves_forward_and_back() -> None:
    clock = Clock(START)
    assert timedelta() <= clock.move(timedelta(days=7)) - (START + timedelta(days=7)) < TOLERANCE
    assert timedelta() <= clock.move(timedelta(days=-8)) - (START - timedelta(days=1)) < TOLERANCE


def test_it_moves_to_an_instant_in_any_time_zone() -> None:
    moment = datetime(2031, 4, 1, 8, tzinfo=timezone(timedelta(hours=2)))
    assert timedelta() <= Clock(START).move_to(moment) - moment < TOLERANCE
    with pytest.raises(ValueError, match="needs a time zone"):
        Clock(START).move_to(datetime(2031, 4, 1, 8))  # noqa: DTZ001
