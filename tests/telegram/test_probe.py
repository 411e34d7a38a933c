"""The comparison of the local clock with Telegram's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.probe import ahead_of


@pytest.mark.parametrize("seconds", [-7200, 0, 90])
def test_the_clock_is_compared_with_the_date_that_telegram_sends(seconds: int) -> None:
    theirs = datetime(2031, 3, 14, 9, 26, 53, tzinfo=UTC)
    ahead = ahead_of("Fri, 14 Mar 2031 09:26:53 GMT", theirs + timedelta(seconds=seconds))
    assert ahead is not None
    assert abs(ahead - seconds) <= 0.5


@pytest.mark.parametrize("date", [None, "", "yesterday", "Fri, 14 Mar 2031 09:26:53 -0000"])
def test_a_date_without_a_meaning_is_not_compared(date: str | None) -> None:
    assert ahead_of(date, datetime.now(UTC)) is None
