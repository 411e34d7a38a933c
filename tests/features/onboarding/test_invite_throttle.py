"""Whoever tries codes waits longer and longer, and nobody else waits at all."""

from datetime import UTC, datetime, timedelta

from bot.features.onboarding.invite_throttle import FREE, LONGEST, MOST_PEOPLE, InviteThrottle

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
SALMA, RANIA = 7_100_000_001, 7_100_000_002


def tried(throttle: InviteThrottle, times: int, every: timedelta) -> int:
    """How many of so many codes were looked at, one after the other."""
    looked, now = 0, NOW
    for _ in range(times):
        if throttle.allowed(RANIA, now):
            throttle.wrong(RANIA, now)
            looked += 1
        now += every
    return looked


def test_a_thousand_in_a_moment_are_as_good_as_ten() -> None:
    assert tried(InviteThrottle(), 1000, timedelta(0)) == FREE


def test_whoever_tries_every_second_of_a_day_has_few_tries() -> None:
    assert tried(InviteThrottle(), 24 * 3600, timedelta(seconds=1)) < FREE + 12 + 24


def test_the_wait_doubles_up_to_an_hour_and_ends() -> None:
    throttle, now = InviteThrottle(), NOW
    for _ in range(FREE):
        throttle.wrong(RANIA, now)
    for wait in [*(timedelta(seconds=2**step) for step in range(12)), LONGEST, LONGEST]:
        assert not throttle.allowed(RANIA, now + wait - timedelta(milliseconds=1))
        assert throttle.allowed(RANIA, now + wait)
        now += wait
        throttle.wrong(RANIA, now)
    assert throttle.allowed(SALMA, now)
    throttle.right(RANIA)
    assert throttle.allowed(RANIA, now)


def test_a_day_without_a_try_is_forgiven_and_a_clock_put_back_locks_nobody_out() -> None:
    throttle = InviteThrottle()
    for _ in range(40):
        throttle.wrong(RANIA, NOW)
    assert throttle.allowed(RANIA, NOW + timedelta(days=1))
    assert throttle.allowed(RANIA, NOW - timedelta(days=1))
    throttle.wrong(RANIA, NOW + timedelta(days=1))
    assert throttle.allowed(RANIA, NOW + timedelta(days=1))


def test_what_is_remembered_has_a_bound() -> None:
    throttle = InviteThrottle()
    for number in range(MOST_PEOPLE + 500):
        throttle.wrong(number, NOW)
    assert len(throttle._wrong) == MOST_PEOPLE
